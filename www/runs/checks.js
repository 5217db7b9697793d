/** Checks of what a file states. Each throws a RangeError that says what is wrong. */

import { isDataSet } from '../model/data-sets.js';
import { DEFAULT_PRESET } from '../model/presets.js';

/** @typedef {import('../model/reports.js').Evaluation} Evaluation */
/** @typedef {import('../model/spec.js').Spec} Spec */

export const LARGEST_COUNT = 2 ** 32 - 1;
const MOST_CLASSES = 4096;
const MOST_IMAGES = 100_000;
const SPLITS = /** @type {const} */ (['training', 'validation', 'test']);

/** @param {unknown} value @returns {Record<string, unknown>} */
export function object(value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RangeError('something is missing');
  return /** @type {Record<string, unknown>} */ (value);
}

/** @param {unknown} value @param {number} most @returns {unknown[]} */
export function list(value, most) {
  if (!Array.isArray(value) || value.length > most) throw new RangeError('a list in it is not a list, or is too long');
  return value;
}

/** @param {unknown} value @param {number} longest */
export function text(value, longest) {
  if (typeof value !== 'string') throw new RangeError('a name in it is not text');
  return value.slice(0, longest);
}

/** @param {unknown} value @param {number} most */
export function whole(value, most) {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > most) {
    throw new RangeError('a number in it is out of range');
  }
  return value;
}

/** @param {unknown} value @returns {number} JSON writes null for what is not finite */
function measured(value) {
  if (value === null) return NaN;
  if (typeof value !== 'number') throw new RangeError('a measured value in it is not a number');
  return value;
}

/** @param {unknown} value */
const orNull = (value) => (value === null ? null : measured(value));

/** More than any network that can be built needs. */
const DEEPEST_SPEC = 6;
const LARGEST_SPEC = 5_000;
const LONGEST_SET = 68;

/**
 * The engine decides whether a spec is valid; this only rejects what does not resemble one.
 * @param {unknown} value
 */
export function checkedSpec(value) {
  let left = LARGEST_SPEC;
  const walk = (/** @type {unknown} */ part, /** @type {number} */ depth) => {
    left -= 1;
    if (depth > DEEPEST_SPEC || left < 0) throw new RangeError('a spec in it is too large');
    if (typeof part === 'string') text(part, 40);
    else if (typeof part === 'object' && part !== null) for (const inner of Object.values(part)) walk(inner, depth + 1);
  };
  walk(object(value), 0);
  if (!isWhole(value, DEFAULT_PRESET.spec)) throw new RangeError('a spec in it is incomplete');
  const spec = /** @type {Spec} */ (value);
  if (!isDataSet(text(spec.data.set, LONGEST_SET))) throw new RangeError('a spec in it names no data set');
  return spec;
}

/**
 * The engine fills in what a spec leaves out, but the page reads specs as they are.
 * @param {unknown} value
 * @param {object} form
 * @returns {boolean} whether it has all that `form` has; what has a `type` can be of many forms
 */
function isWhole(value, form) {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(form).every(([key, part]) => {
    if (!Object.hasOwn(value, key)) return false;
    const isOneForm = typeof part === 'object' && !Array.isArray(part) && !('type' in part);
    return !isOneForm || isWhole(/** @type {any} */ (value)[key], part);
  });
}

/** @param {Record<string, unknown>} fork */
export function checkedFork({ of, step, spec }) {
  return {
    of: text(of, 200),
    step: whole(step, LARGEST_COUNT),
    spec: checkedSpec(spec),
  };
}

/** @param {unknown} marks */
export function checkedMarks(marks) {
  return list(marks, 200)
    .map(object)
    .map(({ step, label }) => ({ step: whole(step, LARGEST_COUNT), label: text(label, 500) }));
}

/** @param {Record<string, unknown>} one */
export function checkedEvaluation(one) {
  const split = SPLITS.find((known) => known === one.split);
  if (!split) throw new RangeError('an evaluation names no known split');
  const macro = object(one.macro);
  const classes = whole(one.classes, MOST_CLASSES);
  const images = whole(one.images, MOST_IMAGES);
  const readings = whole(one.readings, images);
  const perClass = list(one.perClass, classes).map(object).map(checkedClass);
  if (perClass.length !== classes) throw new RangeError('an evaluation does not have one entry for each class');
  // The predictions of single images are kept of the last evaluation of a split only.
  if (readings !== 0 && readings !== images)
    throw new RangeError('an evaluation does not have a prediction for each of its images');
  return {
    ...{ split, step: whole(one.step, LARGEST_COUNT), epoch: whole(one.epoch, LARGEST_COUNT) },
    ...{ images, loss: measured(one.loss), accuracy: measured(one.accuracy), classes, perClass },
    macro: { precision: measured(macro.precision), recall: measured(macro.recall), f1: measured(macro.f1) },
    readings,
  };
}

/** @param {Record<string, unknown>} metrics */
function checkedClass({ precision, recall, f1, support }) {
  const shares = { precision: orNull(precision), recall: orNull(recall), f1: orNull(f1) };
  return { ...shares, support: whole(support, MOST_IMAGES) };
}

/**
 * Counts and predictions must be of the classes and images that there are.
 * @param {Pick<Evaluation, 'classes' | 'images' | 'confusion' | 'predicted' | 'confidence'>} evaluation
 */
export function checkPredictions({ classes, images, confusion, predicted, confidence }) {
  if (confusion.reduce((sum, count) => sum + count, 0) !== images) {
    throw new RangeError('a confusion matrix does not have as many images as its evaluation');
  }
  if (predicted.some((digit) => digit >= classes)) throw new RangeError('a prediction in it is not one of the classes');
  if (confidence.some((share) => share < 0 || share > 1))
    throw new RangeError('a probability in it is not between 0 and 1');
}
