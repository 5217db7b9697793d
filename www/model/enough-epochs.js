/** A small data set has few steps in an epoch, and the usual number of epochs would teach a network next to nothing. */

import { integer } from '../lib/format.js';
import { isHosted } from './data-sets.js';
import { DEFAULT_PRESET } from './presets.js';

/** @typedef {import('./spec.js').Spec} Spec */

const LEAST_STEPS = 400;
/** What the engine takes (src/spec/limits.rs). */
const MOST_EPOCHS = 1000;

const USUAL_EPOCHS = DEFAULT_PRESET.spec.training.epochs;

/**
 * The spec with more epochs where it would end after too few steps, and a sentence that says so; empty if it has enough.
 * @param {Spec} spec
 * @param {Spec} [before] what it was made from: epochs that only its small set asked for are not handed on
 * @returns {{ spec: Spec, changed: string }}
 */
export function withEnoughEpochs(spec, before) {
  const { training } = spec;
  const wasRaised = before && !isHosted(before.data.set) && before.training.epochs === epochsFor(before);
  const epochs = Math.max(wasRaised ? Math.min(USUAL_EPOCHS, training.epochs) : training.epochs, epochsFor(spec));
  if (epochs === training.epochs) return { spec, changed: '' };
  const steps = stepsIn(spec);
  const changed = `An epoch is ${integer(steps)} ${steps === 1 ? 'step' : 'steps'}, so it trains for ${integer(epochs)} epochs.`;
  return { spec: { ...spec, training: { ...training, epochs } }, changed };
}

/** @param {Spec} spec */
const stepsIn = ({ training, data }) => Math.max(1, Math.ceil(data.training_images / training.batch_size));

/** @param {Spec} spec */
const epochsFor = (spec) => Math.min(MOST_EPOCHS, Math.ceil(LEAST_STEPS / stepsIn(spec)));
