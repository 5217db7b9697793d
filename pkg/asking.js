/** The ways to the host: in this thread, or in a worker. */

import { ConvscopeError, errorOf } from './errors.js';
import { answering } from './host.js';
import { Convscope } from './network.js';

/** @typedef {import('./host.js').Engine} Engine */
/** @typedef {import('./questions.js').Reply} Reply */
/** @typedef {import('./forms.js').OpenFormats} OpenFormats */
/** @typedef {import('./network.js').AskHost} AskHost */

/**
 * A worker, in a browser or in Node.
 * @typedef {{
 *   post: (message: object, transfer: ArrayBuffer[]) => void, listen: (message: (data: any) => void, failed: (why: string) => void) => void,
 *   end: () => void,
 * }} Line
 */

/** @param {Engine} engine that has been loaded @param {OpenFormats} open */
export async function here(engine, open) {
  const reply = answering(engine);
  /** @type {AskHost} */
  const ask = async (name, asked) => {
    // A task of its own, so that a page can draw and listen between two slices.
    if (name === 'slice') await nextTask();
    return answerOf(reply(name, asked));
  };
  return new Convscope(ask, await ask('version', {}), open);
}

/** @param {Line} line @param {OpenFormats} open */
export async function elsewhere(line, open) {
  /** @type {Map<number, (reply: Reply) => void>} */
  const waiting = new Map();
  let asked = 0;
  /** @type {string | null} */
  let ended = null;
  const end = (/** @type {string} */ why) => {
    ended = why;
    for (const reply of waiting.values()) reply({ answer: null, problem: gone(why) });
    waiting.clear();
    line.end();
  };
  line.listen(({ id, reply }) => {
    waiting.get(id)?.(reply);
    waiting.delete(id);
  }, end);
  /** @type {AskHost} */
  const ask = async (name, question, transfer = []) => {
    if (ended !== null) throw errorOf(gone(ended));
    const id = ++asked;
    try {
      line.post({ id, name, ask: question }, transfer);
    } catch {
      throw new ConvscopeError('malformed_spec', 'This is malformed: it contains something that is not plain data.');
    }
    return answerOf(await new Promise((resolve) => waiting.set(id, resolve)));
  };
  return new Convscope(ask, await ask('version', {}), open, () => end('It was closed.'));
}

/** @param {Reply} reply */
function answerOf({ answer, problem }) {
  if (problem) throw errorOf(problem);
  return answer;
}

/** @param {string} why */
const gone = (why) => ({ code: 'engine_failed', message: `The worker is gone. ${why}`, layer: null });

function nextTask() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(null);
  });
}
