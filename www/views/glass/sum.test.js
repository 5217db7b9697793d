import { expect, test } from 'vitest';
import { sumOf } from './sum.js';

test('sumOf lists few channels one by one, and many around the selected one', () => {
  expect(sumOf([1, 2, 3], 1).map(({ value }) => value)).toEqual([1, 2, 3]);
  const many = Array.from({ length: 128 }, (_, index) => index);
  for (const channel of [0, 1, 60, 127]) {
    const parts = sumOf(many, channel);
    expect(parts.length).toBeLessThanOrEqual(3);
    expect(parts.find(({ index }) => index === channel)?.value).toBe(channel);
    expect(parts.reduce((total, { value }) => total + value, 0)).toBe((127 * 128) / 2);
  }
});

test('sumOf names channels listed together by their numbers, counted from 1', () => {
  const names = (/** @type {number} */ count, /** @type {number} */ channel) =>
    sumOf(new Array(count).fill(1), channel).map(({ name }) => name);
  expect(names(12, 0)).toHaveLength(12);
  expect(names(13, 1)).toEqual(['channel 1', 'channel 2', 'channels 3 to 13']);
});
