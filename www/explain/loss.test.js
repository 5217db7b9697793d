import { expect, test } from 'vitest';
import { lossOf } from './loss.js';

test('the loss is minus the logarithm of the probability of the label', () => {
  const logits = [1, -2, 0.5];
  const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
  logits.forEach((logit, label) => expect(lossOf(logits, label)).toBeCloseTo(-Math.log(Math.exp(logit) / sum), 12));
});

test('large logits overflow nothing, and a sure answer has a loss of next to nothing', () => {
  expect(lossOf([1000, 0], 0)).toBe(0);
  expect(lossOf([1000, 0], 1)).toBe(1000);
});
