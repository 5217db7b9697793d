/** A worker that computes gradients for the one that owns the run. */

import init, { Helper } from '../../../pkg/convscope.js';
import { nextTask } from '../next-task.js';
import { SPIN_MS } from './spin.js';

/** @typedef {import('./helper-protocol.js').HelperCommand} HelperCommand */
/** @typedef {import('./helper-protocol.js').HelperEvent} HelperEvent */

const engine = new URL('../../../pkg/convscope_bg.wasm', import.meta.url);

/** @type {Helper | null} */
let helper = null;

let spinning = false;
let spinUntil = 0;

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
      return void spin();
    }
    default:
      /** @satisfies {never} */ (command);
  }
}

/** Does nothing for a moment without falling asleep, in case the next request arrives at once. */
async function spin() {
  spinUntil = performance.now() + SPIN_MS;
  if (spinning) return;
  spinning = true;
  while (performance.now() < spinUntil) await nextTask();
  spinning = false;
}

/**
 * @param {HelperEvent} event
 * @param {Transferable[]} [transfer]
 */
function emit(event, transfer = []) {
  self.postMessage(event, { transfer });
}
