/** The worker that asks a network questions, with a module that is fetched for it alone. */

import { problem } from '../problem.js';

/** @typedef {import('./protocol.js').InquiryCommand} InquiryCommand */

self.onmessage = (/** @type {MessageEvent<InquiryCommand>} */ { data: command }) => {
  if ('cancel' in command) return;
  const sentence = 'This version of the page cannot ask the network yet.';
  self.postMessage({ id: command.id, answer: null, problem: problem('engine_unavailable', sentence) });
};
