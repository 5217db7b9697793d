/** The filters in a checkpoint, read from its bytes: their layout is told in src/trainer/checkpoint.rs and src/network/parameter.rs. */

/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('../model/spec.js').Summary} Summary */

/** "CVSC", the version and the length of the header. */
const PREFIX = 12;
const MAGIC = 0x43535643;
const VERSION = 3;

/**
 * The weights of all convolutions, [filters, channels, height, width], by layer.
 * @param {Uint8Array} bytes
 * @param {Spec} spec
 * @param {Summary} summary
 * @returns {Map<number, Float32Array> | null} null if the bytes are no checkpoint of such a network
 */
export function filtersIn(bytes, spec, summary) {
  if (bytes.length < PREFIX) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC || view.getUint32(4, true) !== VERSION) return null;
  const start = PREFIX + view.getUint32(8, true);
  if (bytes.length - start !== 3 * 4 * summary.parameters) return null;
  const found = new Map();
  let place = start;
  spec.layers.forEach((layer, index) => {
    if (layer.type === 'conv2d') {
      const channels = (index === 0 ? summary.input : summary.layers[index - 1]?.shape)?.[0] ?? 1;
      const size = layer.kernel_size[0] * layer.kernel_size[1];
      found.set(index, channelsFirst(view, place, layer.filters, channels, size));
    }
    place += 4 * (summary.layers[index]?.parameters ?? 0);
  });
  return found;
}

/**
 * @param {DataView} view
 * @param {number} start of [filters, places, channels]
 * @param {number} filters
 * @param {number} channels
 * @param {number} places
 */
function channelsFirst(view, start, filters, channels, places) {
  const weights = new Float32Array(filters * channels * places);
  for (let filter = 0, at = start; filter < filters; filter += 1) {
    for (let place = 0; place < places; place += 1) {
      for (let channel = 0; channel < channels; channel += 1, at += 4) {
        weights[(filter * channels + channel) * places + place] = view.getFloat32(at, true);
      }
    }
  }
  return weights;
}
