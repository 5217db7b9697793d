/** A run's record for tests of the log, made by hand: nothing has happened in it. */

import { Series } from '../curves.js';
import { SETS } from '../data-sets.js';
import { DEFAULT_PRESET } from '../presets.js';

/** @typedef {import('../reports.js').Evaluation} Evaluation */
/** @typedef {import('../log/record.js').RunRecord} RunRecord */

/** @param {Partial<RunRecord>} [known] @returns {RunRecord} */
export const record = (known) => ({
  ...{ train: new Series(), marks: [], evaluations: [], trained: [], spec: DEFAULT_PRESET.spec, classes: SETS.mnist },
  ...{ divergence: null, deaths: [], norms: [], ...known },
});

/** @param {number} steps @param {(step: number) => { loss?: number, accuracy?: number }} at */
export function curve(steps, at) {
  const series = new Series();
  for (let step = 1; step <= steps; step++) {
    const { loss = 1, accuracy = 0.5 } = at(step);
    series.add(step, loss, accuracy);
  }
  return series;
}

/** Of the validation images; each class has the recall and precision that is given, or the accuracy. @param {Partial<Evaluation> & { recalls?: number[], precision?: number }} known @returns {Evaluation} */
export function evaluation({ recalls, precision, ...known }) {
  const { accuracy = 0.5 } = known;
  const perClass = SETS.mnist.long.map((_, index) => ({
    ...{ recall: recalls?.[index] ?? accuracy, precision: precision ?? accuracy, f1: accuracy, support: 500 },
  }));
  return {
    ...{ split: 'validation', step: 0, epoch: 0, images: 5_000, loss: 1, accuracy, classes: 10, perClass },
    ...{ confusion: new Uint32Array(100), macro: { precision: accuracy, recall: accuracy, f1: accuracy } },
    ...{ predicted: new Uint8Array(), confidence: new Float32Array(), ...known },
  };
}
