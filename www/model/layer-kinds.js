/**
 * Every kind of layer and its settings, as a table: the editor is drawn from it. The engine has the last word
 * on what a value may be; `min` and `max` are its limits (src/spec/limits.rs, src/spec/validate.rs).
 */

/** @typedef {import('./spec.js').LayerSpec} LayerSpec */
/** @typedef {LayerSpec['type']} LayerKind */
/** @typedef {import('./spec.js').Pair} Pair */

/**
 * One setting of a layer. `pair`: has a height and a width. A `step` of 1 stands for whole numbers only.
 * @typedef {{ key: string, label: string, pair: boolean, min: number, max: number, step: number }} Field
 */

/** Kinds of one family can take each other's place. @typedef {'convolution' | 'activation' | 'pool' | 'flatten' | 'dense' | 'dropout'} Family */

/** @typedef {{ family: Family, name: string, start: LayerSpec, fields: Field[] }} KindOfLayer */

export const WINDOW_SIDE = 64;
export const FILTERS = 512;
export const UNITS = 4096;
export const LAYERS = 64;
export const HIGHEST_RATE = 0.99;

/** Numbers that a network for the digits ends in. */
export const DIGITS = 10;

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

/** What a new layer starts as keeps the network valid wherever it can. @type {Record<LayerKind, KindOfLayer>} */
export const KINDS = {
  conv2d: {
    family: 'convolution',
    name: 'convolution',
    start: { type: 'conv2d', filters: 8, kernel_size: both(3), stride: both(1), padding: both(1) },
    fields: [{ key: 'filters', label: 'filters', pair: false, min: 1, max: FILTERS, step: 1 }, KERNEL, STRIDE, PADDING],
  },
  relu: { family: 'activation', name: 'ReLU', start: { type: 'relu' }, fields: [] },
  leaky_relu: {
    family: 'activation',
    name: 'leaky ReLU',
    start: { type: 'leaky_relu', slope: 0.01 },
    fields: [{ key: 'slope', label: 'slope', pair: false, min: 0, max: 1, step: 0.01 }],
  },
  tanh: { family: 'activation', name: 'tanh', start: { type: 'tanh' }, fields: [] },
  sigmoid: { family: 'activation', name: 'sigmoid', start: { type: 'sigmoid' }, fields: [] },
  max_pool2d: {
    family: 'pool',
    name: 'maximum',
    start: { type: 'max_pool2d', kernel_size: both(2), stride: both(2), padding: both(0) },
    fields: [KERNEL, STRIDE, PADDING],
  },
  avg_pool2d: {
    family: 'pool',
    name: 'mean',
    start: { type: 'avg_pool2d', kernel_size: both(2), stride: both(2) },
    fields: [KERNEL, STRIDE],
  },
  flatten: { family: 'flatten', name: 'flatten', start: { type: 'flatten' }, fields: [] },
  dense: {
    family: 'dense',
    name: 'dense',
    start: { type: 'dense', units: 64 },
    fields: [{ key: 'units', label: 'units', pair: false, min: 1, max: UNITS, step: 1 }],
  },
  dropout: {
    family: 'dropout',
    name: 'dropout',
    start: { type: 'dropout', rate: 0.25 },
    fields: [{ key: 'rate', label: 'rate', pair: false, min: 0, max: HIGHEST_RATE, step: 0.01 }],
  },
};

/** What can be inserted, one kind of each family; the others of a family are chosen on the card. @type {{ kind: LayerKind, label: string, does: string }[]} */
export const OFFERED = [
  { kind: 'conv2d', label: 'Convolution', does: 'filters that slide over the maps' },
  { kind: 'relu', label: 'Activation', does: 'a bend: ReLU, tanh and others' },
  { kind: 'max_pool2d', label: 'Pool', does: 'makes maps smaller' },
  { kind: 'flatten', label: 'Flatten', does: 'maps become a row of numbers' },
  { kind: 'dense', label: 'Dense', does: 'units that see everything' },
  { kind: 'dropout', label: 'Dropout', does: 'silences some at random' },
];

/** @param {LayerKind} kind the kinds that can take its place, itself among them */
export const relatives = (kind) =>
  /** @type {LayerKind[]} */ (Object.keys(KINDS)).filter((other) => KINDS[other].family === KINDS[kind].family);
