/** The worker that makes a data set of chosen files, with a module that is fetched for it alone. */

import init, { Collector } from '../../../pkg/convscope_own_set.js';
import { problem, refusalOf } from '../problem.js';
import { Collecting } from './collecting.js';

/** @typedef {import('./protocol.js').OwnSetAnswer} OwnSetAnswer */
/** @typedef {import('./protocol.js').OwnSetCommand} OwnSetCommand */

const opening = init({ module_or_path: new URL('../../../pkg/convscope_own_set_bg.wasm', import.meta.url) });
// Each command reports the failure.
opening.catch(() => {});

let current = 0;

/** @param {OwnSetAnswer} answer */
const send = (answer) => self.postMessage(answer);

const collecting = new Collecting(
  () => new Collector(),
  (progress) => send({ id: current, progress }),
);

/** @param {OwnSetCommand} command */
function answerTo(command) {
  switch (command.name) {
    case 'collect':
      return collecting.collect(command.ask.files);
    case 'load':
      return collecting.load(command.ask.choices, command.ask.title);
    case 'zip':
      return collecting.zip(command.ask);
  }
}

self.onmessage = async (/** @type {MessageEvent<OwnSetCommand>} */ { data: command }) => {
  const { id } = command;
  try {
    await opening;
  } catch {
    const sentence = 'The module that reads images could not be loaded. Check your connection and try again.';
    return send({ id, answer: null, problem: problem('engine_unavailable', sentence) });
  }
  current = id;
  try {
    send({ id, answer: await answerTo(command), problem: null });
  } catch (error) {
    const crashed = () =>
      problem(
        'engine_crashed',
        `The module that reads images crashed (${String(error)}). Choose fewer or smaller files.`,
      );
    send({ id, answer: null, problem: refusalOf(error) ?? crashed() });
  }
};
