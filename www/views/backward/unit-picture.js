/** The weights of one filter, or of one unit, as they are drawn: those of a dense layer over the maps that they read. */

import { nameOfOwner, partsOf, sizesOf } from '../../explain/weight-story.js';
import { drawnSize } from '../glass/opened.js';

/** @typedef {import('../../explain/geometry.js').Geometry} Geometry */
/** @typedef {import('../../explain/geometry.js').Size} Size */
/** @typedef {import('../../model/reports.js').WeightRef} WeightRef */
/** @typedef {import('../network/inspected.js').Filter} Filter */

/**
 * `first` is the index, in the layer, of the first weight that is drawn; `chosen` is the drawn cell of `place`.
 * @param {Geometry} geometry
 * @param {Size} maps what the layer reads, before any flatten
 * @param {Float32Array} weights of the whole layer
 * @param {WeightRef} place
 * @param {string} title of the layer
 * @param {readonly string[] | null} [classes] that its units score
 * @returns {{ filter: Filter, first: number, chosen: number | null } | null} null where the weights are another network's
 */
export function unitPicture(geometry, maps, weights, place, title, classes = null) {
  const [filters, channels, height, width] = sizesOf(geometry);
  const count = channels * height * width;
  if (weights.length !== filters * count) return null;
  const isConvolution = geometry.spec.type === 'conv2d';
  const { filter } = partsOf(geometry, place);
  const first = filter * count;
  const size = isConvolution ? { channels, height, width } : drawnSize(maps);
  const name = `${title}, ${nameOfOwner(geometry, filter, classes)}`;
  return {
    filter: { ...size, count, weights: weights.subarray(first, first + count), name },
    ...{ first, chosen: place.kind === 'weight' ? place.index - first : null },
  };
}
