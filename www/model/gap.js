/** Whether a network is overfitting: how much better it is on the images it learns from than on others. */

import { lastAt } from '../lib/curve.js';
import { integer, percent } from '../lib/format.js';

/** @typedef {import('./reports.js').Evaluation} Evaluation */
/** @typedef {import('./curves.js').Series} Series */

/**
 * `training` is the mean accuracy of the last `steps` batches, each before its update; `gap` is what it is above the
 * `validation` accuracy. `noise` is what chance makes of two equal accuracies, two standard errors. `isNew`: no image has
 * been seen twice.
 * @typedef {{ step: number, training: number, validation: number, gap: number, noise: number, steps: number, isNew: boolean, is: Overfitting }} Gap
 */

/** @typedef {'none' | 'slight' | 'strong'} Overfitting */

/** Below one point there is nothing to worry about: another seed makes as much of a difference. */
export const SLIGHT = 0.01;
/** From five points on, one in twenty images is known only by heart. */
export const STRONG = 0.05;

/** All there are to learn from. */
const TRAINING_IMAGES = 55_000;

/** Images in the mean of the training accuracy, as many as are evaluated: fewer say less, more would lag behind. */
const IMAGES = 5_000;

/** What the batches of training have that the validation images do not: with it, the training accuracy is another. @typedef {'dropout' | 'augmentation' | 'wrong labels'} Hardship */

/**
 * @param {Evaluation} evaluation of the validation images
 * @param {Pick<Series, 'step' | 'accuracy'>} train
 * @param {number} batchSize
 * @param {number} [trainingImages] in an epoch
 * @returns {Gap | null} null where the training accuracy is not known
 */
export function gapAt(
  { step, epoch, accuracy: validation, images },
  train,
  batchSize,
  trainingImages = TRAINING_IMAGES,
) {
  const steps = Math.ceil(IMAGES / batchSize);
  const end = lastAt(train.step, step) + 1;
  const first = lastAt(train.step, step - steps) + 1;
  if (end <= first) return null;
  const training = train.accuracy.slice(first, end).reduce((sum, one) => sum + one, 0) / (end - first);
  const made = Math.min(steps, step);
  const noise = 2 * Math.sqrt(variance(training, made * batchSize) + variance(validation, images));
  const gap = training - validation;
  // Until the end of the first epoch every image of a batch was new to the network, as validation images are.
  const isNew = epoch === 0 || (epoch === 1 && step <= Math.ceil(trainingImages / batchSize));
  const is = isNew ? 'none' : degreeOf(gap, noise);
  return { step, training, validation, gap, noise, steps: made, isNew, is };
}

/** Of a share that was counted on so many images. @param {number} share @param {number} images */
const variance = (share, images) => (share * (1 - share)) / images;

/** @param {number} gap @param {number} noise @returns {Overfitting} */
function degreeOf(gap, noise) {
  if (gap < SLIGHT || gap < noise) return 'none';
  return gap < STRONG ? 'slight' : 'strong';
}

/** @param {import('./spec.js').Spec} spec @returns {Hardship[]} */
export function hardshipsOf({ layers, data, training: { augmentation } }) {
  return [
    ...(layers.some(({ type }) => type === 'dropout') ? [/** @type {const} */ ('dropout')] : []),
    ...(Object.values(augmentation).some((size) => size > 0) ? [/** @type {const} */ ('augmentation')] : []),
    ...(data.wrong_labels > 0 ? [/** @type {const} */ ('wrong labels')] : []),
  ];
}

/** Points, for a percentage of a percentage misleads. @param {number} gap */
export const points = (gap) => `${(100 * gap).toFixed(1).replace('-', '−')} points`;

/** @type {Record<Overfitting, string>} */
const VERDICTS = { none: 'No overfitting.', slight: 'Slight overfitting.', strong: 'Strong overfitting.' };

/** What the gap is made of, and what it means. @param {Gap} gap @param {import('./spec.js').Spec} spec */
export function gapSentence({ training, validation, steps, isNew, is }, spec) {
  const measured = `Training ${percent(training)} (mean of the last ${integer(steps)} batches), validation ${percent(validation)}.`;
  if (isNew) return `${measured} In the first epoch every image is new, so there is nothing to overfit yet.`;
  const hardships = hardshipsOf(spec);
  const unlike = hardships.length > 0 ? ` Training is measured with ${hardships.join(' and ')}, which lowers it.` : '';
  return `${measured} ${VERDICTS[is]}${unlike}`;
}
