/** How large the numbers are that a network passes forward and back, layer by layer: what its start does to it. */

import { withGradients, withTestTrace } from '../trace.js';

/** @typedef {import('../session.js').Session} Session */
/** @typedef {import('../../experiments/reports.js').LayerSizes} LayerSizes */
/** @typedef {import('../../model/spec.js').Summary} Summary */

/**
 * @param {Session} session
 * @param {Summary} summary
 * @param {number} images of the test set
 * @returns {LayerSizes}
 */
export function layerSizes(session, { layers }, images) {
  return withTestTrace(session, images, (trace) =>
    withGradients(session, trace, trace.labels(), (gradients) => {
      const outputs = (/** @type {number} */ layer) =>
        Array.from({ length: images }, (_, image) => trace.activation(layer, image));
      const first = layers.findIndex(({ parameters }) => parameters > 0);
      return {
        activations: layers.map((_, layer) => rootMeanSquare(outputs(layer))),
        // Each image has its share of the mean loss.
        gradients: layers.map((_, layer) => images * rootMeanSquare([gradients.at(layer + 1)])),
        firstWeights: first < 0 ? NaN : rootMeanSquare([gradients.parameter(`${first}.weight`)]),
      };
    }),
  );
}

/** @param {readonly ArrayLike<number>[]} parts */
export function rootMeanSquare(parts) {
  let [sum, count] = [0, 0];
  for (const part of parts) {
    for (let index = 0; index < part.length; index++) sum += Number(part[index]) ** 2;
    count += part.length;
  }
  return Math.sqrt(sum / Math.max(count, 1));
}
