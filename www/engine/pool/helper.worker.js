/** A worker that computes gradients for the one that owns the run. */

import init, { Helper } from '../../../pkg/convscope.js';
import { AWAKE_MS } from './awake.js';
import { nextTask } from '../next-task.js';

/** @typedef {import('./helper-protocol.js').HelperCommand} HelperCommand */
/** @typedef {import('./helper-protocol.js').HelperEvent} HelperEvent */

const engine = new URL('../../../pkg/convscope_bg.wasm', import.meta.url);

/** @type {Helper | null} */
let helper = null;

let awake = false;
let awakeUntil = 0;

/** Commands wait for the engine, and for the commands before them. @type {Promise<unknown>} */
let ready = init({ module_or_path: engine });

self.onmessage = (/** @type {MessageEvent<HelperCommand>} */ { data: command }) => {
  ready = ready.then(() => obey(command));
  ready.catch((error) => emit({ type: 'failed', message: String(error) }));
};

/** @param {HelperCommand} command */
function obey(command) {
  switch (command.type) {
    case 'build':
      helper?.free();
      helper = new Helper(command.spec);
      return emit({ type: 'built' });
    case 'configure':
      return helper?.configure(command.training);
    case 'compute': {
      if (!helper) throw new Error('there is no network yet');
      const { buffer } = command;
      const length = helper.answer(new Uint8Array(buffer), command.length);
      emit({ type: 'answer', length, buffer }, [buffer]);
      return void stayAwake();
    }
    default:
      /** @satisfies {never} */ (command);
  }
}

/** Turns for a moment without doing anything, in case that the next request comes at once. */
async function stayAwake() {
  awakeUntil = performance.now() + AWAKE_MS;
  if (awake) return;
  awake = true;
  while (performance.now() < awakeUntil) await nextTask();
  awake = false;
}

/**
 * @param {HelperEvent} event
 * @param {Transferable[]} [transfer]
 */
function emit(event, transfer = []) {
  self.postMessage(event, { transfer });
}
