/** Whether a network is overfitting: how much better it is on the images it learns from than on others. */

import { lastAt } from '../lib/curve.js';
import { integer, percent, points, shownDifference } from '../lib/format.js';
import { stepsPerEpoch } from './training.js';

/** @typedef {import('./reports.js').Evaluation} Evaluation */
/** @typedef {import('./curves.js').Series} Series */

/**
 * `training` is the accuracy on training images; where they have not been evaluated at this step, it is the mean of the
 * last `batches`, each before its update, which is an estimate; `images` is how many it was measured on. `gap` is what
 * it is above the `validation` accuracy.
 * `noise` is what chance makes of two equal accuracies, two standard errors; `classes` is how many there are to guess from. `isNew`: the network has not learned from any
 * image twice.
 * @typedef {{
 *   step: number, training: number, validation: number, gap: number, noise: number, batches: number | null,
 *   images: number, classes: number, isNew: boolean, is: Overfitting,
 * }} Gap
 */

/** @typedef {'none' | 'slight' | 'strong'} Overfitting */

/** Below one point there is nothing to worry about: another seed makes as much of a difference. */
export const SLIGHT = 0.01;
/** From five points on, one in twenty images is known only by heart. */
export const STRONG = 0.05;

/** What training has that evaluation has not: it lowers the accuracy of the batches, wrong labels every training accuracy. @typedef {'dropout' | 'augmentation' | 'wrong labels'} Hardship */

/** @typedef {{ accuracy: number, images: number, batches: number | null }} Measured the training accuracy, and on how many images it was measured */

/**
 * @param {Evaluation} validation
 * @param {Evaluation | null | undefined} training if it is of another step, the batches are used
 * @param {Pick<Series, 'step' | 'accuracy'>} train
 * @param {import('./spec.js').Spec} spec
 * @returns {Gap | null} null where the training accuracy is not known
 */
export function gapAt(validation, training, train, spec) {
  const { step, epoch, classes } = validation;
  const measured =
    training?.step === step ? { ...training, batches: null } : ofBatches(train, validation, spec.training.batch_size);
  if (!measured) return null;
  const noise = 2 * Math.sqrt(variance(measured) + variance(validation));
  const gap = measured.accuracy - validation.accuracy;
  // Until the end of the first epoch the network learns from each image for the first time.
  const isNew = epoch === 0 || (epoch === 1 && step <= stepsPerEpoch(spec));
  const is = isNew ? 'none' : degreeOf(gap, noise);
  const accuracies = { training: measured.accuracy, validation: validation.accuracy };
  const { batches, images } = measured;
  return { step, ...accuracies, gap, noise, batches, images, classes, isNew, is };
}

/**
 * The mean of the last batches, of as many images as are evaluated: fewer would say less, more would lag behind.
 * @param {Pick<Series, 'step' | 'accuracy'>} train
 * @param {Pick<Evaluation, 'step' | 'images'>} validation
 * @param {number} batchSize
 * @returns {Measured | null}
 */
function ofBatches(train, { step, images }, batchSize) {
  const wanted = Math.ceil(images / batchSize);
  const end = lastAt(train.step, step) + 1;
  const first = lastAt(train.step, step - wanted) + 1;
  if (end <= first) return null;
  const accuracy = train.accuracy.slice(first, end).reduce((sum, one) => sum + one, 0) / (end - first);
  const batches = Math.min(wanted, step);
  return { accuracy, images: batches * batchSize, batches };
}

/** Of a share that was counted on so many images. @param {{ accuracy: number, images: number }} measured */
const variance = ({ accuracy, images }) => (accuracy * (1 - accuracy)) / images;

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

/** The gap between both accuracies as they are shown, so that the numbers add up. @param {Pick<Gap, 'training' | 'validation'>} gap */
export const gapPoints = ({ training, validation }) => points(shownDifference(training, validation));

/** Twice what guessing gets right or, of two classes, halfway from that to all. @param {number} classes */
const guessed = (classes) => Math.min(2 / classes, (1 + 1 / classes) / 2);

/** Whether the network has not learned enough to overfit. @param {Pick<Gap, 'training' | 'classes'>} gap */
export const stillGuesses = ({ training, classes }) => training < guessed(classes);

/** @type {Record<Overfitting, string>} */
const VERDICTS = { none: 'No sign of overfitting.', slight: 'Slight overfitting.', strong: 'Strong overfitting.' };

/** What the gap is made of, and what it means. @param {Gap} gap @param {import('./spec.js').Spec} spec */
export function gapSentence({ training, validation, batches, images, classes, isNew, is }, spec) {
  const where =
    batches === null
      ? `${integer(images)} training images`
      : `training images (mean of the last ${integer(batches)} batches)`;
  const measured = `${percent(training)} on ${where}, ${percent(validation)} on validation images: a gap of ${gapPoints({ training, validation })}.`;
  if (stillGuesses({ training, classes })) return `${measured} It still guesses, so there is nothing to overfit yet.`;
  if (isNew) return `${measured} In the first epoch every image is new, so there is nothing to overfit yet.`;
  const hardships = hardshipsOf(spec).filter((one) => batches !== null || one === 'wrong labels');
  const unlike = hardships.length > 0 ? ` Training is measured with ${hardships.join(' and ')}, which lowers it.` : '';
  return `${measured} ${VERDICTS[is]}${unlike}`;
}
