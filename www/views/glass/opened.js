/** A layer that was opened: what it reads and makes for the image being viewed, and what one tile of it is made of. */

import { inputOf, mapsBefore } from '../../explain/forward.js';
import { geometryOf, sizeOf } from '../../explain/geometry.js';
import { kindOf } from '../../model/layer-kinds.js';

/** @typedef {import('../../explain/geometry.js').Geometry} Geometry */
/** @typedef {import('../../explain/geometry.js').Size} Size */
/** @typedef {import('../../model/reports.js').Snapshot} Snapshot */
/** @typedef {import('../../model/spec.js').Spec} Spec */
/** @typedef {import('../../model/spec.js').Summary} Summary */
/** @typedef {import('../network/columns.js').Column} Column */

/**
 * `pixels` is the input, which is only normalised; `each` are layers that change number by number.
 * @typedef {'pixels' | 'conv' | 'dense' | 'each' | 'pool' | 'flatten' | 'answer'} Kind
 */

/** @typedef {Float32Array | Uint8Array} Numbers */

/**
 * `maps` is the size of the input as it is drawn. Weights and biases of the layer are null until they arrive.
 * @typedef {{
 *   kind: Kind, column: Column, geometry: Geometry, maps: Size, units: boolean,
 *   input: Numbers, output: Numbers, weights: Float32Array | null, biases: Float32Array | null,
 *   label: number | null,
 * }} Opened
 */

/**
 * One picture of a row of numbers: a map, or units laid out as one, whose last row may not be full.
 * @typedef {{ values: Numbers, rows: number, columns: number }} Plane
 */

/**
 * @param {Spec} spec
 * @param {Summary} summary
 * @param {Snapshot | null} snapshot
 * @param {Column} column
 * @returns {Opened | null} null while there is nothing to show, or it belongs to another network
 */
export function opened(spec, summary, snapshot, column) {
  const reading = snapshot?.reading;
  if (!snapshot || !reading) return null;
  if (column.kind === 'input') return ofPixels(spec, summary, reading, column);
  if (column.kind === 'answer') return ofAnswer(spec, summary, reading, column);
  const layer = Number(column.layer);
  const geometry = geometryOf(spec, summary, layer);
  const [input, output] = [inputOf(spec, reading, layer), reading.activations[layer]];
  if (!geometry || !input || !output) return null;
  if (input.length !== volume(geometry.input) || output.length !== volume(geometry.output)) return null;
  const parameters = snapshot.parameters?.find((entry) => entry.layer === layer);
  const weights = parameters?.weight ?? snapshot.filters.find((entry) => entry.layer === layer)?.weights ?? null;
  return {
    ...{ kind: cardOf(geometry), column, geometry, maps: mapsBefore(spec, summary, layer), label: reading.label },
    ...{ units: column.kind === 'units', input, output },
    weights: weights?.length === weightsOf(geometry) ? weights : null,
    biases: parameters?.bias.length === geometry.output.channels ? parameters.bias : null,
  };
}

/** @param {Geometry} geometry @returns {Kind} */
function cardOf({ spec }) {
  const { family, reads } = kindOf(spec);
  if (reads === 'number') return 'each';
  return family === 'convolution' ? 'conv' : /** @type {Kind} */ (family);
}

/** @param {Geometry} geometry */
const weightsOf = ({ input, output, kernel }) => output.channels * input.channels * kernel[0] * kernel[1];

/** @param {Size} size */
const volume = ({ channels, height, width }) => channels * height * width;

/**
 * @param {Spec} spec
 * @param {Summary} summary
 * @param {import('../../model/reports.js').ProbeReading} reading
 * @param {Column} column
 * @returns {Opened}
 */
function ofPixels(spec, summary, reading, column) {
  const size = sizeOf(summary.input);
  return {
    ...{ kind: 'pixels', column, geometry: inPlace(size), maps: size, units: false, label: reading.label },
    ...{ input: reading.pixels, output: inputOf(spec, reading, 0) ?? new Float32Array(), weights: null, biases: null },
  };
}

/**
 * @param {Spec} spec
 * @param {Summary} summary
 * @param {import('../../model/reports.js').ProbeReading} reading
 * @param {Column} column
 * @returns {Opened | null}
 */
function ofAnswer(spec, summary, reading, column) {
  const size = { channels: summary.classes, height: 1, width: 1 };
  if (reading.logits.length !== summary.classes) return null;
  return {
    ...{ kind: 'answer', column, geometry: inPlace(size), maps: size, units: true, label: reading.label },
    ...{ input: reading.logits, output: reading.probabilities, weights: null, biases: null },
  };
}

/** What reads its own place only. @param {Size} size @returns {Geometry} */
function inPlace(size) {
  const window = { kernel: [1, 1], stride: [1, 1], padding: [0, 0] };
  return /** @type {Geometry} */ ({ layer: -1, spec: { type: 'relu' }, input: size, output: size, ...window });
}

/**
 * One channel of some maps; of units, all.
 * @param {Numbers} values
 * @param {Size} size
 * @param {number} channel
 * @param {boolean} units
 * @returns {Plane}
 */
export function planeOf(values, { height, width }, channel, units) {
  if (units) {
    const columns = Math.ceil(Math.sqrt(values.length));
    return { values, columns, rows: Math.ceil(values.length / columns) };
  }
  const area = height * width;
  const from = channel * area;
  return { values: values.subarray(from, from + area), rows: height, columns: width };
}

/**
 * How the inputs of a dense layer are drawn: as the maps they came from, else as one picture of units.
 * @param {Size} maps
 * @returns {Size}
 */
export function drawnSize(maps) {
  if (maps.height * maps.width > 1) return maps;
  const width = Math.ceil(Math.sqrt(maps.channels));
  return { channels: 1, height: Math.ceil(maps.channels / width), width };
}

/** @param {Numbers} values */
export function placeOfLargest(values) {
  let largest = 0;
  for (let index = 1; index < values.length; index++) {
    if (Number(values[index]) > Number(values[largest])) largest = index;
  }
  return largest;
}
