import { expect, test } from 'vitest';
import { DEFAULT_PRESET } from '../model/presets.js';
import { SUMMARY } from '../engine/testing/fake-session.js';
import { Run } from './run.js';

/** @param {'validation' | 'test'} split @param {number} step */
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
  for (const step of [10, 20]) run.judged(evaluation('validation', step));
  run.judged(evaluation('test', 20));
  run.data.changes = [10, 20];
  return run;
}

test('what lies after the step that is gone back to is forgotten, and that step is not', () => {
  const run = runOf();
  run.films.set(20, new Map());
  expect(run.truncate(10)).toEqual([20]);
  expect(run.steps).toEqual([0, 10]);
  expect(run.data).toMatchObject({ lastStep: 10, elapsed: 1, changes: [10] });
  expect(run.data.evaluations.map(({ step }) => step)).toEqual([10]);
  expect(run.films.size).toBe(0);
  run.truncate(50);
  expect(run.data.lastStep).toBe(10);
});

test('what is judged again at a step takes the place of what was said there', () => {
  const run = runOf();
  run.judged({ ...evaluation('validation', 20), accuracy: 0.5 });
  expect(run.data.evaluations.map(({ split, step }) => [split, step])).toEqual([
    ['validation', 10],
    ['test', 20],
    ['validation', 20],
  ]);
  expect(run.evaluationsAt(20).validation?.accuracy).toBe(0.5);
});

test('evaluations are found at their step and after it, and tell of single images only at the last of their split', () => {
  const run = runOf();
  expect([9, 10, 19, 20].map((step) => run.evaluationsAt(step).validation?.step)).toEqual([undefined, 10, 10, 20]);
  expect(run.data.evaluations.map(({ predicted }) => predicted.length)).toEqual([0, 2, 2]);
  // Three checkpoints, two evaluations of two images each, and three confusion matrices.
  expect(run.size).toBe(300 + 2 * 2 * 5 + 3 * 4 * 4);
});

test('of very many evaluations the last are kept', () => {
  const run = runOf();
  for (let step = 1; step <= 500; step += 1) run.judged(evaluation('validation', step));
  expect(run.data.evaluations).toHaveLength(400);
  expect(run.data.evaluations.map(({ step }) => step)).toEqual(Array.from({ length: 400 }, (_, at) => at + 101));
});
