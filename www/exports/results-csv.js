/** The results of an evaluation as tables. Names of classes are those of the data set. */

import { writeCsv } from './csv.js';

/** @typedef {import('../model/reports.js').Evaluation} Evaluation */

/** @param {Evaluation} evaluation @param {readonly string[]} names */
export function confusionCsv({ classes, confusion }, names) {
  const all = namesOf(classes, names);
  const rows = all.map((name, label) => [name, ...confusion.subarray(label * classes, (label + 1) * classes)]);
  return writeCsv([['actual \\ predicted (images)', ...all], ...rows]);
}

/** @param {Evaluation} evaluation @param {readonly string[]} names @param {string} kind what the images are sorted by */
export function classesCsv({ perClass, macro, images }, names, kind) {
  const all = namesOf(perClass.length, names);
  const rows = perClass.map(({ precision, recall, f1, support }, label) => [
    ...[all[label], precision, recall, f1, support],
  ]);
  return writeCsv([
    [kind, 'precision (0 to 1)', 'recall (0 to 1)', 'F1 (0 to 1)', 'support (images)'],
    ...rows,
    ['macro average', macro.precision, macro.recall, macro.f1, images],
  ]);
}

/** @param {number} classes @param {readonly string[]} names */
const namesOf = (classes, names) => Array.from({ length: classes }, (_, label) => names[label] ?? String(label));
