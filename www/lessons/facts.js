/** Numbers of the network that is training, which the text of a card may name: `{accuracy}`. */

import { fraction, integer, NOTHING, number, percent, points, probability, shownDifference } from '../lib/format.js';
import { EXAMPLE_CLASS } from './callouts.js';

/** @typedef {import('../model/reports.js').Evaluation} Evaluation */
/** @typedef {import('../model/reports.js').ProbeReading} ProbeReading */
/** @typedef {import('../model/spec.js').Spec} Spec */

/**
 * `names` are those of the classes. `training` is the accuracy on the images that it learns
 * from. `evaluation` is that of the test images.
 * @typedef {{
 *   names: readonly string[], step: number, spec: Spec, reading: ProbeReading | null, evaluation: Evaluation | null,
 *   training: number,
 * }} Known
 */

/** @type {Record<string, (known: Known) => string>} */
const TELL = {
  step: ({ step }) => integer(step),
  learningRate: ({ spec }) => number(spec.training.optimizer.learning_rate),
  batch: ({ spec }) => integer(spec.training.batch_size),
  trainingImages: ({ spec }) => integer(spec.data.training_images),
  kernel: ({ spec }) => windowOf(spec, 'conv2d'),
  pool: ({ spec }) => windowOf(spec, 'max_pool2d'),
  guess: ({ names, reading }) => names[guessOf(reading)] ?? NOTHING,
  aGuess: ({ names, reading }) => articled(names[guessOf(reading)]),
  share: ({ reading }) => probability(reading?.probabilities[guessOf(reading)]),
  score: ({ reading }) => number(reading?.logits[guessOf(reading)]),
  label: ({ names, reading }) => names[reading?.label ?? -1] ?? NOTHING,
  aLabel: ({ names, reading }) => articled(names[reading?.label ?? -1]),
  labelShare: ({ reading }) => probability(labelShare(reading)),
  loss: ({ reading }) => number(-Math.log(labelShare(reading))),
  accuracy: ({ evaluation }) => percent(evaluation?.accuracy),
  training: ({ training }) => percent(training),
  gap: ({ training, evaluation }) => points(shownDifference(training, evaluation?.accuracy ?? NaN)),
  images: ({ evaluation }) => integerOr(evaluation?.images),
  mistakes: ({ evaluation }) => integerOr(evaluation && Math.round(evaluation.images * (1 - evaluation.accuracy))),
  hits: ({ evaluation }) => integerOr(evaluation && hits(evaluation)),
  columnTotal: ({ evaluation }) =>
    integerOr(evaluation && total(evaluation, (at) => at * evaluation.classes + EXAMPLE_CLASS)),
  rowTotal: ({ evaluation }) =>
    integerOr(evaluation && total(evaluation, (at) => EXAMPLE_CLASS * evaluation.classes + at)),
  precision: ({ evaluation }) => fraction(evaluation?.perClass[EXAMPLE_CLASS]?.precision),
  recall: ({ evaluation }) => fraction(evaluation?.perClass[EXAMPLE_CLASS]?.recall),
  f1: ({ evaluation }) => fraction(evaluation?.perClass[EXAMPLE_CLASS]?.f1),
};

export const FACTS = Object.keys(TELL);

const PLACEHOLDER = /\{(\w+)\}/g;

/** @param {string} text */
export const placeholdersOf = (text) => [...text.matchAll(PLACEHOLDER)].map(([, name]) => String(name));

/** The text with its facts filled in, and dots for what is not known yet. @param {string} text @param {Known} known */
export const filled = (text, known) =>
  text.replace(PLACEHOLDER, (_, name) => (TELL[name]?.(known) ?? NOTHING).replace(NOTHING, '…'));

/** The size of the window of the first layer of a kind. @param {Spec} spec @param {'conv2d' | 'max_pool2d'} kind */
function windowOf({ layers }, kind) {
  const [first] = layers.flatMap((layer) => (layer.type === kind ? [layer.kernel_size] : []));
  return first ? first.join(' × ') : NOTHING;
}

/** Lessons are about digits. @param {string | undefined} digit */
const articled = (digit) => (digit === undefined ? NOTHING : `${digit === '8' ? 'an' : 'a'} ${digit}`);

/** @param {ProbeReading | null} reading */
const guessOf = (reading) => reading?.probabilities.indexOf(Math.max(...reading.probabilities)) ?? -1;

/** @param {ProbeReading | null} reading */
const labelShare = (reading) => reading?.probabilities[reading.label ?? -1] ?? NaN;

/** @param {number | null | undefined} count */
const integerOr = (count) => (count === null || count === undefined ? NOTHING : integer(count));

/** @param {Evaluation} evaluation */
const hits = ({ confusion, classes }) => Number(confusion[EXAMPLE_CLASS * (classes + 1)]);

/** @param {Evaluation} evaluation @param {(at: number) => number} cell */
const total = ({ confusion, classes }, cell) =>
  Array.from({ length: classes }, (_, at) => Number(confusion[cell(at)])).reduce((sum, count) => sum + count, 0);
