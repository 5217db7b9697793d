/** What the last weights and the pixels say about two classes. */

import { hasWeights, lastWeights } from '../../explain/features.js';
import { normalised } from '../../explain/loss.js';
import { withContrast, withTrace } from '../trace.js';

/** @typedef {import('../../model/reports.js').Contrast} Contrast */
/** @typedef {import('../../model/spec.js').Spec} Spec */
/** @typedef {import('../session.js').Session} Session */

/**
 * @param {Pick<Session, 'trace' | 'contrast' | 'parameter' | 'position'>} session
 * @param {Spec} spec of its run
 * @param {{ pixels: Uint8Array, first: number, second: number }} ask
 * @returns {Contrast}
 */
export function contrastOf(session, { layers, normalization }, { pixels, first, second }) {
  const asRead = () => Float32Array.from(pixels, (pixel) => normalised(pixel, normalization));
  const layer = lastWeights(layers);
  const learns = layers.slice(layer, layer + 1).some(hasWeights);
  const of = (/** @type {(name: string) => Float32Array} */ values) =>
    learns ? values(`${layer}.bias`) : new Float32Array();
  return withTrace(session, pixels, (trace) =>
    withContrast(session, trace, { first, second }, (gradients) => ({
      ...{ step: session.position().step, first, second, layer, logits: trace.logits() },
      features: layer === 0 ? asRead() : trace.activation(layer - 1, 0),
      slopes: gradients.at(layer),
      biases: of((name) => session.parameter(name)),
      biasSlopes: of((name) => gradients.parameter(name)),
      gradient: gradients.at(0),
    })),
  );
}
