/** Why one class and not another, in sentences. */

import { number } from '../../lib/format.js';

/** @typedef {import('../../explain/contrast.js').Account} Account */
/** @typedef {import('../../explain/contrast.js').Share} Share */
/** @typedef {import('../../explain/counterfactual.js').Counterfactual} Counterfactual */

/** Odds beyond this are no clearer with more digits. */
const LARGEST_ODDS = 1e6;

/**
 * Who is ahead, and what that means for the probabilities.
 * @param {Pick<Account, 'difference'>} account
 * @param {{ first: string, second: string }} names
 * @param {{ first: number, second: number }} scores
 */
export function leadWords({ difference }, { first, second }, scores) {
  const both = `The score of ${first} is ${number(scores.first)}, that of ${second} is ${number(scores.second)}.`;
  if (!Number.isFinite(difference)) return `${both} They cannot be compared.`;
  if (difference === 0) return `${both} Both are equally likely.`;
  const [ahead, behind] = difference > 0 ? [first, second] : [second, first];
  const odds = Math.exp(Math.abs(difference));
  const times = odds > LARGEST_ODDS ? 'over a million' : number(odds, 2);
  return `${both} So ${ahead} is ${times} times as likely as ${behind}.`;
}

/**
 * Which features add most for a class: “maps 3, 7 and 12”.
 * @param {readonly Share[]} shares
 * @param {string} kind what a feature is
 */
export function featureList(shares, kind) {
  const numbers = shares.map(({ channel }) => String(channel + 1));
  if (numbers.length < 2) return `${kind} ${numbers.join('')}`;
  return `${kind}s ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;
}

/**
 * Numbers to be added up have as many decimals as the largest needs for three digits.
 * @param {number} largest
 */
export function decimalsFor(largest) {
  if (!(largest > 0) || !Number.isFinite(largest)) return 2;
  return Math.min(Math.max(2 - Math.floor(Math.log10(largest)), 0), 8);
}

/** @param {number} value @param {number} decimals */
export function signed(value, decimals) {
  if (!Number.isFinite(value)) return number(value);
  const text = Math.abs(value).toFixed(decimals);
  if (Number(text) === 0) return text;
  return `${value > 0 ? '+' : '−'}${text}`;
}

/**
 * Whether the terms add up to what the network's own scores differ by, as far as is shown.
 * @param {Pick<Account, 'sum' | 'difference'>} account
 * @param {{ first: string, second: string }} names
 * @param {{ first: number, second: number }} scores
 * @param {number} decimals
 */
export function sumWords({ sum, difference }, names, scores, decimals) {
  const written = (/** @type {number} */ value, finer = decimals) => signed(value, finer).replace('+', '');
  const finer = decimalsOfTerms(scores, difference, decimals);
  const second = scores.second < 0 ? `(${written(scores.second, finer)})` : written(scores.second, finer);
  const subtraction = `${written(scores.first, finer)} − ${second} = ${written(difference)}`;
  const agrees = signed(sum, decimals) === signed(difference, decimals);
  return `Score of ${names.first} − score of ${names.second}: ${subtraction}${agrees ? ', the same as the sum of the bars' : ''}.`;
}

/** More digits than a reader subtracts. */
const MOST_DECIMALS = 8;

/**
 * As few decimals as possible, with which the printed scores have the printed difference.
 * @param {{ first: number, second: number }} scores
 * @param {number} difference
 * @param {number} decimals of the difference
 */
function decimalsOfTerms({ first, second }, difference, decimals) {
  const shown = signed(difference, decimals);
  for (let finer = decimals; finer < MOST_DECIMALS; finer++) {
    const printed = Number(first.toFixed(finer)) - Number(second.toFixed(finer));
    // What is left of a subtraction in binary is no half.
    if (signed(Number(printed.toFixed(finer)), decimals) === shown) return finer;
  }
  return decimals;
}

/**
 * What was changed in an image, as an order: “Erase 6 pixels and add 1”, or, in colour, “Make 6 pixels black and 1 white”.
 * @param {Counterfactual} found
 * @param {Uint8Array} image before
 * @param {number} [channels]
 */
export function changeWords({ changed, pixels }, image, channels = 1) {
  const isAdded = (/** @type {number} */ index) =>
    channels === 1 ? Number(pixels[index]) > Number(image[index]) : Number(pixels[index]) > 0;
  const added = changed.filter(isAdded).length;
  const erased = changed.length - added;
  const pixelWord = (/** @type {number} */ count) => `${count} pixel${count === 1 ? '' : 's'}`;
  if (channels > 1) {
    const [black, white] = [erased && `${pixelWord(erased)} black`, added && `${pixelWord(added)} white`];
    return `Make ${[black, white].filter(Boolean).join(' and ')}`;
  }
  if (added === 0) return `Erase ${pixelWord(erased)}`;
  if (erased === 0) return `Add ${pixelWord(added)}`;
  return `Erase ${pixelWord(erased)} and add ${added}`;
}
