import { logitGradients, lossOf } from '../../explain/loss.js';
import { Refusal } from '../problem.js';
import { withGradients, withTrace } from '../trace.js';

/** @typedef {import('../session.js').Session} Session */
/** @typedef {import('../../model/reports.js').GradientCheck} GradientCheck */
/** @typedef {import('../../model/reports.js').WeightRef} WeightRef */

/** The distance of 1 from the next 32-bit number. */
const EPSILON = 2 ** -23;

/** From one so large that the loss curves to one that drowns in rounding. */
const NUDGES = [1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001];

/**
 * The slope of an image's loss in one weight: as backpropagation has it, and measured by nudging the weight both
 * ways and passing the image again. The weight is left as it was, to the bit.
 * @param {Session} session
 * @param {WeightRef} place
 * @param {Uint8Array} pixels
 * @param {number} label
 * @returns {GradientCheck}
 */
export function checkGradient(session, place, pixels, label) {
  const name = nameOf(place);
  const values = session.parameter(name);
  const value = valueAt(values, place);
  const passWith = (/** @type {number} */ weight) => {
    values[place.index] = weight;
    session.setParameter(name, values);
    return withTrace(session, pixels, (trace) => ({ logits: trace.logits(), probabilities: trace.probabilities() }));
  };
  const lossAt = (/** @type {number} */ weight) => lossOf(passWith(weight).logits, label);
  const measured = NUDGES.map((nudge) => {
    // What is set is rounded to 32 bits, so the distance between the two is not exactly twice the nudge.
    const [above, below] = [Math.fround(value + nudge), Math.fround(value - nudge)];
    const [up, down] = [lossAt(above), lossAt(below)];
    return { nudge, up, down, slope: above === below ? NaN : (up - down) / (above - below) };
  });
  const { logits, probabilities } = passWith(value);
  const [loss, rounding] = [lossOf(logits, label), roundingOf(logits, logitGradients(probabilities, label))];
  const analytic = withTrace(session, pixels, (trace) =>
    withGradients(session, trace, Uint8Array.of(label), (gradients) => valueAt(gradients.parameter(name), place)),
  );
  return { place, step: session.position().step, label, value, loss, rounding, analytic, measured };
}

/**
 * How far the loss may be off because each logit has been rounded: the surer the network is, the less that matters.
 * @param {Float32Array} logits
 * @param {Float32Array} gradients of the loss
 */
const roundingOf = (logits, gradients) =>
  EPSILON * logits.reduce((sum, logit, index) => sum + Math.abs(logit * Number(gradients[index])), 0);

/** The engine's name of a parameter. @param {WeightRef} place */
export function nameOf({ layer, kind }) {
  return `${layer}.${kind}`;
}

/**
 * @param {Float32Array} values
 * @param {WeightRef} place
 */
export function valueAt(values, { index, ...place }) {
  const value = values[index];
  if (value === undefined) {
    const message = `${nameOf({ index, ...place })} has ${values.length} numbers, but number ${index} was asked for.`;
    throw new Refusal('not_found', message);
  }
  return value;
}
