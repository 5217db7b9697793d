import { expect, test } from 'vitest';
import { stepsToValidation } from './evaluation.js';

/** @param {number} stepsPerEpoch @param {number} epochs @returns {number[]} the steps after which validation images are evaluated */
function evaluatedAfter(stepsPerEpoch, epochs) {
  const found = [];
  for (let step = 0; step < stepsPerEpoch * epochs;) {
    const epoch = Math.floor(step / stepsPerEpoch);
    const stepInEpoch = step % stepsPerEpoch;
    step += stepsToValidation({ step, epoch, stepInEpoch, stepsPerEpoch, totalSteps: 0, finished: false });
    found.push(step);
  }
  return found;
}

test('stepsToValidation: three evaluations in the first epoch, and one at the end of each later one', () => {
  expect(evaluatedAfter(1719, 3)).toEqual([215, 860, 1719, 3438, 5157]);
});

test('stepsToValidation: one evaluation in an epoch of a single step', () => {
  expect(evaluatedAfter(1, 3)).toEqual([1, 2, 3]);
});

test('stepsToValidation: the next evaluation is always at least one step away', () => {
  for (let stepInEpoch = 0; stepInEpoch <= 20; stepInEpoch += 1) {
    const position = { step: 0, epoch: 0, stepsPerEpoch: 14, totalSteps: 0, finished: false };
    expect(stepsToValidation({ ...position, stepInEpoch })).toBeGreaterThan(0);
  }
});
