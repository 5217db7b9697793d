import { expect, test } from 'vitest';
import { Tuner } from './tuner.js';

/**
 * Trains until the tuner has settled.
 * @param {Tuner} tuner
 * @param {(helpers: number) => number} took milliseconds of a step with so many helpers
 */
function train(tuner, took, possible = 7) {
  for (let step = 0; step < 500; step += 1) {
    const helpers = Math.min(tuner.helpers, possible);
    tuner.measured(took(helpers), helpers, possible);
  }
  return tuner.helpers;
}

test('Tuner adds helpers as long as each saves time', () => {
  expect(train(new Tuner(7), (helpers) => 10 / (1 + Math.min(helpers, 3)))).toBe(3);
});

test('Tuner uses no helper where messages cost more than they save', () => {
  expect(train(new Tuner(7), (helpers) => 10 + helpers)).toBe(0);
});

test('Tuner tries no more helpers than allowed, or than there are blocks for', () => {
  expect(train(new Tuner(2), (helpers) => 10 / (1 + helpers))).toBe(2);
  expect(train(new Tuner(7), (helpers) => 10 / (1 + helpers), 1)).toBe(1);
});

test('Tuner ignores a step that was slow by chance', () => {
  let step = 0;
  expect(train(new Tuner(1), (helpers) => (step++ % 10 === 0 ? 100 : 10 / (1 + helpers)))).toBe(1);
});

test('Tuner does not count steps made while a helper is being started', () => {
  const tuner = new Tuner(1);
  while (tuner.helpers === 0) tuner.measured(10, 0, 7);
  for (let step = 0; step < 50; step += 1) tuner.measured(10, 0, 7);
  expect(tuner.helpers).toBe(1);
  expect(train(tuner, (helpers) => 10 / (1 + helpers))).toBe(1);
});

test('Tuner measures again after a while, because a helper may have become worthwhile', () => {
  const tuner = new Tuner(1);
  expect(train(tuner, () => 10)).toBe(0);
  for (let step = 0; step < 8_000; step += 1) {
    tuner.measured(10 / (1 + tuner.helpers), tuner.helpers, 7);
  }
  expect(tuner.helpers).toBe(1);
});
