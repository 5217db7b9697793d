/** What each picture of where a network looks is, and where the pictures disagree, in sentences. */

import { NOTHING, number, percent } from '../../lib/format.js';
import { agreementOf, profileOf, STRONGEST } from './looks-agreement.js';

/** @typedef {import('./looks-agreement.js').Agreement} Agreement */

/** `name` begins a heading, `within` is for the middle of a sentence; `term` is its entry in the glossary. */
export const METHODS = /** @type {const} */ ([
  { id: 'gradient', term: 'saliency', name: 'Input gradient', within: 'the input gradient' },
  { id: 'occlusion', term: 'occlusion', name: 'Occlusion', within: 'occlusion' },
  { id: 'activation', term: 'grad-cam', name: 'Class activation', within: 'class activation' },
  { id: 'integrated', term: 'integrated-gradients', name: 'Integrated gradients', within: 'integrated gradients' },
]);

/** @typedef {typeof METHODS[number]['id']} Method */
/** A number for each pixel; null while it is computed, or where there can be none. @typedef {Record<Method, Float32Array | null>} Maps */

/**
 * What a method measures, in one sentence.
 * @param {Method} method
 * @param {string} name of the class
 * @param {import('../../model/data-sets.js').ImageForm} form
 */
export function whatWords(method, name, { channels }) {
  const sentences = {
    gradient: `How much the score of ${name} rises if a pixel gets a little ${channels === 1 ? 'more ink' : 'brighter'}.`,
    occlusion: `How much probability ${name} loses while a patch covers the pixel.`,
    activation: `Where the maps that speak for ${name} are active: their sum, each weighted by its mean gradient.`,
    integrated: `What each pixel adds to the score of ${name}, summed along the way from an empty image.`,
  };
  return sentences[method];
}

/** Of occlusion, whose numbers are probabilities, what is shown as 0 points is nothing. */
const NO_POINTS = 0.00005;

/** Whether a map has nothing to show. @param {Method} method @param {Float32Array} map */
export const isBlank = (method, map) =>
  map.every((value) => (method === 'occlusion' ? Math.abs(value) < NO_POINTS : value === 0));

/** Why a map has nothing to show. @param {Method} method */
export function nothingWords(method) {
  const sentences = {
    gradient:
      'It is 0 everywhere: no small change of a pixel moves this score. The way to it may be closed, as by a ReLU that is off.',
    occlusion: 'It is 0 everywhere: wherever the patch lies, the probability stays as it is.',
    activation: 'It is 0 everywhere: none of the maps of this layer moves this score.',
    integrated: 'It is 0 everywhere: on the way from an empty image, no pixel moves this score.',
  };
  return sentences[method];
}

/** @typedef {{ first: Method, second: Method } & Agreement} Pair */

/** @typedef {Record<Method, import('./looks-agreement.js').Profile | null>} Profiles */

/** @param {Maps} maps @returns {Profiles} */
export const profilesOf = ({ gradient, occlusion, activation, integrated }) => ({
  gradient: gradient && profileOf(gradient),
  occlusion: occlusion && profileOf(occlusion),
  activation: activation && profileOf(activation),
  integrated: integrated && profileOf(integrated),
});

/** @param {Profiles} profiles @returns {Pair[]} */
export function pairsOf(profiles) {
  return METHODS.flatMap(({ id: first }, at) =>
    METHODS.slice(at + 1).map(({ id: second }) => {
      return { first, second, ...agreementOf(profiles[first], profiles[second]) };
    }),
  );
}

/** @param {Method} method */
const nameWithin = (method) => String(METHODS.find(({ id }) => id === method)?.within);

/** @param {number | null} correlation */
export const correlationWords = (correlation) =>
  correlation === null
    ? NOTHING
    : correlation
        .toFixed(2)
        .replace(/^-0.00$/, '0.00')
        .replace('-', '−');

/** @param {Agreement} agreement */
const figures = ({ correlation, common }) =>
  `${correlationWords(correlation)}, with ${percent(common, 0)} of the strongest tenth in common`;

/**
 * With which map a method agrees most, and with which least.
 * @param {Method} method
 * @param {readonly Pair[]} pairs
 */
export function agreesWords(method, pairs) {
  const its = pairs
    .filter(({ first, second, common }) => (first === method || second === method) && common !== null)
    .map((pair) => ({ ...pair, other: pair.first === method ? pair.second : pair.first }))
    .sort((a, b) => Number(b.common) - Number(a.common));
  const [most, least] = [its[0], its.at(-1)];
  if (!most || !least) return '';
  const near = `It shares ${percent(most.common, 0)} of its strongest tenth with ${nameWithin(most.other)}`;
  if (most === least) return `${near}.`;
  if (percent(most.common, 0) === percent(least.common, 0)) return `${near}, and as much with every other.`;
  return `${near}, but only ${percent(least.common, 0)} with ${nameWithin(least.other)}.`;
}

/**
 * Where all of them agree and disagree most, by their rank correlation.
 * @param {readonly Pair[]} pairs
 */
export function overallWords(pairs) {
  const known = pairs.filter(({ correlation }) => correlation !== null);
  const order = [...known].sort((a, b) => Number(b.correlation) - Number(a.correlation));
  const [most, least] = [order[0], order.at(-1)];
  if (!most || !least) return '';
  const together = (/** @type {Pair} */ { first, second }) => `${nameWithin(first)} and ${nameWithin(second)}`;
  const near = `${capital(together(most))} agree most by rank correlation: ${figures(most)}.`;
  if (most === least) return near;
  const byChance = Number(least.common) <= STRONGEST ? ', no more than by chance' : '';
  return `${near} ${capital(together(least))} agree least: ${figures(least)}${byChance}.`;
}

/**
 * Whether the parts of integrated gradients add up to what they should.
 * @param {{ sum: number, difference: number }} integrated
 */
export function checkWords({ sum, difference }) {
  const both = `all pixels add up to ${number(sum)}; from the empty image to this one, the score changes by ${number(difference)}`;
  const apart = Math.abs(sum - difference) / Math.abs(difference);
  if (sum === difference) return `${both}: the same`;
  return Number.isFinite(apart) ? `${both}: ${percent(apart)} apart` : both;
}

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
