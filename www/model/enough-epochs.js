/** A small data set has few steps in an epoch, and the usual number of epochs would teach a network next to nothing. */

import { integer } from '../lib/format.js';

/** @typedef {import('./spec.js').Spec} Spec */

const LEAST_STEPS = 400;
/** What the engine takes (src/spec/limits.rs). */
const MOST_EPOCHS = 1000;

/**
 * The spec with more epochs where it would end after too few steps, and a sentence that says so; empty if it has enough.
 * @param {Spec} spec
 * @returns {{ spec: Spec, changed: string }}
 */
export function withEnoughEpochs(spec) {
  const { training, data } = spec;
  const steps = Math.max(1, Math.ceil(data.training_images / training.batch_size));
  const epochs = Math.min(MOST_EPOCHS, Math.ceil(LEAST_STEPS / steps));
  if (epochs <= training.epochs) return { spec, changed: '' };
  const changed = `An epoch is only ${integer(steps)} ${steps === 1 ? 'step' : 'steps'}, so it trains for ${integer(epochs)} epochs.`;
  return { spec: { ...spec, training: { ...training, epochs } }, changed };
}
