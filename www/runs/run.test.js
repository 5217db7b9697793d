import { expect, test } from 'vitest';
import { DEFAULT_PRESET } from '../model/presets.js';
import { SUMMARY } from './testing/summary.js';
import { Run } from './run.js';

/** @param {import('../model/reports.js').Split} split @param {number} step */
const evaluation = (split, step) =>
  /** @type {any} */ ({
    ...{
      split,
      step,
      predicted: Uint8Array.of(1, 2),
      confidence: Float32Array.of(0.5, 0.5),
      confusion: new Uint32Array(4),
    },
  });

function runOf() {
  const run = new Run({ id: 'a', spec: DEFAULT_PRESET.spec, summary: SUMMARY });
  for (const step of [0, 10, 20]) run.keep({ step, elapsed: step / 10, size: 100 });
  for (const step of [10, 20]) run.addEvaluation(evaluation('validation', step));
  run.addEvaluation(evaluation('test', 20));
  run.data.changes = [10, 20];
  return run;
}

test('truncate forgets everything after a step, and keeps that step', () => {
  const run = runOf();
  run.keepFilters(20, 0, Float32Array.of(1));
  expect(run.truncate(10)).toEqual([20]);
  expect(run.steps).toEqual([0, 10]);
  expect(run.data).toMatchObject({ lastStep: 10, elapsed: 1, changes: [10] });
  expect(run.data.evaluations.map(({ step }) => step)).toEqual([10]);
  expect(run.filtersAt(20, 0)).toBeNull();
  run.truncate(50);
  expect(run.data.lastStep).toBe(10);
});

test('addEvaluation replaces the evaluation of the same split and step', () => {
  const run = runOf();
  run.addEvaluation({ ...evaluation('validation', 20), accuracy: 0.5 });
  expect(run.data.evaluations.map(({ split, step }) => [split, step])).toEqual([
    ['validation', 10],
    ['test', 20],
    ['validation', 20],
  ]);
  expect(run.evaluationsAt(20).validation?.accuracy).toBe(0.5);
});

test('evaluationsAt finds the latest up to a step; predictions of single images are kept of the last of each split only', () => {
  const run = runOf();
  expect([9, 10, 19, 20].map((step) => run.evaluationsAt(step).validation?.step)).toEqual([undefined, 10, 10, 20]);
  expect(run.data.evaluations.map(({ predicted }) => predicted.length)).toEqual([0, 2, 2]);
  // Three checkpoints, two evaluations of two images each, three confusion matrices, and three points of curves.
  expect(run.size).toBe(300 + 2 * 2 * 5 + 3 * 4 * 4 + 3 * 12);
});

test('addEvaluation adds a point to the curve of its split, but none to that of the training steps', () => {
  const run = runOf();
  run.addEvaluation({ ...evaluation('validation', 20), accuracy: 0.5 });
  run.addEvaluation(evaluation('training', 20));
  expect([...run.curves.validation.step]).toEqual([10, 20]);
  expect(run.curves.validation.accuracy.at(-1)).toBe(0.5);
  expect(run.evaluationsAt(20).training?.step).toBe(20);
  expect([...run.curves.train.step]).not.toContain(20);
});

test('addEvaluation keeps the last 600', () => {
  const run = runOf();
  for (let step = 1; step <= 700; step += 1) run.addEvaluation(evaluation('validation', step));
  expect(run.data.evaluations).toHaveLength(600);
  expect(run.data.evaluations.map(({ step }) => step)).toEqual(Array.from({ length: 600 }, (_, at) => at + 101));
});
