/** What is made of the lives of the training images: lists, counts, and how many wrong labels are found. */

import { integer } from '../../lib/format.js';
import { isCorrect } from '../../model/lives.js';

/** @typedef {import('../../model/lives.js').Lives} Lives */
/** @typedef {import('../../model/lives.js').Life} Life */

export const LISTS = /** @type {const} */ (['never', 'forgotten', 'mislabelled']);
/** @typedef {typeof LISTS[number]} List */

/** The loss of a guess that gives every class the same probability. @param {number} classes */
export const guessing = (classes) => Math.log(classes);

/**
 * @typedef {{
 *   passed: number, learned: number, never: number, forgotten: number, kept: number, twice: number,
 * }} Counts `twice`: images that have passed more than once; `kept`: learned and never forgotten
 */

/** Before every image has passed twice, what is not learned may only not have had its chance. @param {Counts} counts @param {Lives} lives */
export const isEarly = ({ twice }, { images }) => twice < images;

/** @param {Lives} lives @returns {Counts} */
export function countsOf({ passes, learned, forgotten, images }) {
  const counts = { passed: 0, learned: 0, never: 0, forgotten: 0, kept: 0, twice: 0 };
  for (let image = 0; image < images; image += 1) {
    if (passes[image] === 0) continue;
    counts.passed += 1;
    if (Number(passes[image]) > 1) counts.twice += 1;
    if (learned[image] === 0) counts.never += 1;
    else if (forgotten[image] === 0) counts.kept += 1;
    if (Number(forgotten[image]) > 0) counts.forgotten += 1;
  }
  counts.learned = counts.passed - counts.never;
  return counts;
}

/**
 * The images of a list, those first that belong there most.
 * @param {Lives} lives
 * @param {List} list
 * @param {{ classes: number, label: number | null }} options `label`: only images that are learnt as this class
 * @returns {number[]}
 */
export function listOf(lives, list, { classes, label }) {
  const { passes, learned, forgotten, meanLoss, labels, images } = lives;
  const limit = guessing(classes);
  const belongs = {
    never: (/** @type {number} */ image) => learned[image] === 0,
    forgotten: (/** @type {number} */ image) => Number(forgotten[image]) > 0,
    mislabelled: (/** @type {number} */ image) => Number(meanLoss[image]) > limit,
  }[list];
  /** @type {number[]} */
  const found = [];
  for (let image = 0; image < images; image += 1) {
    if (passes[image] === 0 || (label !== null && labels[image] !== label)) continue;
    if (belongs(image)) found.push(image);
  }
  const more = (/** @type {number} */ a, /** @type {number} */ b) =>
    (list === 'forgotten' ? Number(forgotten[b]) - Number(forgotten[a]) : 0) ||
    Number(meanLoss[b]) - Number(meanLoss[a]);
  return found.sort(more);
}

/**
 * How often the images of the list "forgotten" were, and how they are ordered.
 * @param {Lives} lives
 * @param {readonly number[]} images in their order
 */
export function forgottenWords({ forgotten }, images) {
  const most = Number(forgotten[images[0] ?? -1] ?? 0);
  const order = 'The most often forgotten come first; among equals, the largest mean loss.';
  if (most === 0) return order;
  const often = images.filter((image) => forgotten[image] === most).length;
  if (often === images.length) return `Each was forgotten ${times(most)}: the largest mean loss comes first.`;
  return `Forgotten ${times(most)}: ${integer(often)} of ${integer(images.length)}, the others less often. ${order}`;
}

/** @param {number} count */
export const times = (count) => (count === 1 ? 'once' : count === 2 ? 'twice' : `${integer(count)} times`);

/**
 * How many images were first classified correctly in each epoch, or in each few of them, and in the one under way.
 * @param {Lives} lives
 * @param {number} [most] bars
 * @returns {{ from: number, to: number, images: number, isRunning: boolean }[]} `from` and `to` are epochs, counted from 1
 */
export function learnedIn({ learned, passes, firstEpoch, epochs, images, running }, most = 40) {
  const width = Math.max(1, Math.ceil(epochs / most));
  const bars = Array.from({ length: Math.ceil(epochs / width) }, (_, bar) => {
    const from = firstEpoch + bar * width;
    return { from, to: Math.min(from + width, firstEpoch + epochs) - 1, images: 0, isRunning: false };
  });
  for (let image = 0; image < images; image += 1) {
    if (passes[image] === 0 || learned[image] === 0) continue;
    const bar = bars[Math.floor((Number(learned[image]) - firstEpoch) / width)];
    if (bar) bar.images += 1;
  }
  if (!running) return bars;
  const { epoch, learned: newly } = running;
  const under = { from: epoch, to: epoch, images: newly, isRunning: true };
  return [...bars.filter(({ from }) => from < epoch), under];
}

/**
 * Of the images that have passed, those whose label is wrong, and how many of them a list of the largest mean losses finds.
 * @typedef {{
 *   wrong: number, listed: number, found: number, precision: number, recall: number,
 *   curve: { listed: number[], precision: number[], recall: number[] },
 * }} Finding
 */

/** Points of a curve. */
const POINTS = 120;

/**
 * @param {Lives} lives
 * @param {Uint8Array} own the labels in the data set
 * @param {number} classes
 * @returns {Finding}
 */
export function findingOf({ passes, labels, meanLoss, images }, own, classes) {
  const all = Array.from({ length: images }, (_, image) => image).filter((image) => passes[image] !== 0);
  const isWrong = (/** @type {number} */ image) => labels[image] !== own[image];
  const wrong = all.filter(isWrong).length;
  const listed = all.filter((image) => Number(meanLoss[image]) > guessing(classes)).length;
  const far = Math.min(all.length, Math.ceil(1.25 * Math.max(wrong, listed)));
  const ranked = all.sort((a, b) => Number(meanLoss[b]) - Number(meanLoss[a])).slice(0, far);
  const every = Math.max(1, Math.floor(far / POINTS));
  const curve = {
    listed: /** @type {number[]} */ ([]),
    precision: /** @type {number[]} */ ([]),
    recall: /** @type {number[]} */ ([]),
  };
  let [found, foundByRule] = [0, 0];
  ranked.forEach((image, place) => {
    if (isWrong(image)) found += 1;
    const count = place + 1;
    if (count === listed) foundByRule = found;
    if (count % every !== 0 && count !== far) return;
    curve.listed.push(count);
    curve.precision.push(found / count);
    curve.recall.push(share(found, wrong));
  });
  return {
    ...{ wrong, listed, found: foundByRule, curve },
    ...{ precision: share(foundByRule, listed), recall: share(foundByRule, wrong) },
  };
}

/** @param {number} part @param {number} whole */
const share = (part, whole) => (whole > 0 ? part / whole : 0);

/**
 * One image's life in numbers.
 * @param {Life} life
 * @param {number} firstEpoch counted from 1
 * @returns {{ learned: number | null, forgotten: number, wrong: number, passes: number }} `learned`: the epoch
 */
export function lifeCounts({ passes }, firstEpoch) {
  const seen = [...passes].filter((pass) => pass > 0);
  const first = passes.findIndex(isCorrect);
  return {
    learned: first < 0 ? null : firstEpoch + first,
    forgotten: seen.filter((pass, at) => at > 0 && !isCorrect(pass) && isCorrect(Number(seen[at - 1]))).length,
    wrong: seen.filter((pass) => !isCorrect(pass)).length,
    passes: seen.length,
  };
}

/**
 * Whole powers of ten around losses.
 * @param {readonly (number | null)[]} losses
 * @returns {[number, number]}
 */
export function lossRange(losses) {
  const known = losses.filter((loss) => loss !== null);
  const lowest = Math.floor(Math.log10(Math.min(0.1, ...known)));
  const highest = Math.ceil(Math.log10(Math.max(1, ...known)));
  return [10 ** lowest, 10 ** highest];
}
