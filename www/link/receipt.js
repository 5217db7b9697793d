/**
 * A receipt as text, one field a line: short enough for a chat, and readable for people as well. The command
 * `convscope confirm` (src/bin/convscope/text/receipt.rs) reads the same text.
 *
 *     Convscope receipt 1
 *     experiment: net=c8k5,r,m2,f,d10&opt=adam:0.001
 *     steps: 1719
 *     weights: 9584a0e14177fa3d
 *     engine: 0.1.0
 *     sum: sha256-…
 *     accuracy: 0.9781
 */

import { OUTCOME_KEYS, readOutcome, writeOutcome } from './outcome.js';
import { fieldsOf, joined, LONGEST_LINK, readFields, VERSION } from './link.js';
import { writeSpec } from './spec-text.js';
import { quoted, Unreadable } from './unreadable.js';

/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('./outcome.js').Outcome} Outcome */
/** @typedef {{ spec: Spec, outcome: Outcome }} Receipt */

const TITLE = /^Convscope receipt (\S{1,9})$/i;
const LINE = /^([a-z]{1,20}):\s*(\S*)$/;
const MOST_LINES = 40;

/** @param {Receipt} receipt */
export function writeReceipt({ spec, outcome }) {
  const lines = writeOutcome(outcome).map(([key, text]) => `${key}: ${text}`);
  return [`Convscope receipt ${VERSION}`, `experiment: ${joined(writeSpec(spec))}`, ...lines].join('\n');
}

/**
 * Reads a receipt's text, however mails and chats have indented it, or a link that carries one.
 * @param {string} text
 * @returns {Receipt}
 */
export function readReceipt(text) {
  if (text.length > 2 * LONGEST_LINK) throw new Unreadable('It is too long.');
  const link = /#(v=\S*)/.exec(text)?.[1];
  if (link) return complete(fieldsOf(link));
  const lines = text.split('\n', MOST_LINES).map((line) => line.replace(/^[\s>*|]+/, '').trimEnd());
  const start = lines.findIndex((line) => TITLE.test(line));
  const version = TITLE.exec(lines[start] ?? '')?.[1];
  if (version === undefined) throw new Unreadable('It does not begin with “Convscope receipt”.');
  if (version !== VERSION) {
    throw new Unreadable(`It has version ${quoted(version)}; this page reads version ${VERSION}.`);
  }
  return complete(fieldsOfLines(lines.slice(start + 1)));
}

/** @param {string[]} lines up to the first that is empty */
function fieldsOfLines(lines) {
  const end = lines.indexOf('');
  /** @type {Map<string, string>} */
  const fields = new Map();
  let experiment = '';
  for (const line of end < 0 ? lines : lines.slice(0, end)) {
    const [, key = '', value = ''] = LINE.exec(line) ?? [];
    const known = key === 'experiment' ? experiment === '' : OUTCOME_KEYS.includes(key) && !fields.has(key);
    if (!known) throw new Unreadable(`Its line ${quoted(line)} does not belong in a receipt.`);
    if (key === 'experiment') experiment = value;
    else fields.set(key, value);
  }
  return new Map([...fieldsOf(`v=${VERSION}&${experiment}`), ...fields]);
}

/** @param {ReadonlyMap<string, string>} fields @returns {Receipt} */
function complete(fields) {
  const outcome = readOutcome(fields);
  if (!outcome) throw new Unreadable('It has no fingerprint of weights: it is a link to an experiment, not a receipt.');
  return { spec: readFields(fields).spec, outcome };
}
