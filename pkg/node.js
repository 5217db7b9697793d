/** Convscope as a package, in Node. */

import { Worker } from 'node:worker_threads';
import { elsewhere, here } from './asking.js';
import { loadEngine, openFormats } from './node-engine.js';

export { ConvscopeError } from './errors.js';
export { PRESETS } from './presets.js';

/** The engine in this thread. */
export const load = async () => here(await loadEngine(), openFormats);

/** The engine in a worker thread, with the same methods. */
export function createWorker() {
  const worker = new Worker(new URL('./worker-node.js', import.meta.url), { name: 'convscope' });
  /** @type {import('./asking.js').Line} */
  const line = {
    post: (message, transfer) => worker.postMessage(message, transfer),
    listen(heard, failed) {
      worker.on('message', heard);
      worker.on('error', (error) => failed(error.message));
    },
    end: () => void worker.terminate(),
  };
  return elsewhere(line, openFormats);
}
