/**
 * Where a gradient comes from: each number that enters a layer gets, from every number it went into, the
 * gradient that arrived there times how strongly it moved it. The terms are those of the chain rule, and
 * their sum is what the engine computes.
 */

import { eachOf } from './activation.js';
import { indexOf, inputWindow, outputWindow } from './geometry.js';

/** @typedef {import('./geometry.js').At} At */
/** @typedef {import('./geometry.js').Geometry} Geometry */

/**
 * What a layer received, output and passed back: `inputs` and `outputs` in [channels, height, width] order,
 * `gradients` with respect to the outputs, `weights` in PyTorch's layout, null where there are none or
 * they have not come.
 * @typedef {{
 *   geometry: Geometry, inputs: ArrayLike<number>, outputs: ArrayLike<number>, gradients: ArrayLike<number>,
 *   weights: ArrayLike<number> | null,
 * }} Pass
 */

/**
 * What one number of the output sends back: its gradient times `factor`, by how much it grows when the input does.
 * `weight` is the index of the weight that is the factor, −1 if none is.
 * @typedef {{ channel: number, at: At, gradient: number, factor: number, product: number, weight: number }} Term
 */

/**
 * The terms that sum to the gradient with respect to one number of the input.
 * @param {Pass} pass
 * @param {number} channel of the input
 * @param {At} at in the input map
 * @returns {Term[] | null} null if the weights are not known
 */
export function gradientTerms(pass, channel, at) {
  const { spec } = pass.geometry;
  switch (spec.type) {
    case 'conv2d':
      return pass.weights && convolutionTerms(pass, pass.weights, channel, at);
    case 'dense':
      return pass.weights && denseTerms(pass, pass.weights, indexOf(pass.geometry.input, channel, at));
    case 'max_pool2d':
    case 'avg_pool2d':
      return poolTerms(pass, channel, at);
    case 'flatten':
      return [term(pass, indexOf(pass.geometry.input, channel, at), { row: 0, column: 0 }, 0, 1, -1)];
    default:
      return [term(pass, channel, at, indexOf(pass.geometry.output, 0, at), gate(pass, channel, at), -1)];
  }
}

/** @param {readonly Term[]} terms */
export const sumOf = (terms) => terms.reduce((sum, { product }) => sum + product, 0);

/**
 * The filter slides over the gradients as it slid over the inputs, but turned around: what it read at its last
 * place comes back through its last place first.
 * @param {ArrayLike<number>} filter one channel of it
 */
export const turnedAround = (filter) => Float32Array.from(filter).reverse();

/** @param {Pass} pass @param {ArrayLike<number>} weights @param {number} channel @param {At} at @returns {Term[]} */
function convolutionTerms(pass, weights, channel, at) {
  const { geometry } = pass;
  const { kernel, input, output } = geometry;
  const places = placesIn(outputWindow(geometry, at)).map((place) => {
    const window = inputWindow(geometry, place);
    return { place, within: (at.row - window.row) * kernel[1] + at.column - window.column };
  });
  return Array.from({ length: output.channels }, (_, filter) =>
    places.map(({ place, within }) => {
      const weight = (filter * input.channels + channel) * kernel[0] * kernel[1] + within;
      return term(pass, filter, place, indexOf(output, 0, place), Number(weights[weight]), weight);
    }),
  ).flat();
}

/** @param {Pass} pass @param {ArrayLike<number>} weights @param {number} entry @returns {Term[]} */
function denseTerms(pass, weights, entry) {
  const entries = pass.inputs.length;
  return Array.from({ length: pass.geometry.output.channels }, (_, unit) => {
    const weight = unit * entries + entry;
    return term(pass, unit, { row: 0, column: 0 }, 0, Number(weights[weight]), weight);
  });
}

/** @param {Pass} pass @param {number} channel @param {At} at @returns {Term[]} */
function poolTerms(pass, channel, at) {
  const { geometry } = pass;
  const share = 1 / (geometry.kernel[0] * geometry.kernel[1]);
  return placesIn(outputWindow(geometry, at)).map((place) => {
    const factor = geometry.spec.type === 'avg_pool2d' ? share : Number(samePlace(largestOf(pass, channel, place), at));
    return term(pass, channel, place, indexOf(geometry.output, 0, place), factor, -1);
  });
}

/**
 * The place of the largest number in a max pool's window; of equal ones the first. Padding is never the largest.
 * @param {Pick<Pass, 'geometry' | 'inputs'>} pass
 * @param {number} channel
 * @param {At} place in the output map
 * @returns {At} in the input map
 */
export function largestOf({ geometry, inputs }, channel, place) {
  const { input } = geometry;
  const inside = placesIn(inputWindow(geometry, place)).filter(
    ({ row, column }) => row >= 0 && column >= 0 && row < input.height && column < input.width,
  );
  const value = (/** @type {At} */ at) => Number(inputs[indexOf(input, channel, at)]);
  return inside.reduce(
    (best, at) => (value(at) > value(best) || Number.isNaN(value(at)) ? at : best),
    inside[0] ?? place,
  );
}

/**
 * By how much an activation function grows with what enters it.
 * @param {Pass} pass
 * @param {number} channel
 * @param {At} at
 */
function gate({ geometry, inputs, outputs }, channel, at) {
  const index = indexOf(geometry.input, channel, at);
  const [x, y] = [Number(inputs[index]), Number(outputs[index])];
  return eachOf(geometry.spec)?.slope(x, y) ?? 1;
}

/**
 * @param {Pass} pass
 * @param {number} channel of the output
 * @param {At} at
 * @param {number} within the index of `at` in a map of the output
 * @param {number} factor
 * @param {number} weight
 * @returns {Term}
 */
function term({ geometry, gradients }, channel, at, within, factor, weight) {
  const gradient = Number(gradients[channel * geometry.output.height * geometry.output.width + within]);
  // What does not pass is nothing, and not the −0 that a negative gradient times 0 is.
  return { channel, at, gradient, factor, product: factor === 0 ? 0 : gradient * factor, weight };
}

/** Row by row. @param {import('./geometry.js').Window} window @returns {At[]} */
function placesIn({ row, column, height, width }) {
  return Array.from({ length: height * width }, (_, index) => ({
    row: row + Math.floor(index / width),
    column: column + (index % width),
  }));
}

/** @param {At} a @param {At} b */
const samePlace = (a, b) => a.row === b.row && a.column === b.column;
