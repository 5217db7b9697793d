import { expect, test } from 'vitest';
import { shortOfOne } from './short-of-one.js';

test('what is short of 1 is not rounded to it', () => {
  expect([0.997, -0.9974, 0.9997, -0.99974].map(shortOfOne)).toEqual(['0.997', '−0.997', '>0.999', '<−0.999']);
  expect([1, -1, 0, 0.5, null].map(shortOfOne)).toEqual(['1', '−1', '0', '0.5', '–']);
});
