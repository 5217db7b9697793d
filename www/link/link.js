/**
 * A whole experiment in the part of an address after `#`: `v=1&net=c8k5,r,m2,f,d10&seed=7`. What it leaves out is as it
 * is on a page without a link, so that `lesson=reading.3` is a whole link too. It can come from anywhere: its length is
 * limited before anything else, every field must be known and well-formed, and a problem is described in one sentence.
 * The engine decides whether the spec can be built.
 */

import { isHosted, MOST_IMAGES, SETS } from '../model/data-sets.js';
import { DEFAULT_PRESET } from '../model/presets.js';
import { OUTCOME_KEYS, readOutcome, writeOutcome } from './outcome.js';
import { readDrawing, writeDrawing } from './drawing.js';
import { readSpec, SPEC_KEYS, writeSpec } from './spec-text.js';
import { quoted, Unreadable } from './unreadable.js';
import {
  isPanel,
  readCard,
  readChoices,
  readDigit,
  readEmbed,
  readHandout,
  readTheme,
  VIEW_KEYS,
  writeCard,
  writeChoices,
  writeHandout,
} from './view-text.js';

/** @typedef {import('../lib/strokes.js').Stroke} Stroke */
/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('./outcome.js').Outcome} Outcome */
/** @typedef {import('./view-text.js').CardRef} CardRef */
/** @typedef {import('./view-text.js').Handout} Handout */
/** @typedef {import('./view-text.js').ThemeName} ThemeName */
/** @typedef {import('./view-text.js').ViewChoices} ViewChoices */

/**
 * `digit` is the test digit that is shown, `strokes` a drawing, `outcome` what a receipt says of the run, `card` that
 * of a lesson; `embed`: the page is shown within another one, which may ask for a `theme`.
 * @typedef {{
 *   spec: Spec, choices: ViewChoices, handout: Handout, card: CardRef | null, embed: boolean, theme: ThemeName | null, digit: number | null,
 *   strokes: readonly Stroke[] | null, outcome: Outcome | null,
 * }} LinkContent
 */

export const VERSION = '1';
/** Of a link that does not say, as people write it by hand. */
const FIRST_VERSION = '1';
export const LONGEST_LINK = 16_000;
/** The command line knows the same (src/bin/convscope/text/spec_text.rs). */
export const KEYS = new Set(['v', 'draw', ...SPEC_KEYS, ...VIEW_KEYS, ...OUTCOME_KEYS]);

/**
 * @param {{ spec: Spec } & Partial<LinkContent>} content
 * @returns {string} what comes after the `#`
 */
export function writeLink({ spec, choices, handout, card, embed, theme, digit, strokes, outcome }) {
  /** @type {[string, string][]} */
  const fields = [['v', VERSION], ...writeSpec(spec)];
  if (choices) fields.push(...writeChoices(choices));
  if (handout) fields.push(...writeHandout(handout));
  if (card) fields.push(writeCard(card));
  if (embed) fields.push(['embed', '1']);
  if (theme) fields.push(['theme', theme]);
  if (digit) fields.push(['digit', String(digit)]);
  if (strokes && strokes.length > 0) fields.push(['draw', writeDrawing(strokes)]);
  if (outcome) fields.push(...writeOutcome(outcome));
  return joined(fields);
}

/** The shortest link that opens an experiment. @param {string} id */
export const writeExperimentLink = (id) =>
  joined([
    ['v', VERSION],
    ['experiment', id],
  ]);

/** @param {[key: string, text: string][]} fields */
export const joined = (fields) => fields.map(([key, text]) => `${key}=${escaped(text)}`).join('&');

/**
 * @param {string} hash with or without its `#`
 * @returns {LinkContent | null} null if it is empty
 */
export function readLink(hash) {
  const text = hash.startsWith('#') ? hash.slice(1) : hash;
  return text === '' ? null : readFields(fieldsOf(text));
}

/** How the page is shown, whatever is in it. */
const FRAME_FIELD = /^(embed|theme|panels)=/;

/**
 * As much of a link as can be read: panels that do not exist are left out, and of a link with any other fault there is
 * only how the page around wants it shown.
 * @param {string} hash
 * @returns {{ content: LinkContent | null, problem: string }} the problem is in sentences, empty if there is none
 */
export function readMost(hash) {
  try {
    return { content: readLink(hash), problem: '' };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const fields = hash.slice(0, LONGEST_LINK).replace(/^#/, '').split('&').map(withKnownPanels);
    const content = readable(fields);
    if (content) return { content, problem: `${problem} Unknown panels are left out.` };
    const frame = fields.filter((field) => FRAME_FIELD.test(field) && readable([field]));
    const once = new Map(frame.map((field) => [field.split('=', 1)[0], field]));
    return { content: readable([...once.values()]), problem: `${problem} The default experiment is open instead.` };
  }
}

/** @param {string} field as it is written @returns {string} empty if it names panels and none of them exists */
function withKnownPanels(field) {
  const [key, text = ''] = field.split('=');
  if (key !== 'panels' || text === '') return field;
  const known = text.split(/,|%2C/i).filter(isPanel).join(',');
  return known && `panels=${known}`;
}

/** @param {string[]} fields @returns {LinkContent | null} null if they cannot be read */
function readable(fields) {
  try {
    return readLink(fields.filter((field) => field !== '').join('&'));
  } catch {
    return null;
  }
}

/** @param {ReadonlyMap<string, string>} fields @returns {LinkContent} */
export function readFields(fields) {
  const drawing = fields.get('draw');
  const spec = readSpec(withNetwork(fields));
  const { set } = spec.data;
  return {
    spec,
    choices: readChoices(fields),
    handout: readHandout(fields),
    card: readCard(fields),
    embed: readEmbed(fields),
    theme: readTheme(fields),
    // How many images somebody's own set has is not in the link.
    digit: readDigit(fields, isHosted(set) ? SETS[set].sizes.test : MOST_IMAGES),
    strokes: drawing === undefined ? null : readDrawing(drawing),
    outcome: readOutcome(fields),
  };
}

/** The default network is filled in, except in a receipt: it is about one network. @param {ReadonlyMap<string, string>} fields */
function withNetwork(fields) {
  if (fields.has('net') || OUTCOME_KEYS.some((key) => fields.has(key))) return fields;
  return new Map([...writeSpec(DEFAULT_PRESET.spec), ...fields]);
}

/**
 * The fields of a link: each is known and occurs once.
 * @param {string} text
 * @returns {Map<string, string>}
 */
export function fieldsOf(text) {
  if (text.length > LONGEST_LINK) throw new Unreadable('It is too long.');
  const pairs = text.split('&', KEYS.size + 1).map((pair) => {
    const [key = '', ...rest] = pair.split('=');
    return /** @type {const} */ ([key, unescaped(rest.join('='))]);
  });
  if (!pairs.some(([key]) => KEYS.has(key))) throw new Unreadable('It is not a link to an experiment.');
  const version = pairs.find(([key]) => key === 'v')?.[1] ?? FIRST_VERSION;
  if (version !== VERSION) {
    throw new Unreadable(`It has version ${quoted(version)}; this page reads version ${VERSION}.`);
  }
  /** @type {Map<string, string>} */
  const fields = new Map();
  for (const [key, value] of pairs) {
    if (!KEYS.has(key)) throw new Unreadable(`It has an unknown field, ${quoted(key)}.`);
    if (fields.has(key)) throw new Unreadable(`It has the field ${quoted(key)} twice.`);
    fields.set(key, value);
  }
  return fields;
}

/** Only what would break the link is escaped, so that it can be read. @param {string} text */
const escaped = (text) => encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%3F', '?');

/** @param {string} text */
function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Unreadable('It is damaged: a character cannot be read.');
  }
}
