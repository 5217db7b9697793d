/** The way of a gradient from the loss back to the image, one step at a time. */

/** @typedef {import('../model/spec.js').LayerSpec} LayerSpec */

/**
 * `layer` is the layer that is passed, null before the last one; `reached` the column whose gradient is known after
 * the step, counted from the input, 0.
 * @typedef {{ kind: 'loss' | 'softmax' | LayerSpec['type'], layer: number | null, reached: number, title: string, caption: string }} Stop
 */

/** @type {Record<LayerSpec['type'], string>} */
const CAPTIONS = {
  conv2d: 'The filters, turned around, slide back: a number gets gradient × weight from every place that read it.',
  relu: 'Where a number was above 0 it passed, and the gradient passes back. Where it was not, the gate is closed: 0.',
  leaky_relu: 'Above 0 the gradient passes back as it is; below, it is multiplied with the slope.',
  tanh: 'Where the curve was flat, at −1 and 1, little passes back: the gradient is multiplied with 1 − output².',
  sigmoid: 'The gradient is multiplied with output × (1 − output), a quarter at most: that is how it fades.',
  max_pool2d: 'Only the largest number of each window went on, so only it gets the gradient. The others get 0.',
  avg_pool2d: 'Every number of a window had the same share in the mean, and gets the same share of the gradient.',
  flatten: 'Nothing was computed here: each number gets its gradient back at its own place in the maps.',
  dense:
    'Each input went into every unit. It gets the sum of gradient × weight over the units: the weights transposed.',
  dropout: 'Nothing is silenced when you look, so the gradient passes as it is.',
};

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
      caption: 'Everything begins with one number: the loss is −ln of the probability of the right class.',
    },
    {
      ...{ kind: 'softmax', layer: null, reached: layers.length, title: 'softmax and cross-entropy' },
      caption: 'Both together pass back p − y: how much too likely each class is. The right one wants to be likelier.',
    },
  ];
  for (let layer = layers.length - 1; layer >= 0; layer--) {
    const { type } = /** @type {LayerSpec} */ (layers[layer]);
    stops.push({ kind: type, layer, reached: layer, title: String(names[layer]), caption: CAPTIONS[type] });
  }
  return stops;
}

/** Layers of which each map reads all maps before it. */
const READS_ALL = new Set(['conv2d', 'dense', 'flatten']);

/**
 * Which maps a walk shows that is to show a chosen one: the same, wherever maps are passed on one by one.
 * @param {readonly LayerSpec[]} layers
 * @param {{ column: number, image: number }} chosen in a column, counted from the input, 0
 * @returns {Record<number, number>} by column
 */
export function mapsAlong(layers, { column, image }) {
  const passes = (/** @type {number} */ layer) => layers[layer] && !READS_ALL.has(layers[layer].type);
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
