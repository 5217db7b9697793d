/** What the inspector shows for one picture of the network: its numbers, its name and its filter. */

import { channelName } from '../../charts/palette.js';
import { KINDS } from '../../model/layer-kinds.js';
import { filterWeights, mapsOf } from '../backward/direction.js';

/** @typedef {import('../backward/direction.js').Direction} Direction */
/** @typedef {import('./columns.js').Column} Column */
/** @typedef {import('../../model/reports.js').Snapshot} Snapshot */
/** @typedef {import('./filter-cells.js').Size & { weights: Float32Array, name: string }} Filter */

/**
 * @typedef {{
 *   name: string, values: ArrayLike<number>, rows: number, columns: number, units: boolean,
 *   least: number, mean: number, most: number, filter: Filter | null,
 * }} Inspected `units`: the numbers are no picture, and only laid out as one
 */

/**
 * @param {Column} column
 * @param {number} image
 * @param {Snapshot | null} snapshot
 * @param {Direction} [direction]
 * @returns {Inspected | null} null while there is nothing to show
 */
export function inspected(column, image, snapshot, direction = 'forward') {
  const all = column.kind === 'answer' ? answer(snapshot, direction) : mapsOf(snapshot, column.layer, direction);
  if (!snapshot || !all || all.length === 0) return null;
  const units = column.kind === 'units' || column.kind === 'answer';
  const size = column.height * column.width;
  const values = units ? all : part(all, image * size, size);
  const columns = units ? Math.ceil(Math.sqrt(values.length)) : column.width;
  return {
    name: nameOf(column, image),
    values,
    columns,
    rows: Math.ceil(values.length / columns),
    units,
    ...statistics(values),
    filter: filterOf(column, image, snapshot, direction),
  };
}

/** The probabilities, or the gradient that enters the network: that of the logits. @param {Snapshot | null} snapshot @param {Direction} direction */
function answer(snapshot, direction) {
  const { reading, backward } = snapshot ?? {};
  return (direction === 'backward' ? backward?.activations.at(-1) : reading?.probabilities) ?? null;
}

/** @param {ArrayLike<number>} all @param {number} start @param {number} length */
function part(all, start, length) {
  return /** @type {Float32Array | Uint8Array} */ (all).subarray(start, start + length);
}

/** @param {ArrayLike<number>} values */
function statistics(values) {
  let [least, most, sum] = [Infinity, -Infinity, 0];
  for (let index = 0; index < values.length; index++) {
    const value = Number(values[index]);
    least = Math.min(least, value);
    most = Math.max(most, value);
    sum += value;
  }
  return { least, most, mean: sum / values.length };
}

/**
 * @param {Column} column
 * @param {number} image
 * @param {Snapshot} snapshot
 * @param {Direction} direction
 * @returns {Filter | null}
 */
function filterOf({ filters, layer, title }, image, snapshot, direction) {
  const weights = filterWeights(snapshot, layer, direction);
  if (!filters || !weights) return null;
  const size = filters.channels * filters.height * filters.width;
  return {
    ...filters,
    weights: weights.subarray(image * size, (image + 1) * size),
    name: `${title}, filter ${image + 1}`,
  };
}

/** @param {Column} column @param {number} image */
function nameOf(column, image) {
  if (column.kind === 'input') return `input ${channelName(image, column.images)}`.trim();
  if (column.kind === 'answer') return `${column.title}, ${column.images} probabilities`;
  return column.kind === 'units' ? `${column.title}, ${column.images} units` : `${column.title}, map ${image + 1}`;
}

/**
 * What a column does, in a sentence or two.
 * @param {Column} column
 * @param {import('../../model/data-sets.js').Classes} classes
 */
export function sentenceOf({ kind, type, images, height, width }, classes) {
  if (kind === 'input') {
    const range = images === 1 ? '0 is blank, 255 is full ink' : 'how much red, green and blue each has, from 0 to 255';
    return `The ${height} × ${width} pixels of the image: ${range}. Everything to the right is computed from them.`;
  }
  if (!type) return 'Turns the scores (logits) into probabilities: all positive, adding up to 1.';
  const { sentence } = KINDS[type];
  if (type !== 'dense') return sentence;
  return `${sentence} The last dense layer outputs one score (logit) for each ${classes.kind}.`;
}
