/** Why one class has a higher score than another: what each feature before the last weights adds to the difference. */

import { isStraight } from './features.js';
import { mapsBefore } from './forward.js';

/** @typedef {import('../model/reports.js').Contrast} Contrast */
/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('../model/spec.js').Summary} Summary */
/** @typedef {import('./geometry.js').Size} Size */

/** What a feature, a map or a unit, adds to the difference. @typedef {{ channel: number, amount: number }} Share */

/**
 * A difference of two scores, term by term. `products` holds feature × slope, in the order of the maps; a map adds
 * the sum of its products. `forFirst` and `forSecond` are the maps that add most on either side, `rest` is what the
 * other `restCount` add. `bend` is what is left where an activation after the last weights is no straight line, else 0.
 * `sum` is all of it; `difference` is the engine's own.
 * @typedef {{
 *   maps: Size, products: Float32Array, forFirst: Share[], forSecond: Share[], rest: number, restCount: number,
 *   bias: number, bend: number, sum: number, difference: number,
 * }} Account
 */

/**
 * @param {Spec} spec
 * @param {Summary} summary
 * @param {Contrast} contrast
 * @param {number} most how many features are listed on either side
 * @returns {Account | null} null if the contrast is of another network
 */
export function accountOf(spec, summary, contrast, most) {
  const { layer, features, slopes, biases, biasSlopes, logits, first, second } = contrast;
  const maps = mapsBefore(spec, summary, layer);
  const area = maps.height * maps.width;
  if (maps.channels * area !== features.length) return null;
  const products = Float32Array.from(features, (value, index) => value * Number(slopes[index]));
  const shares = Array.from({ length: maps.channels }, (_, channel) => ({
    channel,
    amount: dot(features, slopes, channel * area, (channel + 1) * area),
  }));
  const difference = Number(logits[first]) - Number(logits[second]);
  const bias = dot(biases, biasSlopes, 0, biases.length);
  const terms = total(shares) + bias;
  const bend = isStraight(spec.layers, layer) ? 0 : difference - terms;
  return { maps, products, ...sides(shares, most), bias, bend, sum: terms + bend, difference };
}

/** A share less than this part of the largest reads 0 beside it, and is not listed. */
const LEAST = 0.005;

/** @param {Share[]} shares @param {number} most */
function sides(shares, most) {
  const least = LEAST * Math.max(...shares.map(({ amount }) => Math.abs(amount)));
  const sorted = shares.toSorted((a, b) => b.amount - a.amount || a.channel - b.channel);
  const forFirst = sorted.filter(({ amount }) => amount > least).slice(0, most);
  const forSecond = sorted
    .filter(({ amount }) => amount < -least)
    .reverse()
    .slice(0, most);
  const listed = new Set([...forFirst, ...forSecond]);
  const others = shares.filter((share) => !listed.has(share));
  return { forFirst, forSecond, rest: total(others), restCount: others.length };
}

/** @param {readonly Share[]} shares */
export const total = (shares) => shares.reduce((sum, { amount }) => sum + amount, 0);

/**
 * @param {Float32Array} a
 * @param {Float32Array} b
 * @param {number} from
 * @param {number} to
 */
function dot(a, b, from, to) {
  let sum = 0;
  for (let index = from; index < to; index++) sum += Number(a[index]) * Number(b[index]);
  return sum;
}
