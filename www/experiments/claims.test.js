import { expect, test } from 'vitest';
import { valuesByGroup } from './claims.js';

test('valuesByGroup is the mean of the seeds of a run, and of none if one is missing', () => {
  const planned = ['a', 'a', 'b', 'b'].map((group) => ({ group }));
  const values = [{ testAccuracy: 0.5, loss: 1 }, { testAccuracy: 0.75, loss: 3 }, { testAccuracy: 0.5 }, null];
  expect(valuesByGroup(planned, values)).toEqual({ a: { testAccuracy: 0.625, loss: 2 }, b: { testAccuracy: NaN } });
});

test('valuesByGroup leaves the values of a run without seeds as they are', () => {
  expect(valuesByGroup([{ group: 'a' }], [{ loss: 0.1 }])).toEqual({ a: { loss: 0.1 } });
  expect(valuesByGroup([{ group: 'a' }], [null])).toEqual({ a: {} });
});
