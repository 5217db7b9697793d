import { expect, test } from 'vitest';
import { CAPACITY, Curves, Series } from './curves.js';

/** @param {number} steps @param {(step: number) => number} [loss] */
function filled(steps, loss = (step) => step) {
  const series = new Series();
  for (let step = 1; step <= steps; step += 1) series.add(step, loss(step), 0.5);
  return series;
}

test('Series keeps every point of a short run', () => {
  const series = filled(CAPACITY);
  expect(series.length).toBe(CAPACITY);
  expect([series.step[0], series.step.at(-1)]).toEqual([1, CAPACITY]);
  expect(series.loss[99]).toBe(100);
});

test('Series stays within bounds over a million steps, from the first to the last', () => {
  const series = filled(1_000_000);
  expect(series.length).toBeLessThanOrEqual(CAPACITY);
  expect(series.length).toBeGreaterThan(CAPACITY / 4);
  expect(series.step.at(-1)).toBe(1_000_000);
  expect(series.step.every((step, i) => i === 0 || step > Number(series.step[i - 1]))).toBe(true);
});

test('Series averages neighbours when it is full, so that the overall mean stays', () => {
  const series = filled(4 * CAPACITY, (step) => (step % 2 ? 1 : 3));
  expect(series.loss.every((loss) => Math.abs(loss - 2) < 1e-6)).toBe(true);
});

test('Series adds the newest point even when it is full', () => {
  const series = filled(CAPACITY);
  series.add(CAPACITY + 1, 5, 0.5);
  expect(series.length).toBe(CAPACITY / 2 + 1);
  expect(series.loss.at(-1)).toBe(5);
});

test('truncate forgets later points, and the series continues from there', () => {
  const series = filled(100);
  series.truncate(60);
  expect([series.length, series.step.at(-1)]).toEqual([60, 60]);
  series.add(61, 7, 0.5);
  expect(series.loss.at(-1)).toBe(7);
});

test('mark joins marks of one step, and they are removed with their steps', () => {
  const curves = new Curves();
  curves.mark(5, 'Momentum 0.9 → 0.5');
  curves.mark(9, 'Batch size 32 → 64');
  curves.mark(9, 'Epochs 5 → 6');
  expect(curves.marks).toEqual([
    { step: 5, label: 'Momentum 0.9 → 0.5' },
    { step: 9, label: 'Batch size 32 → 64, Epochs 5 → 6' },
  ]);
  curves.truncate(8);
  expect(curves.marks).toHaveLength(1);
});

test('mark keeps a limited number of marks', () => {
  const curves = new Curves();
  for (let step = 0; step < 1_000; step += 1) curves.mark(step, 'x');
  expect(curves.marks.length).toBeLessThanOrEqual(200);
  expect(curves.marks.at(-1)?.step).toBe(999);
});
