import { expect, test } from 'vitest';
import { largestFirst } from './class-names.js';

test('ten classes keep their order; of more, the largest numbers come first', () => {
  expect(largestFirst([0.1, 0.9], 2)).toEqual([0, 1]);
  const many = Float32Array.from({ length: 12 }, (_, label) => (label === 3 ? -5 : label / 12));
  expect(largestFirst(many, 12).slice(0, 3)).toEqual([3, 11, 10]);
  expect(largestFirst(null, 12)[0]).toBe(0);
  expect(largestFirst(new Float32Array(12).fill(NaN), 12)).toHaveLength(12);
});
