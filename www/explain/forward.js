/** What a layer reads, and where its numbers are: the forward pass, one layer at a time. */

import { kindOf } from '../model/layer-kinds.js';
import { sizeOf } from './geometry.js';

/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('../model/spec.js').Summary} Summary */
/** @typedef {import('./geometry.js').At} At */
/** @typedef {import('./geometry.js').Geometry} Geometry */
/** @typedef {import('./geometry.js').Size} Size */

/**
 * Pixels as the network reads them.
 * @param {ArrayLike<number>} pixels 0 to 255
 * @param {Spec['normalization']} normalization
 */
export function normalised(pixels, { mean, deviation }) {
  return Float32Array.from(pixels, (pixel) => (pixel / 255 - mean) / deviation);
}

/**
 * What layer `layer` reads.
 * @param {Spec} spec
 * @param {{ pixels: ArrayLike<number>, activations: readonly Float32Array[] }} reading
 * @param {number} layer
 * @returns {Float32Array | undefined}
 */
export function inputOf(spec, { pixels, activations }, layer) {
  return layer === 0 ? normalised(pixels, spec.normalization) : activations[layer - 1];
}

/**
 * The maps that the numbers before a layer still are, though a flatten has made one long list of them.
 * @param {Spec} spec
 * @param {Summary} summary
 * @param {number} layer
 * @returns {Size} units as one channel each, where they never were maps
 */
export function mapsBefore(spec, summary, layer) {
  const before = spec.layers.slice(0, layer).findLastIndex((other) => kindOf(other).reads !== 'number');
  if (spec.layers[before]?.type === 'flatten') return mapsBefore(spec, summary, before);
  return sizeOf(before < 0 ? summary.input : (summary.layers[before]?.shape ?? []));
}

/**
 * The number of the output map whose window is centred nearest to a number of the input map.
 * @param {Geometry} geometry
 * @param {At} at in the input map
 * @returns {At} in the output map
 */
export function nearestOutput({ kernel, stride, padding, output }, { row, column }) {
  return {
    row: nearest(row, kernel[0], stride[0], padding[0], output.height),
    column: nearest(column, kernel[1], stride[1], padding[1], output.width),
  };
}

/**
 * @param {number} place
 * @param {number} kernel
 * @param {number} stride
 * @param {number} padding
 * @param {number} length of the output
 */
function nearest(place, kernel, stride, padding, length) {
  // Of two that are equally near, the first: a window of even width is centred between two numbers.
  const index = Math.ceil((place + padding - (kernel - 1) / 2) / stride - 0.5);
  return Math.min(Math.max(index, 0), length - 1);
}

/** Where number `index` is in maps of a size. @param {Size} size @param {number} index @returns {At & { channel: number }} */
export function placeOf({ height, width }, index) {
  const area = height * width;
  const within = index % area;
  return { channel: Math.floor(index / area), row: Math.floor(within / width), column: within % width };
}
