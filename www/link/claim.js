/**
 * What a receipt claims of a run: after so many steps of this spec on these data, the weights have this
 * fingerprint. The spec stands beside it.
 */

import { readNumber, readWhole } from './parts.js';
import { quoted, Unreadable } from './unreadable.js';

/** A sum over the four unpacked data files; FNV-1a where the page has no SHA-256. @typedef {{ algorithm: 'sha256' | 'fnv1a64', hex: string }} DataSum */
/** `accuracy`: share of the test digits read rightly, null if they were not judged. @typedef {{ steps: number, weights: string, engine: string, data: DataSum, accuracy: number | null }} Claim */

/** @type {readonly string[]} */
export const CLAIM_KEYS = ['steps', 'weights', 'engine', 'sum', 'accuracy'];

const FINGERPRINT = /^[0-9a-f]{16}$/;
const ENGINE = /^\d{1,5}\.\d{1,5}\.\d{1,5}$/;
const SUM = /^(?:(sha256)-[0-9a-f]{64}|(fnv1a64)-[0-9a-f]{16})$/;

/** The version itself: the instructions the engine uses, named behind it, do not change a bit. @param {string} version */
export const engineOf = (version) => version.split(' ', 1)[0] ?? '';

/** @param {DataSum} sum */
export const writeSum = ({ algorithm, hex }) => `${algorithm}-${hex}`;

/** @param {Claim} claim @returns {[key: string, text: string][]} */
export function writeClaim({ steps, weights, engine, data, accuracy }) {
  /** @type {[string, string][]} */
  const fields = [
    ['steps', String(steps)],
    ['weights', weights],
    ['engine', engine],
    ['sum', writeSum(data)],
  ];
  return accuracy === null ? fields : [...fields, ['accuracy', String(accuracy)]];
}

/** @param {ReadonlyMap<string, string>} fields @returns {Claim | null} null without one */
export function readClaim(fields) {
  if (!CLAIM_KEYS.some((key) => fields.has(key))) return null;
  const text = (/** @type {string} */ key, /** @type {RegExp} */ form) => {
    const value = fields.get(key);
    if (value === undefined) throw new Unreadable(`Its ${quoted(key)} is missing.`);
    if (!form.test(value)) throw new Unreadable(`Its ${quoted(key)} is not of the form it should have.`);
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

/**
 * What a run that was made again says of a claim, in sentences; the first is the verdict.
 * @param {Claim} claimed
 * @param {Omit<Claim, 'accuracy'>} found
 * @returns {{ same: boolean, sentences: string[] }}
 */
export function judge(claimed, found) {
  const same = claimed.weights === found.weights && claimed.steps === found.steps;
  const differing = differences(claimed, found);
  if (same) {
    return { same, sentences: ['Confirmed: the weights are the same, bit for bit.', ...differing] };
  }
  const verdict =
    claimed.steps === found.steps
      ? `Not confirmed: the weights are ${found.weights} here and ${claimed.weights} in the receipt.`
      : `Not confirmed: this run ends after ${found.steps} steps, and the receipt tells of ${claimed.steps}.`;
  const none = 'Data and version are the same, so the receipt is of another run, or was changed.';
  return { same, sentences: [verdict, ...(differing.length > 0 ? differing : [none])] };
}

/** @param {Claim} claimed @param {Omit<Claim, 'accuracy'>} found */
function differences(claimed, found) {
  const sentences = [];
  if (claimed.data.algorithm !== found.data.algorithm) {
    sentences.push('Whether the data are the same is unknown: one sum is SHA-256, the other FNV-1a.');
  } else if (claimed.data.hex !== found.data.hex) {
    sentences.push('The data differ.');
  }
  if (claimed.engine !== found.engine) {
    sentences.push(`The version differs: ${found.engine} here, ${claimed.engine} in the receipt.`);
  }
  return sentences;
}
