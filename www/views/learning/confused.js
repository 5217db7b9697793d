/** A confusion matrix, its cells, and the images of one of them. */

import { integer, percent } from '../../lib/format.js';
import { countIn } from '../../model/confusion.js';

/** @typedef {import('../../model/reports.js').Evaluation} Evaluation */
/** @typedef {import('../../model/confusion.js').Cell} Cell */
/** @typedef {{ index: number, confidence: number }} Confused `index` counts in the evaluation's split */

/**
 * The images with the cell's label that were read as the cell's prediction, the most confident first.
 * @param {Evaluation} evaluation
 * @param {ArrayLike<number>} labels of its split
 * @param {Cell} cell
 * @returns {Confused[]}
 */
export function confusedIn({ predicted, confidence }, labels, cell) {
  /** @type {Confused[]} */
  const found = [];
  for (let index = 0; index < (predicted?.length ?? 0); index++) {
    if (predicted[index] !== cell.predicted || labels[index] !== cell.label) continue;
    found.push({ index, confidence: confidence?.[index] ?? NaN });
  }
  return found.sort((a, b) => b.confidence - a.confidence || a.index - b.index);
}

/**
 * A cell in words: how many images, of how many with its label.
 * @param {Cell} cell
 * @param {readonly string[]} names
 */
export const titleOf = ({ label, predicted }, names) =>
  label === predicted ? `${names[label]} recognised correctly` : `${names[label]} mistaken for ${names[predicted]}`;

/** A matrix of more classes has no room for numbers, and is painted. */
export const MOST_IN_TABLE = 12;

/**
 * How strong the colour of a cell is, in percent. The root makes the few mistakes of a good network visible beside its many
 * right answers.
 * @param {Evaluation} evaluation
 * @param {Cell} cell
 */
export function strengthOf(evaluation, cell) {
  const share = countIn(evaluation, cell) / Math.max(1, evaluation.perClass[cell.label]?.support ?? 1);
  return cell.label === cell.predicted
    ? Math.round(95 * share * share)
    : Math.round(Math.min(100, 100 * Math.sqrt(4 * share)));
}

/** @param {Evaluation} evaluation @param {Cell} cell @param {readonly string[]} names */
export function sentenceOf(evaluation, cell, names) {
  const [count, of] = [countIn(evaluation, cell), evaluation.perClass[cell.label]?.support ?? 0];
  return `${titleOf(cell, names)}: ${integer(count)} of ${integer(of)}, ${percent(of > 0 ? count / of : 0)}`;
}
