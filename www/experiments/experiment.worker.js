/** The worker that makes the runs of an experiment, one after the other, on an engine of its own. */

import init, { Session } from '../../pkg/convscope.js';
import { Loader } from '../worker/mnist.js';
import { nextTask } from '../worker/next-task.js';
import { makeRun } from './runner.js';

/** @typedef {import('./laboratory-protocol.js').LabCommand} LabCommand */
/** @typedef {import('./laboratory-protocol.js').LabEvent} LabEvent */

const engine = new URL('../../pkg/convscope_bg.wasm', import.meta.url);

/** @param {LabEvent} event */
const tell = (event) => self.postMessage(event);

/** @type {Promise<Session> | null} */
let opening = null;

/** @param {string} dataUrl */
async function open(dataUrl) {
  await init({ module_or_path: engine });
  const session = new Session();
  await new Promise((resolve, reject) => {
    const loader = new Loader({
      ...{ session, nextTask, now: () => performance.now(), fetch: fetch.bind(self), imagesCame() {}, fail: reject },
      emit: (event) => {
        if (event.type === 'loading' && event.loading.done) resolve(null);
        if (event.type === 'dataFailed') reject(new Error(event.problem.message));
      },
    });
    loader.open(dataUrl);
  });
  return session;
}

self.onmessage = async (/** @type {MessageEvent<LabCommand>} */ { data: { dataUrl, index, run, wanted } }) => {
  try {
    const session = await (opening ??= open(dataUrl));
    const told = (/** @type {import('./runner.js').Progress} */ progress) =>
      tell({ type: 'progress', index, progress });
    const pause = async () => {
      await nextTask();
      return true;
    };
    const result = await makeRun(session, run, wanted, { told, pause });
    if (result) tell({ type: 'made', index, result });
  } catch (error) {
    tell({ type: 'failed', index, message: error instanceof Error ? error.message : String(error) });
  }
};
