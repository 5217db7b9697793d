/** The curves of runs as a table: a row for each step at which something was measured. */

import { setOf } from '../model/data-sets.js';
import { writeCsv } from './csv.js';
import { epochsOf } from './epochs.js';

/** @typedef {import('../model/curves.js').Curves} Curves */
/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('../model/training.js').Stretch} Stretch */
/** `number` is how the page names it; `forkedFrom` is what the run that it branched off was training with. @typedef {{ number: number, curves: Curves, spec: Spec, stretches: readonly Stretch[], forkedFrom: Spec | null }} CurvesOfRun */

const SPLITS = /** @type {const} */ (['train', 'validation', 'test']);
const HEADER = [
  ...['run', 'data', 'step', 'epoch (passes over the training images)'],
  ...['training', 'validation', 'test'].flatMap((name) => [`${name} loss (nats)`, `${name} accuracy (0 to 1)`]),
  'settings changed after this step',
];

/** @param {readonly CurvesOfRun[]} runs */
export const curvesCsv = (runs) => writeCsv([HEADER, ...runs.flatMap(rowsOf)]);

/** @param {CurvesOfRun} run @returns {import('./csv.js').Cell[][]} */
function rowsOf({ number, curves, spec, stretches, forkedFrom }) {
  /** @type {Map<number, (number | string | null)[]>} */
  const rows = new Map();
  const rowAt = (/** @type {number} */ step) => {
    const row = rows.get(step) ?? HEADER.slice(4).map(() => null);
    rows.set(step, row);
    return row;
  };
  SPLITS.forEach((split, index) => {
    const { step, loss, accuracy } = curves[split];
    step.forEach((at, point) => rowAt(at).splice(2 * index, 2, loss[point] ?? null, accuracy[point] ?? null));
  });
  for (const { step, label } of curves.marks) rowAt(step)[HEADER.length - 5] = label;
  const data = setOf(spec.data.set).name;
  const epochs = epochsOf(spec.data.training_images, stretches, (forkedFrom ?? spec).training.batch_size);
  return [...rows].sort(([a], [b]) => a - b).map(([step, cells]) => [number, data, step, epochs(step), ...cells]);
}
