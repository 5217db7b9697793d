/** What the gradient of one weight is made of: input × gradient, over the positions of its filter and the images. */

import { indexOf, inputWindow } from './geometry.js';

/** @typedef {import('../protocol.js').Place} Place */
/** @typedef {import('../protocol.js').Weighing} Weighing */
/** @typedef {import('./geometry.js').Geometry} Geometry */

/** A weight within its layer: of the filter (or unit) it belongs to. @typedef {{ filter: number, channel: number, row: number, column: number }} Parts */

/** A product for each position of the filter, row by row. @typedef {{ rows: number, columns: number, products: Float64Array, sum: number }} ProductMap */

/** The part of one image in the gradient; `at` is its place in the batch. @typedef {{ at: number, image: number, label: number, share: number }} Share */

/**
 * @param {Geometry} geometry
 * @param {Place} place
 * @returns {Parts} of a bias, the channel is −1
 */
export function partsOf({ spec, input, kernel }, { kind, index }) {
  if (kind === 'bias') return { filter: index, channel: -1, row: 0, column: 0 };
  const [height, width] = spec.type === 'conv2d' ? kernel : [1, 1];
  const channels = spec.type === 'conv2d' ? input.channels : input.channels * input.height * input.width;
  const channel = Math.floor(index / (height * width));
  return {
    ...{ filter: Math.floor(channel / channels), channel: channel % channels },
    ...{ row: Math.floor(index / width) % height, column: index % width },
  };
}

/** How many weights a filter (or unit) has. @param {Geometry} geometry */
export function weightsPerFilter({ spec, input, kernel }) {
  const area = spec.type === 'conv2d' ? kernel[0] * kernel[1] : input.height * input.width;
  return input.channels * area;
}

/**
 * The weight's name within its layer, counted from 1.
 * @param {Geometry} geometry
 * @param {Place} place
 */
export function nameOfPlace(geometry, place) {
  const { filter, channel, row, column } = partsOf(geometry, place);
  if (geometry.spec.type !== 'conv2d') {
    return place.kind === 'bias' ? `bias of unit ${filter + 1}` : `unit ${filter + 1}, weight of input ${channel + 1}`;
  }
  if (place.kind === 'bias') return `bias of filter ${filter + 1}`;
  return `filter ${filter + 1}, channel ${channel + 1}, row ${row + 1}, column ${column + 1}`;
}

/**
 * At each position of the filter, what the weight was multiplied with times the gradient that arrived: a bias is
 * multiplied with 1, and what lies in the padding is 0.
 * @param {Geometry} geometry
 * @param {Place} place
 * @param {ArrayLike<number>} inputs the map (or the one number) that the weight reads
 * @param {ArrayLike<number>} gradients the map of its filter
 * @returns {ProductMap}
 */
export function productMap(geometry, place, inputs, gradients) {
  const { row, column } = partsOf(geometry, place);
  const { height: rows, width: columns } = geometry.output;
  const products = new Float64Array(rows * columns);
  let sum = 0;
  for (let index = 0; index < products.length; index++) {
    const window = inputWindow(geometry, { row: Math.floor(index / columns), column: index % columns });
    const at = { row: window.row + row, column: window.column + column };
    const input = place.kind === 'bias' ? 1 : read(geometry, inputs, at);
    const product = input === 0 ? 0 : input * Number(gradients[index]);
    products[index] = product;
    sum += product;
  }
  return { rows, columns, products, sum };
}

/** @param {Geometry} geometry @param {ArrayLike<number>} map @param {import('./geometry.js').At} at */
function read({ spec, input }, map, at) {
  if (spec.type !== 'conv2d') return Number(map[0]);
  const inside = at.row >= 0 && at.column >= 0 && at.row < input.height && at.column < input.width;
  return inside ? Number(map[indexOf(input, 0, at)]) : 0;
}

/**
 * For the probe.
 * @param {Geometry} geometry
 * @param {Place} place
 * @param {ArrayLike<number>} inputs all maps that enter the layer
 * @param {ArrayLike<number>} gradients with respect to all maps that leave it
 */
export function probeProducts(geometry, place, inputs, gradients) {
  const { filter, channel } = partsOf(geometry, place);
  const out = geometry.output.height * geometry.output.width;
  const area = geometry.spec.type === 'conv2d' ? geometry.input.height * geometry.input.width : 1;
  return productMap(...[geometry, place], ...[part(inputs, Math.max(channel, 0), area), part(gradients, filter, out)]);
}

/**
 * For one image of the batch.
 * @param {Geometry} geometry
 * @param {Weighing} weighing
 * @param {number} at its place in the batch
 */
export function imageProducts(geometry, { place, images, inputs, gradients }, at) {
  const [read, sent] = [inputs, gradients].map((all) => part(all, at, all.length / images.length));
  return productMap(geometry, place, read ?? [], sent ?? []);
}

/**
 * What each image of the batch adds to the gradient, the largest first.
 * @param {Geometry} geometry
 * @param {Weighing} weighing
 * @returns {Share[]}
 */
export function sharesOf(geometry, weighing) {
  return Array.from(weighing.images, (image, at) => ({
    ...{ at, image, label: Number(weighing.labels[at]) },
    share: imageProducts(geometry, weighing, at).sum,
  })).sort((a, b) => Math.abs(b.share) - Math.abs(a.share));
}

/**
 * How the images pull: what they add up to in each direction, the sum, and how much of it all cancels out.
 * @param {readonly Share[]} shares
 */
export function pullOf(shares) {
  let [up, down] = [0, 0];
  for (const { share } of shares) {
    if (share > 0) up += share;
    else down += share;
  }
  const all = up - down;
  return { up, down, sum: up + down, cancelled: all > 0 ? 1 - Math.abs(up + down) / all : 0 };
}

/** @param {ArrayLike<number>} all @param {number} index @param {number} size */
function part(all, index, size) {
  return Array.prototype.slice.call(all, index * size, (index + 1) * size);
}
