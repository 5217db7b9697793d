/** The part of the image that a number of a layer depends on: its window, traced back through all layers before it. */

import { geometryOf, inputWindow } from './geometry.js';

/** @typedef {import('./geometry.js').At} At */
/** @typedef {import('./geometry.js').Geometry} Geometry */
/** @typedef {import('./geometry.js').Size} Size */
/** @typedef {import('./geometry.js').Window} Window */
/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('../model/spec.js').Summary} Summary */

/**
 * @param {Spec} spec
 * @param {Summary} summary
 * @param {number} layer −1 for the image itself
 * @param {number} channel or unit
 * @param {At} at in its map; 0, 0 of a unit
 * @returns {Window} over the image, all of it inside: what padding adds is nothing to be seen
 */
export function receptiveField(spec, summary, layer, channel, at) {
  /** @type {Window} */
  let window = { ...at, height: 1, width: 1 };
  /** The one unit that is traced, while it is one. @type {number | null} */
  let unit = channel;
  for (let below = layer; below >= 0; below--) {
    const geometry = geometryOf(spec, summary, below);
    if (!geometry) break;
    window = windowBefore(geometry, window, unit);
    if (geometry.spec.type === 'dense') unit = null;
  }
  return window;
}

/**
 * @param {Geometry} geometry of a layer
 * @param {Window} window over its output
 * @param {number | null} unit null: all that a map or a list holds
 * @returns {Window} over what comes into it
 */
function windowBefore(geometry, window, unit) {
  const { spec, input } = geometry;
  if (spec.type === 'dense' || (spec.type === 'flatten' && unit === null)) return wholeOf(input);
  if (spec.type === 'flatten') {
    const place = Number(unit) % areaOf(input);
    return { row: Math.floor(place / input.width), column: place % input.width, height: 1, width: 1 };
  }
  const first = inputWindow(geometry, window);
  const last = inputWindow(geometry, {
    row: window.row + window.height - 1,
    column: window.column + window.width - 1,
  });
  return inside(first, last, input);
}

/** From the start of one window to the end of another, as far as there is a map. @param {Window} first @param {Window} last @param {Size} size */
function inside(first, last, { height, width }) {
  const [row, column] = [Math.max(0, first.row), Math.max(0, first.column)];
  return {
    ...{ row, height: Math.max(0, Math.min(height, last.row + last.height) - row) },
    ...{ column, width: Math.max(0, Math.min(width, last.column + last.width) - column) },
  };
}

/** @param {Size} size */
const areaOf = ({ height, width }) => height * width;

/** @param {Size} size @returns {Window} */
const wholeOf = ({ height, width }) => ({ row: 0, column: 0, height, width });
