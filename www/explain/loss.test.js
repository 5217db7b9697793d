import { expect, test } from 'vitest';
import { logitGradients, lossOf, normalised, predictedChange } from './loss.js';

test('lossOf is minus the logarithm of the probability of the label', () => {
  const logits = [1, -2, 0.5];
  const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
  logits.forEach((logit, label) => expect(lossOf(logits, label)).toBeCloseTo(-Math.log(Math.exp(logit) / sum), 12));
});

test('lossOf does not overflow for large logits, and is nearly 0 for a confident answer', () => {
  expect(lossOf([1000, 0], 0)).toBe(0);
  expect(lossOf([1000, 0], 1)).toBe(1000);
});

test('logitGradients is the slope of the loss', () => {
  const logits = [0.5, -1, 2];
  const powers = logits.map(Math.exp);
  const probabilities = powers.map((power) => power / powers.reduce((a, b) => a + b));
  const gradients = logitGradients(probabilities, 1);
  logits.forEach((_, digit) => {
    const moved = (/** @type {number} */ by) => logits.map((logit, at) => logit + (at === digit ? by : 0));
    const slope = (lossOf(moved(1e-5), 1) - lossOf(moved(-1e-5), 1)) / 2e-5;
    expect(gradients[digit]).toBeCloseTo(slope, 6);
  });
});

test('predictedChange is in the units of the network’s input', () => {
  const normalization = { mean: 0.1307, deviation: 0.3081 };
  expect(normalised(255, normalization)).toBeCloseTo((1 - 0.1307) / 0.3081, 12);
  expect(predictedChange(0.5, 0, 255, normalization)).toBeCloseTo(0.5 / 0.3081, 12);
  expect(predictedChange(0.5, 40, 40, normalization)).toBe(0);
});
