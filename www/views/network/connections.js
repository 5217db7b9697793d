/** Which tiles of the columns beside it a tile is made of, and goes into. */

import { kindOf } from '../../model/layer-kinds.js';

/** @typedef {import('./columns.js').Column} Column */
/** @typedef {import('../../model/spec.js').LayerSpec} LayerSpec */
/** @typedef {{ column: number, image: number }} Choice */
/** @typedef {{ column: number, images: number[] }} Tiles */

/** Units and the answer are one tile. @param {Column} column */
export const tilesOf = (column) => (column.kind === 'units' || column.kind === 'answer' ? 1 : column.images);

/**
 * The same tile of the same column, or its last: another network may have fewer.
 * @param {readonly Column[]} columns
 * @param {Choice} choice
 * @returns {Choice}
 */
export function withinTiles(columns, { column, image }) {
  const found = columns[column];
  return found ? { column, image: Math.min(image, tilesOf(found) - 1) } : { column: 0, image: 0 };
}

/**
 * @param {readonly Column[]} columns
 * @param {readonly LayerSpec[]} layers
 * @param {Choice} choice
 * @returns {{ before: Tiles | null, after: Tiles | null }}
 */
export function connectionsOf(columns, layers, { column, image }) {
  const own = columns[column];
  const [before, after] = [columns[column - 1], columns[column + 1]];
  const joined = (/** @type {Column} */ other, /** @type {Column} */ reader) => {
    const layer = reader.layer === null ? null : layers[reader.layer];
    const tiles = tilesOf(other);
    // The answer is made of all units.
    return !layer || kindOf(layer).reads === 'maps'
      ? Array.from({ length: tiles }, (_, index) => index)
      : [Math.min(image, tiles - 1)];
  };
  return {
    before: own && before ? { column: column - 1, images: joined(before, own) } : null,
    after: own && after ? { column: column + 1, images: joined(after, after) } : null,
  };
}
