import { expect, test } from 'vitest';
import { isKeptStep, keptSteps } from './kept-steps.js';

test('kept steps are closer together at the start', () => {
  expect(keptSteps(10_000)).toEqual([0, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000]);
  expect([0, 9, 10, 11, 20].map(isKeptStep)).toEqual([false, false, true, false, true]);
});

test('keptSteps ends with the last step of the run, whichever it is', () => {
  expect(keptSteps(1)).toEqual([0, 1]);
  expect(keptSteps(75)).toEqual([0, 10, 20, 50, 75]);
});
