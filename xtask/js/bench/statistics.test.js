import { expect, test } from 'vitest';
import { median, quantile } from './statistics.js';

test('median is the value in the middle, or the mean of the two there', () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([7])).toBe(7);
  expect(median([])).toBeNaN();
});

test('quantile: of a hundred values five are above the 95th percentile', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(quantile(values, 0.95)).toBe(95);
  expect(quantile([3], 0.95)).toBe(3);
});
