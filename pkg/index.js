/** Convscope as a package, in a browser: small convolutional networks that train where you are. */

import init, * as engine from './convscope.js';
import { elsewhere, here } from './asking.js';

export { ConvscopeError } from './errors.js';
export { PRESETS } from './presets.js';

/** @typedef {import('./network.js').Convscope} Convscope */
/** @typedef {import('./network.js').Network} Network */
/** @typedef {import('./network.js').NetworkSpec} NetworkSpec */
/** @typedef {import('./questions.js').Step} Step */
/** @typedef {import('../www/model/spec.js').Spec} Spec */
/** @typedef {import('../www/model/spec.js').Summary} Summary */

const openFormats = async () => (await import('./formats.js')).openFormats();

/** @type {Promise<unknown> | null} */
let loading = null;

/**
 * The engine in this thread. A page stays fluent while it trains, as steps are taken in short slices; `createWorker`
 * leaves it all of its time.
 * @returns {Promise<Convscope>}
 */
export async function load() {
  loading ??= init({ module_or_path: new URL('./convscope_bg.wasm', import.meta.url) });
  try {
    await loading;
  } catch (error) {
    loading = null;
    throw error;
  }
  return here(engine, openFormats);
}

/**
 * The engine in a worker of its own, with the same methods.
 * @returns {Promise<Convscope>}
 */
export function createWorker() {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module', name: 'convscope' });
  /** @type {import('./asking.js').Line} */
  const line = {
    post: (message, transfer) => worker.postMessage(message, transfer),
    listen(heard, failed) {
      worker.onmessage = ({ data }) => heard(data);
      worker.onerror = (event) => {
        event.preventDefault();
        failed(event.message ?? 'It could not be loaded.');
      };
    },
    end: () => worker.terminate(),
  };
  return elsewhere(line, openFormats);
}
