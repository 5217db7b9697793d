/** How a convolution’s output is computed: window × filter for each input channel, their sums, and the bias. */

import { inputWindow } from './geometry.js';

/** @typedef {import('./geometry.js').At} At */
/** @typedef {import('./geometry.js').Geometry} Geometry */

/**
 * One channel of a window and what becomes of it, row by row. Padding has the value 0 and is marked.
 * @typedef {{ values: number[], padding: boolean[], weights: number[], products: number[], sum: number }} Products
 */

/**
 * The slice of a layer's weights that one filter lays on one input channel.
 * @param {Geometry} geometry
 * @param {Float32Array} weights [filters, channels, height, width]
 * @param {number} filter
 * @param {number} channel
 */
export function filterSlice({ input, kernel }, weights, filter, channel) {
  const area = kernel[0] * kernel[1];
  const start = (filter * input.channels + channel) * area;
  return weights.subarray(start, start + area);
}

/**
 * @param {Geometry} geometry
 * @param {ArrayLike<number>} input
 * @param {ArrayLike<number>} slice of the filter, for this channel
 * @param {number} channel
 * @param {At} at in the output map
 * @returns {Products}
 */
export function windowProducts(geometry, input, slice, channel, at) {
  const window = inputWindow(geometry, at);
  const { height, width } = geometry.input;
  /** @type {Products} */
  const made = { values: [], padding: [], weights: Array.from(slice), products: [], sum: 0 };
  for (let index = 0; index < window.height * window.width; index++) {
    const row = window.row + Math.floor(index / window.width);
    const column = window.column + (index % window.width);
    const outside = row < 0 || column < 0 || row >= height || column >= width;
    const value = outside ? 0 : Number(input[(channel * height + row) * width + column]);
    const product = outside ? 0 : value * Number(slice[index]);
    made.values.push(value);
    made.padding.push(outside);
    made.products.push(product);
    made.sum += product;
  }
  return made;
}

/**
 * What each input channel adds to one number of the output map.
 * @param {Geometry} geometry
 * @param {ArrayLike<number>} input
 * @param {Float32Array} weights of the layer
 * @param {number} filter
 * @param {At} at in the output map
 * @returns {number[]}
 */
export function channelSums(geometry, input, weights, filter, at) {
  return Array.from(
    { length: geometry.input.channels },
    (_, channel) => windowProducts(geometry, input, filterSlice(geometry, weights, filter, channel), channel, at).sum,
  );
}

/**
 * The partial result of one input channel: the channel convolved with its slice of the filter, without bias.
 * @param {Geometry} geometry
 * @param {ArrayLike<number>} input
 * @param {ArrayLike<number>} slice
 * @param {number} channel
 * @returns {Float32Array} as large as the output map
 */
export function partialMap({ input: size, output, kernel, stride, padding }, input, slice, channel) {
  const map = new Float32Array(output.height * output.width);
  for (let index = 0; index < map.length; index++) {
    const top = Math.floor(index / output.width) * stride[0] - padding[0];
    const left = (index % output.width) * stride[1] - padding[1];
    let sum = 0;
    for (let row = Math.max(0, -top); row < Math.min(kernel[0], size.height - top); row++) {
      const from = (channel * size.height + top + row) * size.width + left;
      for (let column = Math.max(0, -left); column < Math.min(kernel[1], size.width - left); column++) {
        sum += Number(input[from + column]) * Number(slice[row * kernel[1] + column]);
      }
    }
    map[index] = sum;
  }
  return map;
}

/**
 * The partial results of all channels, each computed when it is first asked for.
 * @param {Geometry} geometry
 * @param {ArrayLike<number>} input
 * @param {Float32Array} weights of the layer
 * @param {number} filter
 * @returns {(channel: number) => Float32Array}
 */
export function partialMaps(geometry, input, weights, filter) {
  /** @type {Float32Array[]} */
  const known = [];
  return (channel) =>
    (known[channel] ??= partialMap(geometry, input, filterSlice(geometry, weights, filter, channel), channel));
}
