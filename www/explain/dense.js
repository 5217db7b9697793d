/** How a unit’s output is computed: the inputs that contribute most, and the sum of the rest. */

import { placeOf } from './forward.js';

/** @typedef {{ index: number, value: number, weight: number, product: number }} Contribution */
/** @typedef {{ largest: Contribution[], rest: number, restCount: number, sum: number }} Contributions */

/**
 * @param {Float32Array} weights [units, inputs]
 * @param {number} inputs
 * @param {number} unit
 */
export function unitWeights(weights, inputs, unit) {
  return weights.subarray(unit * inputs, (unit + 1) * inputs);
}

/**
 * What a unit reads, by its place in the maps before a flatten, counted from 1.
 * @param {import('./geometry.js').Size} maps
 * @param {number} index
 */
export function nameOfInput(maps, index) {
  if (maps.height * maps.width === 1) return `input ${index + 1}`;
  const { channel, row, column } = placeOf(maps, index);
  return `map ${channel + 1}, row ${row + 1}, column ${column + 1}`;
}

/** Weight × input, number by number. @param {ArrayLike<number>} input @param {ArrayLike<number>} weights of the unit */
export function products(input, weights) {
  return Float32Array.from(input, (value, index) => value * Number(weights[index]));
}

/**
 * @param {ArrayLike<number>} input
 * @param {ArrayLike<number>} weights of the unit
 * @param {number} most how many are listed one by one
 * @returns {Contributions} the largest in size first
 */
export function contributions(input, weights, most) {
  const all = Array.from(input, (value, index) => {
    const weight = Number(weights[index]);
    return { index, value, weight, product: value * weight };
  });
  const sum = all.reduce((total, { product }) => total + product, 0);
  const sorted = all.toSorted((a, b) => Math.abs(b.product) - Math.abs(a.product));
  const rest = sorted.slice(most).reduce((total, { product }) => total + product, 0);
  return { largest: sorted.slice(0, most), rest, restCount: Math.max(0, all.length - most), sum };
}
