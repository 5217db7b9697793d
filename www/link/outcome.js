/**
 * What a receipt states about a run: after so many steps of its spec on these data, the weights have this fingerprint.
 */

import { readNumber, readWhole } from './parts.js';
import { quoted, Unreadable } from './unreadable.js';

/** A sum over the four unpacked data files; FNV-1a where the page has no SHA-256. @typedef {{ algorithm: 'sha256' | 'fnv1a64', hex: string }} DataSum */
/** `accuracy`: the share of the test digits classified correctly, null if they were not evaluated. @typedef {{ steps: number, weights: string, engine: string, data: DataSum, accuracy: number | null }} Outcome */

/** @type {readonly string[]} */
export const OUTCOME_KEYS = ['steps', 'weights', 'engine', 'sum', 'accuracy'];

const FINGERPRINT = /^[0-9a-f]{16}$/;
const ENGINE = /^\d{1,5}\.\d{1,5}\.\d{1,5}$/;
const SUM = /^(?:(sha256)-[0-9a-f]{64}|(fnv1a64)-[0-9a-f]{16})$/;

/** The version alone: the instructions that the engine uses, named after it, do not change any bit. @param {string} version */
export const engineOf = (version) => version.split(' ', 1)[0] ?? '';

/** @param {DataSum} sum */
export const writeSum = ({ algorithm, hex }) => `${algorithm}-${hex}`;

/** @param {Outcome} outcome @returns {[key: string, text: string][]} */
export function writeOutcome({ steps, weights, engine, data, accuracy }) {
  /** @type {[string, string][]} */
  const fields = [
    ['steps', String(steps)],
    ['weights', weights],
    ['engine', engine],
    ['sum', writeSum(data)],
  ];
  return accuracy === null ? fields : [...fields, ['accuracy', String(accuracy)]];
}

/** @param {ReadonlyMap<string, string>} fields @returns {Outcome | null} null without one */
export function readOutcome(fields) {
  if (!OUTCOME_KEYS.some((key) => fields.has(key))) return null;
  const text = (/** @type {string} */ key, /** @type {RegExp} */ form) => {
    const value = fields.get(key);
    if (value === undefined) throw new Unreadable(`Its ${quoted(key)} is missing.`);
    if (!form.test(value)) throw new Unreadable(`Its ${quoted(key)} is malformed.`);
    return value;
  };
  const [algorithm = '', hex = ''] = text('sum', SUM).split('-');
  const accuracy = fields.get('accuracy');
  const share = accuracy === undefined ? null : readNumber('accuracy', accuracy);
  if (share !== null && !(share >= 0 && share <= 1)) throw new Unreadable('Its accuracy is not from 0 to 1.');
  return {
    steps: readWhole('number of steps', text('steps', /^\d{1,16}$/)),
    weights: text('weights', FINGERPRINT),
    engine: text('engine', ENGINE),
    data: { algorithm: algorithm === 'sha256' ? 'sha256' : 'fnv1a64', hex },
    accuracy: share,
  };
}

/** A re-run need not evaluate on the test images. */
const NOT_COMPARED = 'The test accuracy in the receipt was not compared.';

/**
 * Compares what a receipt states with what a re-run found, in sentences; the first is the verdict.
 * @param {Outcome} stated
 * @param {Omit<Outcome, 'accuracy'>} found
 * @returns {{ same: boolean, sentences: string[] }}
 */
export function compare(stated, found) {
  const same = stated.weights === found.weights && stated.steps === found.steps;
  const differing = differences(stated, found);
  if (same) {
    const accuracy = stated.accuracy === null ? [] : [NOT_COMPARED];
    return { same, sentences: ['Confirmed: the weights are the same, bit for bit.', ...differing, ...accuracy] };
  }
  const verdict =
    stated.steps === found.steps
      ? `Not confirmed: the weights are ${found.weights} here and ${stated.weights} in the receipt.`
      : `Not confirmed: this run has ${found.steps} steps; the receipt says ${stated.steps}.`;
  const none = 'Data and version are the same, so the receipt is from another run or was changed.';
  return { same, sentences: [verdict, ...(differing.length > 0 ? differing : [none])] };
}

/** @param {Outcome} stated @param {Omit<Outcome, 'accuracy'>} found */
function differences(stated, found) {
  const sentences = [];
  if (stated.data.algorithm !== found.data.algorithm) {
    sentences.push('We cannot tell whether the data are the same: one checksum is SHA-256, the other FNV-1a.');
  } else if (stated.data.hex !== found.data.hex) {
    sentences.push('The data differ.');
  }
  if (stated.engine !== found.engine) {
    sentences.push(`The version differs: ${found.engine} here, ${stated.engine} in the receipt.`);
  }
  return sentences;
}
