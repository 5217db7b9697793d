/** The worker that owns the run: starts the engine and passes each command on. */

import init, * as engine from '../../../pkg/convscope.js';
import { keeping } from '../../offline/kept.js';
import { emit } from '../emit.js';
import { nextTask } from '../next-task.js';
import { Pool } from '../pool/pool.js';
import { Tuner } from '../pool/tuner.js';
import { problem } from '../problem.js';
import { Commands } from './commands.js';

const wasm = new URL('../../../pkg/convscope_bg.wasm', import.meta.url);

/** More helpers than this are not worth their memory: a batch has few blocks. */
const MOST_HELPERS = 7;

const createWorker = () =>
  new Worker(new URL('../pool/helper.worker.js', import.meta.url), { type: 'module', name: 'helper' });

/** Null where the engine cannot run, which has been reported then. @type {Promise<Commands | null>} */
const opening = init({ module_or_path: wasm }).then(
  () => {
    // While the page is being developed, nothing of it may be kept.
    const caches = import.meta.env.PROD ? self.caches : undefined;
    const browser = {
      nextTask,
      now: () => performance.now(),
      later: setTimeout.bind(self),
      fetch: keeping(fetch.bind(self), caches),
    };
    const session = new engine.Session();
    const cores = navigator.hardwareConcurrency || 1;
    const tuner = new Tuner(Math.min(cores - 1, MOST_HELPERS));
    const pool = new Pool({ session, createWorker, tuner, now: browser.now, nextTask });
    return new Commands({ session, engine, pool, emit, ...browser });
  },
  () => {
    const needs = 'it needs WebAssembly with SIMD: Chrome 91, Firefox 89, Safari 16.4, or newer';
    emit({
      type: 'failed',
      problem: problem('engine_unavailable', `The training engine could not be loaded; ${needs}.`),
    });
    return null;
  },
);

self.onmessage = async (/** @type {MessageEvent<import('../protocol.js').Command>} */ { data: command }) => {
  // Answered at once, however long the engine takes to load.
  if (command.type === 'ping') return emit({ type: 'alive' });
  const run = await opening;
  run?.obey(command);
};
