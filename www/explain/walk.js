/** The path of a gradient from the loss back to the image, one step at a time. */

import { kindOf } from '../model/layer-kinds.js';

/** @typedef {import('../model/spec.js').LayerSpec} LayerSpec */

/**
 * `layer` is the layer that is passed, null before the last one; `reached` the column whose gradient is known after
 * the step, counted from the input, 0.
 * @typedef {{ kind: 'loss' | 'softmax' | LayerSpec['type'], layer: number | null, reached: number, title: string, caption: string }} Stop
 */

/**
 * @param {readonly LayerSpec[]} layers
 * @param {readonly string[]} names
 * @returns {Stop[]}
 */
export function walkOf(layers, names) {
  /** @type {Stop[]} */
  const stops = [
    {
      ...{ kind: 'loss', layer: null, reached: layers.length + 1, title: 'loss' },
      caption:
        'It starts with one number, the loss: −ln(p), where p is the probability of the correct class. The smaller p is, the larger the loss.',
    },
    {
      ...{ kind: 'softmax', layer: null, reached: layers.length, title: 'softmax and cross-entropy' },
      caption:
        'Together they send back, for each score, its probability minus its target. The target is 1 for the correct class, else 0.',
    },
  ];
  for (let layer = layers.length - 1; layer >= 0; layer--) {
    const spec = /** @type {LayerSpec} */ (layers[layer]);
    const caption = kindOf(spec).backward;
    stops.push({ kind: spec.type, layer, reached: layer, title: String(names[layer]), caption });
  }
  return stops;
}

/**
 * Which maps a walk shows that is to show a chosen one: the same, wherever maps are passed on one by one.
 * @param {readonly LayerSpec[]} layers
 * @param {{ column: number, image: number }} chosen in a column, counted from the input, 0
 * @returns {Record<number, number>} by column
 */
export function mapsAlong(layers, { column, image }) {
  const passes = (/** @type {number} */ layer) => layers[layer] && kindOf(layers[layer]).reads !== 'maps';
  /** @type {Record<number, number>} */
  const maps = { [column]: image };
  for (let before = column; passes(before - 1); before--) maps[before - 1] = image;
  for (let after = column; passes(after); after++) maps[after + 1] = image;
  return maps;
}

/**
 * The power of ten in which numbers are best written where there is little room: 1 for those of usual size.
 * @param {ArrayLike<number>} values
 */
export function powerOf(values) {
  const largest = Math.abs(Number(values[strongest(values)]));
  return largest > 0 && (largest < 0.1 || largest >= 1000) ? 10 ** Math.floor(Math.log10(largest)) : 1;
}

/**
 * The place of the largest number in size, where a reader can begin to look.
 * @param {ArrayLike<number>} values
 */
export function strongest(values) {
  let best = 0;
  for (let index = 1; index < values.length; index++) {
    if (Math.abs(Number(values[index])) > Math.abs(Number(values[best]))) best = index;
  }
  return best;
}
