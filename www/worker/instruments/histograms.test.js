import { expect, test } from 'vitest';
import { histogram } from './histograms.js';

test('every number is in a bin, the least in the first and the largest in the last', () => {
  const { least, most, counts, zeros } = histogram([Float32Array.of(-1, 0, 0), Float32Array.of(1, 0.99)]);
  expect([least, most, zeros]).toEqual([-1, 1, 2]);
  expect([counts[0], counts[32], counts[63]]).toEqual([1, 2, 2]);
});

test('equal numbers, none at all, and what is no number have a histogram too', () => {
  expect(histogram([Float32Array.of(3, 3)])).toMatchObject({ least: 3, most: 3, zeros: 0 });
  expect(histogram([new Float32Array()])).toMatchObject({ least: 0, most: 0, zeros: 0 });
  const { counts } = histogram([Float32Array.of(NaN, 1, 2)]);
  expect(counts.reduce((sum, count) => sum + count)).toBe(2);
  expect(histogram([Float32Array.of(Infinity, 1)])).toMatchObject({ least: 0, most: 0 });
});
