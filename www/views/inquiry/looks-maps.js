/** What the four pictures are of: which layers have class activation maps, and how such a map is laid over the image. */

import { KINDS, layerNames } from '../../model/layer-kinds.js';

/** @typedef {import('../../model/data-sets.js').ImageForm} ImageForm */
/** @typedef {import('../../model/spec.js').LayerSpec} LayerSpec */
/** @typedef {import('../../model/spec.js').Pair} Pair */

/** Where the middle of the first cell of a map is in the image, and how far it is to the next, in pixels. @typedef {{ first: Pair, step: Pair }} Places */

/**
 * The convolutions, each with the layer whose output is its maps: the function after it, where there is one.
 * @param {readonly LayerSpec[]} layers
 * @returns {{ name: string, layer: number }[]}
 */
export function convolutions(layers) {
  const names = layerNames(layers);
  return layers.flatMap(({ type }, at) => {
    const next = layers[at + 1]?.type;
    const isBent = next !== undefined && KINDS[next].family === 'activation';
    return type === 'conv2d' ? [{ name: String(names[at]), layer: isBent ? at + 1 : at }] : [];
  });
}

/**
 * Each cell of a map is at the middle of the pixels that it can see.
 * @param {readonly LayerSpec[]} layers
 * @param {number} layer
 * @returns {Places}
 */
export function placesOf(layers, layer) {
  /** @type {Places} */
  const places = { first: [0, 0], step: [1, 1] };
  for (const one of layers.slice(0, layer + 1)) {
    if (!('kernel_size' in one)) continue;
    for (const axis of /** @type {const} */ ([0, 1])) {
      const padding = 'padding' in one ? one.padding[axis] : 0;
      places.first[axis] += places.step[axis] * ((one.kernel_size[axis] - 1) / 2 - padding);
      places.step[axis] *= one.stride[axis];
    }
  }
  return places;
}

/**
 * The map at every pixel of the image: between four cells in proportion, beyond the outermost as there.
 * @param {{ map: ArrayLike<number>, rows: number, columns: number }} cells
 * @param {Places} places
 * @param {ImageForm} form
 */
export function overImage({ map, rows, columns }, { first, step }, form) {
  const down = Array.from({ length: form.rows }, (_, row) => between((row - first[0]) / step[0], rows));
  const across = Array.from({ length: form.columns }, (_, column) => between((column - first[1]) / step[1], columns));
  const values = new Float32Array(form.rows * form.columns);
  down.forEach((vertical, row) => {
    across.forEach((horizontal, column) => {
      const [top, bottom] = [vertical.below, vertical.above].map((cell) => {
        const [left, right] = [map[cell * columns + horizontal.below], map[cell * columns + horizontal.above]];
        return Number(left) + horizontal.share * (Number(right) - Number(left));
      });
      values[row * form.columns + column] = Number(top) + vertical.share * (Number(bottom) - Number(top));
    });
  });
  return values;
}

/** The two cells around a place, and how far it is from the lower to the upper. @param {number} place @param {number} count */
function between(place, count) {
  const bounded = Math.min(Math.max(place, 0), count - 1);
  const below = Math.floor(bounded);
  return { below, above: Math.min(below + 1, count - 1), share: bounded - below };
}

/** How many patches of `size` are there, `stride` apart, on a side of the image. @param {number} side @param {number} size @param {number} stride */
export const patchesAlong = (side, size, stride) => Math.ceil(Math.max(0, side - size) / stride) + 1;
