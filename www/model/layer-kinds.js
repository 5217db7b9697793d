/**
 * Every kind of layer as a row of one table: the editor, the columns of the network, the walk back and the
 * lists of changes are drawn from it. The engine decides which values are valid; `min` and `max` are its
 * limits (src/spec/limits.rs, src/spec/validate.rs).
 */

import { shape } from '../lib/format.js';

/** @typedef {import('./spec.js').LayerSpec} LayerSpec */
/** @typedef {LayerSpec['type']} LayerKind */
/** @typedef {import('./spec.js').Pair} Pair */

/**
 * One setting of a layer. `pair`: has a height and a width. A `step` of 1 means whole numbers only.
 * @typedef {{ key: string, label: string, pair: boolean, min: number, max: number, step: number }} Field
 */

/** Kinds of one family can take each other's place. @typedef {'convolution' | 'activation' | 'pool' | 'flatten' | 'dense' | 'dropout'} Family */

/**
 * `short` and `choice` are the name above a column and among the kinds of the family, where these are not `name`.
 * `sentence` says what the layer does, `backward` what it does to a gradient. `reads` is what one number of its output
 * is made of: the number at the same place, some of one map, or some of all maps. `silent` says what it
 * means that a unit never outputs anything above 0: it may be dead, or this is impossible; if absent, it may learn again.
 * `detail` are the settings below a column's heading, `settings` those in a list of changes. `start` is what a new layer
 * starts as: it keeps the network valid wherever it can.
 * @template {LayerSpec} L
 * @typedef {{
 *   family: Family, name: string, short?: string, choice?: string, sentence: string, backward: string,
 *   reads: 'number' | 'map' | 'maps', trainable?: true, silent?: 'dead' | 'impossible',
 *   detail?(layer: L): string, settings?(layer: L): string, start: L, fields: Field[],
 * }} KindOfLayer
 */

export const WINDOW_SIDE = 64;
export const FILTERS = 512;
export const UNITS = 4096;
export const LAYERS = 64;
export const HIGHEST_RATE = 0.99;

/**
 * @param {string} key
 * @param {string} label
 * @param {number} min
 */
const window = (key, label, min) => ({ key, label, pair: true, min, max: WINDOW_SIDE, step: 1 });

const KERNEL = window('kernel_size', 'kernel', 1);
const STRIDE = window('stride', 'stride', 1);
const PADDING = window('padding', 'padding', 0);

/** @returns {Pair} */
const both = (/** @type {number} */ side) => [side, side];

/** A stride that moves a window by more than one. @param {Pair} stride */
const strideWords = (stride) => (Math.max(...stride) > 1 ? `, stride ${shape(stride)}` : '');

/** @param {Pair} padding */
const paddingWords = (padding) => (Math.max(...padding) > 0 ? `, padding ${shape(padding)}` : '');

/** Windows of a pool are expected side by side. @param {{ kernel_size: Pair, stride: Pair, padding?: Pair }} pool */
function poolWords({ kernel_size, stride, padding = both(0) }) {
  const isUsual = stride.every((side, axis) => side === kernel_size[axis]);
  return `${shape(kernel_size)}${isUsual ? '' : `, stride ${shape(stride)}`}${paddingWords(padding)}`;
}

const BENDS = 'Applies a curve to each number. Without one, many layers could do no more than a single weighted sum.';

/** @type {{ [K in LayerKind]: KindOfLayer<Extract<LayerSpec, { type: K }>> }} */
export const KINDS = {
  conv2d: {
    family: 'convolution',
    name: 'conv',
    sentence: 'A filter slides over all maps before it. At each place it adds up weight × value.',
    backward:
      'The filters, rotated by 180°, slide over the gradients. Each input collects gradient × weight from every output that used it.',
    reads: 'maps',
    trainable: true,
    detail: ({ kernel_size, stride, padding }) => shape(kernel_size) + strideWords(stride) + paddingWords(padding),
    settings: ({ kernel_size, filters, stride, padding }) =>
      `${shape(kernel_size)}, ${filters} filters${strideWords(stride)}${paddingWords(padding)}`,
    start: { type: 'conv2d', filters: 8, kernel_size: both(3), stride: both(1), padding: both(1) },
    fields: [{ key: 'filters', label: 'filters', pair: false, min: 1, max: FILTERS, step: 1 }, KERNEL, STRIDE, PADDING],
  },
  relu: {
    family: 'activation',
    name: 'ReLU',
    sentence: 'max(x, 0): negative numbers become 0, the rest pass unchanged.',
    backward: 'Where the number was above 0, the gradient passes back unchanged. Everywhere else it becomes 0.',
    reads: 'number',
    silent: 'dead',
    start: { type: 'relu' },
    fields: [],
  },
  leaky_relu: {
    family: 'activation',
    name: 'leaky ReLU',
    sentence: BENDS,
    backward: 'Above 0 the gradient passes back unchanged; below 0 it is multiplied by the slope.',
    reads: 'number',
    detail: ({ slope }) => `slope ${slope}`,
    settings: ({ slope }) => String(slope),
    start: { type: 'leaky_relu', slope: 0.01 },
    fields: [{ key: 'slope', label: 'slope', pair: false, min: 0, max: 1, step: 0.01 }],
  },
  tanh: {
    family: 'activation',
    name: 'tanh',
    sentence: BENDS,
    backward: 'Where the curve is flat, near −1 and 1, little passes back: the gradient is multiplied by 1 − output².',
    reads: 'number',
    start: { type: 'tanh' },
    fields: [],
  },
  sigmoid: {
    family: 'activation',
    name: 'sigmoid',
    sentence: BENDS,
    backward: 'The gradient is multiplied by output × (1 − output), at most a quarter. Over many layers it fades.',
    reads: 'number',
    silent: 'impossible',
    start: { type: 'sigmoid' },
    fields: [],
  },
  gelu: {
    family: 'activation',
    name: 'GELU',
    sentence: 'x × Φ(x): large numbers pass, very negative ones become almost 0, with a smooth curve in between.',
    backward: 'The gradient is multiplied by the slope of the curve: near 1 far above 0, near 0 far below.',
    reads: 'number',
    start: { type: 'gelu' },
    fields: [],
  },
  max_pool2d: {
    family: 'pool',
    name: 'max pool',
    short: 'pool',
    choice: 'maximum',
    sentence: 'The largest number of each window. The map shrinks, and the exact position of a stroke matters less.',
    backward: 'Only the largest number of each window was passed on, so only it gets the gradient. The others get 0.',
    reads: 'map',
    detail: ({ kernel_size }) => `max ${shape(kernel_size)}`,
    settings: poolWords,
    start: { type: 'max_pool2d', kernel_size: both(2), stride: both(2), padding: both(0) },
    fields: [KERNEL, STRIDE, PADDING],
  },
  avg_pool2d: {
    family: 'pool',
    name: 'average pool',
    short: 'avg pool',
    choice: 'average',
    sentence: 'The mean of each window. The map shrinks and becomes smoother.',
    backward: 'Every number of a window counted equally in the mean, so each gets an equal share of the gradient.',
    reads: 'map',
    detail: ({ kernel_size }) => shape(kernel_size),
    settings: poolWords,
    start: { type: 'avg_pool2d', kernel_size: both(2), stride: both(2) },
    fields: [KERNEL, STRIDE],
  },
  flatten: {
    family: 'flatten',
    name: 'flatten',
    sentence: 'All maps, row by row, as one long list of numbers.',
    backward: 'Nothing was computed here: each gradient goes back to its place in the maps.',
    reads: 'maps',
    start: { type: 'flatten' },
    fields: [],
  },
  dense: {
    family: 'dense',
    name: 'dense',
    sentence: 'Each unit is a weighted sum of all numbers before it, plus a bias.',
    backward:
      'Each input feeds every unit. Its gradient adds up gradient × weight over all units (a product with the transposed weights).',
    reads: 'maps',
    trainable: true,
    settings: ({ units }) => String(units),
    start: { type: 'dense', units: 64 },
    fields: [{ key: 'units', label: 'units', pair: false, min: 1, max: UNITS, step: 1 }],
  },
  dropout: {
    family: 'dropout',
    name: 'dropout',
    sentence: 'Sets numbers to 0 at random during training. In this view nothing is dropped.',
    backward: 'In this view nothing is dropped, so the gradient passes unchanged.',
    reads: 'number',
    detail: ({ rate }) => `rate ${rate}`,
    settings: ({ rate }) => String(rate),
    start: { type: 'dropout', rate: 0.25 },
    fields: [{ key: 'rate', label: 'rate', pair: false, min: 0, max: HIGHEST_RATE, step: 0.01 }],
  },
};

/** @type {Record<Family, { label: string, does: string }>} */
const FAMILIES = {
  convolution: { label: 'Convolution', does: 'filters that slide over the maps' },
  activation: { label: 'Activation', does: 'a non-linear function: ReLU, tanh and others' },
  pool: { label: 'Pooling', does: 'makes maps smaller' },
  flatten: { label: 'Flatten', does: 'turns maps into a list of numbers' },
  dense: { label: 'Dense', does: 'every unit is connected to every input' },
  dropout: { label: 'Dropout', does: 'sets numbers to 0 at random' },
};

const ALL = /** @type {LayerKind[]} */ (Object.keys(KINDS));

/** What can be inserted: the first kind of each family. The others of a family are chosen on the card. */
export const OFFERED = /** @type {Family[]} */ (Object.keys(FAMILIES)).map((family) => ({
  kind: /** @type {LayerKind} */ (ALL.find((kind) => KINDS[kind].family === family)),
  ...FAMILIES[family],
}));

/** @param {LayerKind} kind the kinds that can take its place, itself among them */
export const relatives = (kind) => ALL.filter((other) => KINDS[other].family === KINDS[kind].family);

/** @param {LayerKind} kind its name above a column */
export const shortName = (kind) => KINDS[kind].short ?? KINDS[kind].name;

/** @param {LayerKind} kind its name among its relatives */
export const choiceName = (kind) => KINDS[kind].choice ?? KINDS[kind].name;

/** The row of a layer's kind. @param {LayerSpec} layer */
export const kindOf = (layer) => /** @type {KindOfLayer<LayerSpec>} */ (KINDS[layer.type]);

/**
 * Short names of all layers; a kind that occurs more than once is numbered: conv 2.
 * @param {readonly LayerSpec[]} layers
 */
export function layerNames(layers) {
  return layers.map(({ type }, index) => {
    const same = layers.filter((layer) => layer.type === type).length;
    const number = layers.slice(0, index + 1).filter((layer) => layer.type === type).length;
    return same > 1 ? `${shortName(type)} ${number}` : shortName(type);
  });
}

/** A layer in a few words: conv 5×5, 8 filters. @param {LayerSpec} layer */
export const layerWords = (layer) => `${KINDS[layer.type].name} ${kindOf(layer).settings?.(layer) ?? ''}`.trim();
