/** How a pool’s output is computed, as in src/layers/pool2d.rs: padding is ignored, and the first of equal values wins. */

import { inputWindow } from './geometry.js';

/** @typedef {import('./geometry.js').At} At */
/** @typedef {import('./geometry.js').Geometry} Geometry */

/**
 * The numbers under a window, row by row. `winner` is the place within it of the largest, and of not-a-number
 * before all others.
 * @typedef {{ values: number[], padding: boolean[], winner: number, largest: number, sum: number, mean: number }} Pooled
 */

/**
 * @param {Geometry} geometry
 * @param {ArrayLike<number>} input
 * @param {number} channel
 * @param {At} at in the output map
 * @returns {Pooled}
 */
export function pooled(geometry, input, channel, at) {
  const window = inputWindow(geometry, at);
  const { height, width } = geometry.input;
  /** @type {number[]} */
  const values = [];
  /** @type {boolean[]} */
  const padding = [];
  let [winner, sum] = [-1, 0];
  for (let index = 0; index < window.height * window.width; index++) {
    const row = window.row + Math.floor(index / window.width);
    const column = window.column + (index % window.width);
    const outside = row < 0 || column < 0 || row >= height || column >= width;
    const value = outside ? 0 : Number(input[(channel * height + row) * width + column]);
    values.push(value);
    padding.push(outside);
    if (outside) continue;
    sum += value;
    if (winner < 0 || value > Number(values[winner]) || Number.isNaN(value)) winner = index;
  }
  return { values, padding, winner, largest: values[winner] ?? NaN, sum, mean: sum / values.length };
}
