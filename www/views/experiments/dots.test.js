import { expect, test } from 'vitest';
import { dotsOf } from './dots.js';

const run = (/** @type {string} */ name, /** @type {number} */ peeked, /** @type {number} */ honest) => ({
  name,
  values: { peeked, honest },
});

test('dotsOf marks the run with the best first value as soon as all have ended, on a scale that holds all', () => {
  const runs = [run('a', 0.9, 0.88), run('b', 0.95, 0.72), run('c', 0.85, 0.9)];
  const { rows, best, range, ticks } = dotsOf(runs);
  expect(rows[1]).toEqual({ name: 'b', values: [0.95, 0.72] });
  expect([best, range]).toEqual([1, [expect.closeTo(0.7), 1]]);
  expect(ticks).toHaveLength(7);
});

test('dotsOf has a row for a run that has not ended, and none is the best yet', () => {
  const { rows, best, range } = dotsOf([run('a', 0.9, 0.88), { name: 'b', values: null }]);
  expect(rows[1]).toEqual({ name: 'b', values: null });
  expect([best, range]).toEqual([null, [0.8, 1]]);
});
