/** The settings that steps were made with: they may change between two steps, and count from the next step on. */

import { same } from '../lib/same.js';

/** @typedef {import('./spec.js').Training} Training */

/** Steps after `after`, up to the next stretch, were made with `training`. @typedef {{ after: number, training: Training }} Stretch */

/** More stretches than anyone makes by hand in one run. */
export const MOST_STRETCHES = 1000;

/** Schedules that are stretched over all epochs, so that more epochs change the learning rate of each step. */
const OVER_ALL_EPOCHS = ['cosine', 'one_cycle'];

/**
 * What a step was made with; for one before the first stretch, what that was made with.
 * @param {readonly Stretch[]} stretches never empty, and in order
 * @param {number} step
 */
export function trainingOf(stretches, step) {
  return /** @type {Stretch} */ (stretches.findLast(({ after }) => after < step) ?? stretches[0]).training;
}

/**
 * Steps after `after` have been made with `training`.
 * @param {readonly Stretch[]} stretches
 * @param {number} after
 * @param {Training} training
 * @returns {Stretch[]}
 */
export function extended(stretches, after, training) {
  const before = stretches.filter((stretch) => stretch.after < after);
  const last = before.at(-1);
  if (last && sameTraining(last.training, training)) return before;
  return [...before, { after, training }].slice(-MOST_STRETCHES);
}

/**
 * The steps after `step` are undone.
 * @param {readonly Stretch[]} stretches
 * @param {number} step
 */
export const shortened = (stretches, step) => stretches.filter(({ after }, index) => index === 0 || after < step);

/** Whether they are the same to the engine, which computes in 32 bits. @param {Training} a @param {Training} b */
export const sameTraining = (a, b) => a === b || same(rounded(a), rounded(b));

/**
 * Whether each step comes out the same with both: how many follow makes no difference to it, unless the schedule says so.
 * @param {Training} a
 * @param {Training} b
 */
export const sameSteps = (a, b) => sameTraining(apartFromLength(a), apartFromLength(b));

/** @param {Training} training */
const apartFromLength = (training) =>
  OVER_ALL_EPOCHS.includes(training.schedule.type) ? training : { ...training, epochs: 0 };

/** @param {import('./spec.js').Spec} spec */
export const stepsPerEpoch = ({ data, training }) => Math.ceil(data.training_images / training.batch_size);

/** The steps of a whole run. @param {import('./spec.js').Spec} spec */
export const totalSteps = (spec) => spec.training.epochs * stepsPerEpoch(spec);

/** @param {Training} training @returns {unknown} */
const rounded = (training) =>
  JSON.parse(JSON.stringify(training), (_, value) => (typeof value === 'number' ? Math.fround(value) : value));
