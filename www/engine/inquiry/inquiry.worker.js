/** The worker that asks a network questions, with a module that is fetched for it alone. */

import init, { Inquiry } from '../../../pkg/convscope_inquiry.js';
import { nextTask } from '../next-task.js';
import { problem } from '../problem.js';
import { Inquiring } from './inquiring.js';

/** @typedef {import('./protocol.js').InquiryAnswer} InquiryAnswer */
/** @typedef {import('./protocol.js').InquiryCommand} InquiryCommand */

const opening = init({ module_or_path: new URL('../../../pkg/convscope_inquiry_bg.wasm', import.meta.url) });
// Each question reports the failure.
opening.catch(() => {});

/** @param {InquiryAnswer} answer */
const send = (answer) => self.postMessage(answer);

const inquiring = new Inquiring({
  ...{ open: (checkpoint) => new Inquiry(checkpoint), send, nextTask, now: () => performance.now() },
});

self.onmessage = async (/** @type {MessageEvent<InquiryCommand>} */ { data: command }) => {
  try {
    await opening;
  } catch {
    if ('cancel' in command) return;
    const sentence = 'The module that asks the network could not be loaded. Check your connection and try again.';
    return send({ id: command.id, answer: null, problem: problem('engine_unavailable', sentence) });
  }
  inquiring.receive(command);
};
