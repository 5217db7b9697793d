/** What the last weights and the pixels say about two classes. */

import { lastWeights } from '../../explain/contrast.js';
import { normalised } from '../../explain/forward.js';
import { kindOf } from '../../model/layer-kinds.js';
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
  const layer = lastWeights(layers);
  const learns = layers.slice(layer, layer + 1).some((last) => kindOf(last).trainable);
  const of = (/** @type {(name: string) => Float32Array} */ values) =>
    learns ? values(`${layer}.bias`) : new Float32Array();
  return withTrace(session, pixels, (trace) =>
    withContrast(session, trace, { first, second }, (gradients) => ({
      ...{ step: session.position().step, first, second, layer, logits: trace.logits() },
      features: layer === 0 ? normalised(pixels, normalization) : trace.activation(layer - 1, 0),
      slopes: gradients.at(layer),
      biases: of((name) => session.parameter(name)),
      biasSlopes: of((name) => gradients.parameter(name)),
      gradient: gradients.at(0),
    })),
  );
}
