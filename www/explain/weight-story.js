/** What the gradient of one weight is made of: input × gradient, over the positions of its filter and the images. */

/** @typedef {import('../model/reports.js').WeightRef} WeightRef */
/** @typedef {import('../model/reports.js').WeightStep} WeightStep */
/** @typedef {import('./geometry.js').Geometry} Geometry */

/** A weight within its layer: of the filter (or unit) it belongs to. @typedef {{ filter: number, channel: number, row: number, column: number }} Parts */

/**
 * For each position of the filter, row by row: what the weight was multiplied with, the gradient that arrived there,
 * and the product of both.
 * @typedef {{
 *   rows: number, columns: number, read: Float32Array, gradients: Float32Array, products: Float64Array, sum: number,
 * }} ProductMap
 */

/** The part of one image in the gradient; `at` is its place in the batch. @typedef {{ at: number, image: number, label: number, share: number }} Share */

/**
 * @param {Geometry} geometry
 * @param {WeightRef} place
 * @returns {Parts} of a bias, the channel is −1
 */
export function partsOf(geometry, { kind, index }) {
  if (kind === 'bias') return { filter: index, channel: -1, row: 0, column: 0 };
  const [, channels, height, width] = sizesOf(geometry);
  const channel = Math.floor(index / (height * width));
  return {
    ...{ filter: Math.floor(channel / channels), channel: channel % channels },
    ...{ row: Math.floor(index / width) % height, column: index % width },
  };
}

/**
 * The weight's name within its layer, counted from 1.
 * @param {Geometry} geometry
 * @param {WeightRef} place
 * @param {readonly string[] | null} [classes] what the units stand for, if for the classes
 */
export function nameOfPlace(geometry, place, classes = null) {
  const { filter, channel, row, column } = partsOf(geometry, place);
  const owner = nameOfOwner(geometry, filter, classes);
  if (place.kind === 'bias') return `bias of ${classes ? 'the ' : ''}${owner}`;
  if (geometry.spec.type !== 'conv2d') return `${owner}, weight of input ${channel + 1}`;
  return `${owner}, channel ${channel + 1}, row ${row + 1}, column ${column + 1}`;
}

/**
 * The name of a filter, or of a unit: one that scores a class is named by it.
 * @param {Geometry} geometry
 * @param {number} index
 * @param {readonly string[] | null} classes
 */
export function nameOfOwner({ spec }, index, classes) {
  if (spec.type === 'conv2d') return `filter ${index + 1}`;
  return classes ? `score for ${classes[index]}` : `unit ${index + 1}`;
}

/**
 * At each position of the filter, what the weight was multiplied with times the gradient that arrived: a bias is
 * multiplied with 1, and what is in the padding is 0.
 * @param {Geometry} geometry
 * @param {WeightRef} place
 * @param {Float32Array} inputs the map (or the one number) that the weight reads
 * @param {Float32Array} gradients the map of its filter
 * @returns {ProductMap}
 */
export function productMap(geometry, place, inputs, gradients) {
  const { spec, output, input, stride, padding } = geometry;
  const { height: rows, width: columns } = output;
  const { row, column } = partsOf(geometry, place);
  const [read, products] = [new Float32Array(rows * columns), new Float64Array(rows * columns)];
  let sum = 0;
  for (let index = 0; index < products.length; index++) {
    const y = Math.floor(index / columns) * stride[0] - padding[0] + row;
    const x = (index % columns) * stride[1] - padding[1] + column;
    if (place.kind === 'bias') read[index] = 1;
    else if (spec.type !== 'conv2d') read[index] = Number(inputs[0]);
    else if (y >= 0 && x >= 0 && y < input.height && x < input.width) read[index] = Number(inputs[y * input.width + x]);
    const product = read[index] === 0 ? 0 : Number(read[index]) * Number(gradients[index]);
    products[index] = product;
    sum += product;
  }
  return { rows, columns, read, gradients, products, sum };
}

/**
 * For the probe.
 * @param {Geometry} geometry
 * @param {WeightRef} place
 * @param {Float32Array} inputs all maps that enter the layer
 * @param {Float32Array} gradients with respect to all maps that leave it
 */
export function probeProducts(geometry, place, inputs, gradients) {
  const { filter, channel } = partsOf(geometry, place);
  const out = geometry.output.height * geometry.output.width;
  const area = geometry.spec.type === 'conv2d' ? geometry.input.height * geometry.input.width : 1;
  return productMap(geometry, place, part(inputs, Math.max(channel, 0), area), part(gradients, filter, out));
}

/**
 * For one image of the batch.
 * @param {Geometry} geometry
 * @param {WeightStep} weightStep
 * @param {number} at its place in the batch
 */
export function imageProducts(geometry, { place, images, inputs, gradients }, at) {
  const count = images.length;
  return productMap(
    geometry,
    place,
    part(inputs, at, inputs.length / count),
    part(gradients, at, gradients.length / count),
  );
}

/**
 * The index of a weight, from its parts; each is brought within its bounds.
 * @param {Geometry} geometry
 * @param {Parts} parts
 */
export function indexOfWeight(geometry, { filter, channel, row, column }) {
  const [filters, channels, height, width] = sizesOf(geometry);
  const within = (/** @type {number} */ value, /** @type {number} */ size) =>
    Math.min(Math.max(value, 0), size - 1) || 0;
  return (
    ((within(filter, filters) * channels + within(channel, channels)) * height + within(row, height)) * width +
    within(column, width)
  );
}

/** How many filters, channels, rows and columns the weights of a layer have. @param {Geometry} geometry @returns {[number, number, number, number]} */
export function sizesOf({ spec, input, output, kernel }) {
  if (spec.type === 'conv2d') return [output.channels, input.channels, ...kernel];
  return [output.channels, input.channels * input.height * input.width, 1, 1];
}

/**
 * What each image of the batch adds to the gradient, the largest first.
 * @param {Geometry} geometry
 * @param {WeightStep} weightStep
 * @returns {Share[]}
 */
export function sharesOf(geometry, weightStep) {
  return Array.from(weightStep.images, (image, at) => ({
    ...{ at, image, label: Number(weightStep.labels[at]) },
    share: imageProducts(geometry, weightStep, at).sum,
  })).sort((a, b) => Math.abs(b.share) - Math.abs(a.share));
}

/**
 * What the images add up to in each direction, and together.
 * @param {readonly Share[]} shares
 */
export function pullOf(shares) {
  let [up, down] = [0, 0];
  for (const { share } of shares) {
    if (share > 0) up += share;
    else down += share;
  }
  return { up, down, sum: up + down };
}

/** @param {Float32Array} all @param {number} index @param {number} size */
const part = (all, index, size) => all.subarray(index * size, (index + 1) * size);
