/**
 * A replay as a file: one JSON text. Specs and views are written as the links that open them, and drawings as links hold
 * them. It can come from anywhere: its length is limited before it is parsed, and every field must be known and well-formed.
 * docs/replay.md says what each field means.
 */

import { JsonReader, Malformed } from '../lib/json-reader.js';
import { MOST_LETTERS, readDrawing, writeDrawing } from '../link/drawing.js';
import { joined, readLink, VERSION as LINK_VERSION } from '../link/link.js';
import { writeSpec } from '../link/spec-text.js';
import { readCard, writeCard, writeChoices } from '../link/view-text.js';
import { MOST_IMAGES } from '../model/data-sets.js';
import { MOST_ACTIONS } from './actions.js';

/** @typedef {import('./actions.js').Action} Action */
/** @typedef {import('./actions.js').Deed} Deed */
/** @typedef {import('./actions.js').Outcome} Outcome */
/** @typedef {import('./actions.js').Replay} Replay */

export const VERSION = 1;
export const ENDING = '.replay.json';
/** A recording of an hour has a tenth of it. */
export const LONGEST_FILE = 2_000_000;
const FORMAT = 'convscope-replay';
const A_REPLAY = 'this replay';
const LONGEST_MS = 24 * 3_600_000;
const MOST_STEPS = 1_000_000_000;
const MOST_RUNS = 1_000;
const LARGEST_INDEX = 2 ** 31 - 1;
const FINGERPRINT = /^[0-9a-f]{16}$/;
const ENGINE = /^\d{1,5}\.\d{1,5}\.\d{1,5}$/;
const DEEDS = /** @type {const} */ ([
  ...['restart', 'settings', 'train', 'draw', 'look', 'view', 'card', 'back', 'recover', 'weight'],
]);

/** @param {Replay} replay @returns {string} */
export const writeReplay = ({ actions, outcome }) =>
  JSON.stringify({ format: FORMAT, version: VERSION, actions: actions.map(writeAction), ...(outcome && { outcome }) });

/** @param {string} text @returns {Replay} */
export function readReplay(text) {
  if (text.length > LONGEST_FILE)
    throw new Malformed(`A replay has up to ${LONGEST_FILE} letters; got ${text.length}.`);
  const file = new JsonReader(A_REPLAY, 'the file', parsed(text));
  if (file.fields['format'] !== FORMAT)
    throw new Malformed('This file is not a replay. Choose one that was saved here.');
  if (file.fields['version'] !== VERSION)
    throw file.error('version', `${VERSION}, the one that this page reads`, file.fields['version']);
  file.only(['format', 'version', 'actions', 'outcome']);
  const actions = file.list('actions', 1, MOST_ACTIONS).map(readAction);
  if (actions[0]?.do !== 'restart')
    throw new Malformed('In this replay, the first action must be "restart": it says which network there is.');
  return { actions, outcome: file.has('outcome') ? readOutcome(file.object('outcome')) : null };
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Malformed('This file is not a replay, or it is cut off: it cannot be read as JSON.');
  }
}

/** @param {Action} action */
const writeAction = ({ at, ...deed }) => ({ at: Math.round(at), do: deed.do, ...fieldsOf(deed) });

/** @param {Deed} deed @returns {Record<string, unknown>} */
function fieldsOf(deed) {
  switch (deed.do) {
    case 'restart':
    case 'settings':
      return { link: linkOf(writeSpec(deed.spec)) };
    case 'train':
      return { to: deed.to, took: Math.round(deed.took) };
    case 'draw':
      return { strokes: drawingOf(deed.strokes), times: deed.times.flat().map(Math.round) };
    case 'view':
      return { link: linkOf(writeChoices(deed.choices)) };
    case 'card':
      return { card: deed.card ? writeCard(deed.card)[1] : null };
    case 'weight':
      return { ...deed.place, value: deed.value };
    default: {
      const { do: _, ...fields } = deed;
      return fields;
    }
  }
}

/** @param {[key: string, text: string][]} fields */
const linkOf = (fields) => joined([['v', LINK_VERSION], ...fields]);

/** @param {Parameters<typeof writeDrawing>[0]} strokes */
const drawingOf = (strokes) => (strokes.length === 0 ? '' : writeDrawing(strokes));

/** @param {JsonReader} action @returns {Action} */
function readAction(action) {
  const at = action.whole('at', 0, LONGEST_MS);
  const [deed, ...fields] = readDeed(action, action.oneOf('do', DEEDS));
  action.only(['at', 'do', ...fields]);
  return { at, ...deed };
}

/** @param {JsonReader} action @param {Deed['do']} name @returns {[deed: Deed, ...fields: string[]]} */
function readDeed(action, name) {
  switch (name) {
    case 'restart':
    case 'settings':
      return [{ do: name, spec: linked(action).spec }, 'link'];
    case 'train':
      return [
        { do: name, to: action.whole('to', 0, MOST_STEPS), took: action.whole('took', 0, LONGEST_MS) },
        'to',
        'took',
      ];
    case 'draw':
      return [{ do: name, ...strokesOf(action) }, 'strokes', 'times'];
    case 'look': {
      const split = action.oneOf('split', /** @type {const} */ (['training', 'validation', 'test']));
      return [{ do: name, split, image: action.whole('image', 0, MOST_IMAGES - 1) }, 'split', 'image'];
    }
    case 'view':
      return [{ do: name, choices: linked(action).choices }, 'link'];
    case 'card': {
      const card = action.fields['card'] === null ? null : readCard(new Map([['lesson', action.text('card')]]));
      return [{ do: name, card }, 'card'];
    }
    case 'back':
      return [
        { do: name, run: action.whole('run', 0, MOST_RUNS), step: action.whole('step', 0, MOST_STEPS) },
        'run',
        'step',
      ];
    case 'recover':
      return [{ do: name }];
    case 'weight':
      return [{ do: name, ...weightOf(action) }, 'layer', 'kind', 'index', 'value'];
  }
}

/** @param {JsonReader} action */
function linked(action) {
  const text = action.fields['link'];
  const content = typeof text === 'string' ? readLink(text) : null;
  if (!content) throw action.error('link', 'a link without its address', text);
  return content;
}

/** @param {JsonReader} action */
function strokesOf(action) {
  const text = action.fields['strokes'];
  if (typeof text !== 'string' || text.length > MOST_LETTERS) {
    throw action.error('strokes', `a drawing of up to ${MOST_LETTERS} letters`, text);
  }
  const strokes = text === '' ? [] : readDrawing(text);
  const moments = strokes.length === 0 ? [] : action.wholes('times', { most: 2 * strokes.length, largest: LONGEST_MS });
  if (moments.length !== 2 * strokes.length) throw action.error('times', 'two for each stroke', moments);
  const times = strokes.map(
    (_, index) => /** @type {const} */ ([moments[2 * index] ?? 0, moments[2 * index + 1] ?? 0]),
  );
  return { strokes, times };
}

/** @param {JsonReader} action */
function weightOf(action) {
  const layer = action.whole('layer', 0, LARGEST_INDEX);
  const kind = action.oneOf('kind', /** @type {const} */ (['weight', 'bias']));
  return { place: { layer, kind, index: action.whole('index', 0, LARGEST_INDEX) }, value: action.number('value') };
}

/** @param {JsonReader} outcome @returns {Outcome} */
function readOutcome(outcome) {
  outcome.only(['engine', 'step', 'weights']);
  const [engine, weights] = [outcome.text('engine'), outcome.text('weights')];
  if (!ENGINE.test(engine)) throw outcome.error('engine', 'a version such as 1.2.3', engine);
  if (!FINGERPRINT.test(weights)) throw outcome.error('weights', 'a fingerprint of 16 hexadecimal digits', weights);
  return { engine, step: outcome.whole('step', 0, MOST_STEPS), weights };
}
