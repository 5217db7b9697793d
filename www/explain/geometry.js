/** Which numbers of the layer before a number of a layer is made of, and vice versa. */

/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('../model/spec.js').Summary} Summary */
/** @typedef {import('../model/spec.js').LayerSpec} LayerSpec */
/** @typedef {{ channels: number, height: number, width: number }} Size units count as channels of 1 × 1 */

/**
 * A layer with what comes in and what goes out. Of a layer that slides no window, the window is 1 × 1.
 * @typedef {{
 *   layer: number, spec: LayerSpec, input: Size, output: Size,
 *   kernel: [number, number], stride: [number, number], padding: [number, number],
 * }} Geometry
 */

/** @typedef {{ row: number, column: number }} At */

/**
 * A window over a map: its upper left corner, which padding may put outside, and its height and width.
 * @typedef {{ row: number, column: number, height: number, width: number }} Window
 */

/**
 * @param {Spec} spec
 * @param {Summary} summary
 * @param {number} layer
 * @returns {Geometry | null} null if there is no such layer
 */
export function geometryOf(spec, summary, layer) {
  const layerSpec = spec.layers[layer];
  const found = summary.layers[layer];
  if (!layerSpec || !found) return null;
  const before = layer === 0 ? summary.input : summary.layers[layer - 1]?.shape;
  const { kernel_size = [1, 1], stride = [1, 1], padding = [0, 0] } = /** @type {any} */ (layerSpec);
  return {
    ...{ layer, spec: layerSpec, input: sizeOf(before ?? []), output: sizeOf(found.shape) },
    ...{ kernel: kernel_size, stride, padding },
  };
}

/** @param {readonly number[]} shape [channels, height, width], or [units] @returns {Size} */
export function sizeOf([channels = 1, height = 1, width = 1]) {
  return { channels, height, width };
}

/**
 * What one number of the output map reads.
 * @param {Geometry} geometry
 * @param {At} at in the output map
 * @returns {Window} over the input maps
 */
export function inputWindow({ kernel, stride, padding }, { row, column }) {
  return {
    ...{ row: row * stride[0] - padding[0], column: column * stride[1] - padding[1] },
    ...{ height: kernel[0], width: kernel[1] },
  };
}

/**
 * The numbers of the output map that read one number of the input map: an empty window if none does.
 * @param {Geometry} geometry
 * @param {At} at in the input map
 * @returns {Window} over the output maps, all of it inside
 */
export function outputWindow({ kernel, stride, padding, output }, { row, column }) {
  const rows = readers(row + padding[0], kernel[0], stride[0], output.height);
  const columns = readers(column + padding[1], kernel[1], stride[1], output.width);
  return { row: rows.first, column: columns.first, height: rows.count, width: columns.count };
}

/**
 * @param {number} place in the padded input
 * @param {number} kernel
 * @param {number} stride
 * @param {number} length of the output
 */
function readers(place, kernel, stride, length) {
  const first = Math.max(0, Math.ceil((place - kernel + 1) / stride));
  const last = Math.min(length - 1, Math.floor(place / stride));
  return { first, count: Math.max(0, last - first + 1) };
}

/** The row-major index of a number in maps of a size. @param {Size} size @param {number} channel @param {At} at */
export function indexOf({ height, width }, channel, { row, column }) {
  return (channel * height + row) * width + column;
}
