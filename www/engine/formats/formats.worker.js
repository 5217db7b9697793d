/** The worker that writes and reads networks in forms that others open, with a module that is fetched for it alone. */

import init, { exportNetwork, ImportedNetwork, saidBy } from '../../../pkg/convscope_formats.js';
import { problem, refusalOf } from '../problem.js';

/** @typedef {import('./protocol.js').FormatAnswer} FormatAnswer */
/** @typedef {import('./protocol.js').FormatCommand} FormatCommand */
/** @typedef {import('./protocol.js').FormatRequest} FormatRequest */
/** @typedef {import('./protocol.js').FormatRequests} FormatRequests */

const opening = init({ module_or_path: new URL('../../../pkg/convscope_formats_bg.wasm', import.meta.url) });

/** @type {{ [Name in FormatRequest]: (ask: FormatRequests[Name]['ask']) => FormatRequests[Name]['answer'] }} */
const ANSWERS = {
  export: ({ form, checkpoint, said, classes, link, pixels, logits }) =>
    /** @type {Uint8Array<ArrayBuffer>} */ (exportNetwork(form, checkpoint, said, classes, link, pixels, logits)),
  said: ({ bytes }) => saidBy(bytes) ?? null,
  import({ bytes, own, onScreen }) {
    const network = new ImportedNetwork(bytes, own, onScreen);
    try {
      return { checkpoint: network.checkpoint(), matches: JSON.parse(network.matches()) };
    } finally {
      network.free();
    }
  },
};

/** @param {FormatAnswer} answer */
const send = (answer) => self.postMessage(answer);

self.onmessage = async (/** @type {MessageEvent<FormatCommand>} */ { data: { id, name, ask } }) => {
  try {
    await opening;
  } catch {
    const sentence = 'The module of formats could not be loaded. Check your connection and try again.';
    return send({ id, answer: null, problem: problem('engine_unavailable', sentence) });
  }
  try {
    send({ id, answer: ANSWERS[name](/** @type {any} */ (ask)), problem: null });
  } catch (error) {
    const crashed = () => problem('engine_crashed', `The module of formats crashed (${String(error)}).`);
    send({ id, answer: null, problem: refusalOf(error) ?? crashed() });
  }
};
