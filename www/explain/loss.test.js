import { expect, test } from 'vitest';
import { crossEntropy, logitGradients, normalised, predictedChange } from './loss.js';

test('the loss is the logarithm of the probability, however large the logits', () => {
  expect(crossEntropy([0, 0, 0, 0], 2)).toBeCloseTo(Math.log(4), 12);
  expect(crossEntropy([1000, 0], 1)).toBe(1000);
  expect(crossEntropy([1000, 0], 0)).toBe(0);
});

test('the gradient of the logits is the slope of the loss', () => {
  const logits = [0.5, -1, 2];
  const powers = logits.map(Math.exp);
  const probabilities = powers.map((power) => power / powers.reduce((a, b) => a + b));
  const gradients = logitGradients(probabilities, 1);
  logits.forEach((_, digit) => {
    const moved = (/** @type {number} */ by) => logits.map((logit, at) => logit + (at === digit ? by : 0));
    const slope = (crossEntropy(moved(1e-5), 1) - crossEntropy(moved(-1e-5), 1)) / 2e-5;
    expect(gradients[digit]).toBeCloseTo(slope, 6);
  });
});

test('a change is predicted in the units of what the network gets', () => {
  const normalization = { mean: 0.1307, deviation: 0.3081 };
  expect(normalised(255, normalization)).toBeCloseTo((1 - 0.1307) / 0.3081, 12);
  expect(predictedChange(0.5, 0, 255, normalization)).toBeCloseTo(0.5 / 0.3081, 12);
  expect(predictedChange(0.5, 40, 40, normalization)).toBe(0);
});
