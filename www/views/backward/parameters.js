/** Where the numbers of a layer are in a snapshot. */

import { normalised } from '../../explain/loss.js';

/** @typedef {import('../../model/reports.js').Parameters} Parameters */
/** @typedef {import('../../model/reports.js').WeightRef} WeightRef */
/** @typedef {import('../../model/reports.js').Snapshot} Snapshot */
/** @typedef {import('../../model/spec.js').Spec} Spec */

/**
 * One weight or bias, or its gradient.
 * @param {readonly Parameters[] | undefined} parameters
 * @param {WeightRef} place
 * @returns {number | null} null if its layer is not watched
 */
export function valueIn(parameters, { layer, kind, index }) {
  return parameters?.find((entry) => entry.layer === layer)?.[kind][index] ?? null;
}

/**
 * What enters a layer for the probe.
 * @param {Snapshot} snapshot
 * @param {number} layer
 * @param {Pick<Spec, 'normalization'>} spec
 * @returns {Float32Array | null}
 */
export function inputsOf({ reading }, layer, { normalization }) {
  if (!reading) return null;
  if (layer > 0) return reading.activations[layer - 1] ?? null;
  return Float32Array.from(reading.pixels, (pixel) => normalised(pixel, normalization));
}

/**
 * All weights of a layer in a snapshot.
 * @param {Snapshot} snapshot
 * @param {number} layer
 */
export function weightsOf({ filters, parameters }, layer) {
  const found = parameters.find((entry) => entry.layer === layer)?.weight;
  return found ?? filters.find((entry) => entry.layer === layer)?.weights ?? null;
}
