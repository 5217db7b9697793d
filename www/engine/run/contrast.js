/** What the network's last layers and its pixels say about two classes. */

import { lastWeights } from '../../explain/contrast.js';
import { inputOf } from '../../explain/forward.js';
import { withContrast, withTrace } from '../trace.js';

/** @typedef {import('../../model/reports.js').Contrast} Contrast */
/** @typedef {import('../../model/spec.js').Spec} Spec */
/** @typedef {import('../session.js').Session} Session */
/** @typedef {Pick<Session, 'trace' | 'contrast' | 'parameter'>} Passing */

const NONE = new Float32Array();

/**
 * @param {Passing & Pick<Session, 'position'>} session
 * @param {Spec} spec of its run
 * @param {{ pixels: Uint8Array, first: number, second: number }} ask
 * @returns {Contrast}
 */
export function contrastOf(session, spec, { pixels, first, second }) {
  const layer = lastWeights(spec.layers);
  return withTrace(session, pixels, (trace) =>
    withContrast(session, trace, first, second, (gradients) => {
      const activations = spec.layers.slice(0, layer).map((_, before) => trace.activation(before, 0));
      const hasWeights = gradients.parameters.includes(`${layer}.bias`);
      return {
        ...{ step: session.position().step, first, second, layer, logits: trace.logits() },
        features: inputOf(spec, { pixels, activations }, layer) ?? NONE,
        slopes: gradients.at(layer),
        biases: hasWeights ? session.parameter(`${layer}.bias`) : NONE,
        biasSlopes: hasWeights ? gradients.parameter(`${layer}.bias`) : NONE,
        gradient: gradients.at(0),
      };
    }),
  );
}
