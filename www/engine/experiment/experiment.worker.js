/** The worker that makes the runs of an experiment, one after the other, on an engine of its own. */

import init, { facts, Session } from '../../../pkg/convscope.js';
import { isHosted, makeKnown } from '../../model/data-sets.js';
import { keeping } from '../../offline/kept.js';
import { absence } from '../data/data-folder.js';
import { Loader } from '../data/loader.js';
import { whyNotOffered } from '../data/own-set.js';
import { HostedFiles, OwnFiles } from '../data/sources.js';
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

/** @param {ExperimentCommand} command */
async function sessionFor(command) {
  const { set } = command.run.spec.data;
  if (held?.set !== set) {
    const before = await held?.session.catch(() => null);
    before?.free();
    held = { set, session: open(command) };
  }
  return held.session;
}

/** @param {ExperimentCommand} command */
async function open(command) {
  const source = await sourceOf(command);
  await init({ module_or_path: engine });
  const session = new Session();
  await new Promise((resolve, reject) => {
    const loader = new Loader({
      ...{ session, nextTask, now: () => performance.now(), imagesArrived() {}, fail: reject },
      emit: (event) => {
        if (event.type === 'loading' && event.loading.done) resolve(null);
        if (event.type === 'dataFailed') reject(new Error(event.problem.message));
      },
    });
    loader.open(source);
  });
  return session;
}

/** @param {ExperimentCommand} command */
async function sourceOf({ dataUrl, run: { spec }, own }) {
  const { set } = spec.data;
  if (!isHosted(set)) {
    if (own?.set !== set) throw new Error(whyNotOffered(set, spec));
    makeKnown(set, own.about);
    return new OwnFiles(set, own.files);
  }
  const problem = await absence(dataUrl, set, fetching);
  if (problem) throw new Error(problem.message);
  return new HostedFiles(dataUrl, set, fetching);
}

/** With a module that few experiments need. @param {Uint8Array} checkpoint */
async function inquire(checkpoint) {
  const { default: init, Inquiry } = await import('../../../pkg/convscope_inquiry.js');
  await init({ module_or_path: new URL('../../../pkg/convscope_inquiry_bg.wasm', import.meta.url) });
  return new Inquiry(checkpoint);
}

self.onmessage = async (/** @type {MessageEvent<ExperimentCommand>} */ { data: command }) => {
  const { index, run, wanted } = command;
  try {
    const session = await sessionFor(command);
    const report = (/** @type {import('../../experiments/reports.js').RunProgress} */ progress) =>
      emit({ type: 'progress', index, progress });
    const pause = async () => {
      await nextTask();
      return true;
    };
    const result = await makeRun(session, run, wanted, { block: facts().block, report, inquire, pause });
    if (result) emit({ type: 'made', index, result });
  } catch (error) {
    emit({ type: 'failed', index, message: error instanceof Error ? error.message : String(error) });
  }
};
