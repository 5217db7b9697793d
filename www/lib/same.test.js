import { expect, test } from 'vitest';
import { same } from './same.js';

test('same: the order of fields does not matter, that of a list does', () => {
  expect(
    same({ seed: 1, data: { set: 'mnist', images: [1, 2] } }, { data: { images: [1, 2], set: 'mnist' }, seed: 1 }),
  ).toBe(true);
  expect(same({ images: [1, 2] }, { images: [2, 1] })).toBe(false);
  expect(same({ seed: 1, data: null }, { seed: 1 })).toBe(false);
  expect([same(null, null), same('a', 'a'), same(1, '1')]).toEqual([true, true, false]);
});
