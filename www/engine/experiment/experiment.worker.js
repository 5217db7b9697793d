/** The worker that makes the runs of an experiment, one after the other, on an engine of its own. */

import init, { facts, Session } from '../../../pkg/convscope.js';
import { folderOf } from '../../model/data-sets.js';
import { keeping } from '../../offline/kept.js';
import { absence } from '../data/data-folder.js';
import { Loader } from '../data/loader.js';
import { nextTask } from '../next-task.js';
import { makeRun } from './runner.js';

/** @typedef {import('./protocol.js').ExperimentCommand} ExperimentCommand */
/** @typedef {import('./protocol.js').ExperimentEvent} ExperimentEvent */
/** @typedef {import('../../model/data-sets.js').DataSet} DataSet */

// While the page is being developed, nothing of it may be kept.
const fetching = keeping(fetch.bind(self), import.meta.env.PROD ? self.caches : undefined);
const engine = new URL('../../../pkg/convscope_bg.wasm', import.meta.url);

/** @param {ExperimentEvent} event */
const emit = (event) => self.postMessage(event);

/** The engine with the only data set that is held. @type {{ set: DataSet, session: Promise<Session> } | null} */
let held = null;

/** @param {string} dataUrl @param {DataSet} set */
async function sessionOn(dataUrl, set) {
  if (held?.set !== set) {
    const before = await held?.session.catch(() => null);
    before?.free();
    held = { set, session: open(dataUrl, set) };
  }
  return held.session;
}

/** @param {string} dataUrl @param {DataSet} set */
async function open(dataUrl, set) {
  const problem = await absence(dataUrl, set, fetching);
  if (problem) throw new Error(problem.message);
  await init({ module_or_path: engine });
  const session = new Session();
  await new Promise((resolve, reject) => {
    const loader = new Loader({
      ...{ session, nextTask, now: () => performance.now(), fetch: fetching, imagesArrived() {}, fail: reject },
      emit: (event) => {
        if (event.type === 'loading' && event.loading.done) resolve(null);
        if (event.type === 'dataFailed') reject(new Error(event.problem.message));
      },
    });
    loader.open(folderOf(dataUrl, set));
  });
  return session;
}

self.onmessage = async (/** @type {MessageEvent<ExperimentCommand>} */ { data: { dataUrl, index, run, wanted } }) => {
  try {
    const session = await sessionOn(dataUrl, run.spec.data.set);
    const report = (/** @type {import('../../experiments/reports.js').RunProgress} */ progress) =>
      emit({ type: 'progress', index, progress });
    const pause = async () => {
      await nextTask();
      return true;
    };
    const result = await makeRun(session, run, wanted, { block: facts().block, report, pause });
    if (result) emit({ type: 'made', index, result });
  } catch (error) {
    emit({ type: 'failed', index, message: error instanceof Error ? error.message : String(error) });
  }
};
