/** Where a network's features are: the numbers that its last weights read. It is loaded with the worker, so it knows little. */

/** @typedef {import('../model/spec.js').LayerSpec} LayerSpec */

/** Kinds of layers with weights. @type {readonly LayerSpec['type'][]} */
const WEIGHTED = ['conv2d', 'dense'];

/** Curves, of which a slope tells only what happens nearby. @type {readonly LayerSpec['type'][]} */
const BENT = ['tanh', 'sigmoid', 'gelu'];

/** @param {LayerSpec} layer */
export const hasWeights = ({ type }) => WEIGHTED.includes(type);

/** The layer whose input the features are: the last one with weights, or the first. @param {readonly LayerSpec[]} layers */
export const lastWeights = (layers) => Math.max(0, layers.findLastIndex(hasWeights));

/** The layer with weights that makes what `layer` reads, −1 if that is the image. @param {readonly LayerSpec[]} layers @param {number} layer */
export const makerOf = (layers, layer) => layers.slice(0, layer).findLastIndex(hasWeights);

/** Whether `layer` and those after it bend nothing, so that the products and the bias are all there is. @param {readonly LayerSpec[]} layers @param {number} layer */
export const isStraight = (layers, layer) => !layers.slice(layer).some(({ type }) => BENT.includes(type));
