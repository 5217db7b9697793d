import { expect, test } from 'vitest';
import { agreement, checked, closest, inFull } from './agreement.js';

test('checked marks a number that both computed', () => {
  expect([checked(0.1234561, 0.1234559), checked(0.1, 0.2), checked(1, undefined)]).toEqual(['0.12346 ✓', '0.2', '–']);
});

test('agreement counts digits from the first significant one', () => {
  expect(agreement(0.12345, 0.12399)).toEqual({ same: '0.123', rest: '450', digits: 3 });
  expect(agreement(0.0031234, 0.0031299)).toMatchObject({ same: '3.12', rest: '3400e−3', digits: 3 });
  expect(agreement(-2.5, -2.5)).toMatchObject({ same: '−2.500000', rest: '', digits: 7 });
  expect(agreement(0, 0)).toMatchObject({ rest: '', digits: 7 });
  expect(agreement(0.1, 0.1).same).toBe('0.100000');
  expect(agreement(1000, 1000)).toMatchObject({ same: '1.000000', rest: 'e3' });
});

test('agreement counts no more digits than are known, and those of 0.9999 and 1.0001', () => {
  expect(agreement(0.12345, 0.12399, 2)).toEqual({ same: '0.12', rest: '3450', digits: 2 });
  expect(agreement(0.9999, 1.0001)).toMatchObject({ same: '', digits: 3 });
});

test('agreement: a different sign, a different size and NaN agree in no digit', () => {
  for (const [value, other] of [
    [0.5, -0.5],
    [0.2, 0.00002],
    [1, 2],
    [Number.NaN, 1],
  ]) {
    expect(agreement(Number(value), Number(other))).toMatchObject({ same: '', digits: 0 });
  }
});

test('inFull writes a number as those beside it that are compared with it', () => {
  expect([inFull(-0.05435184), inFull(0.25), inFull(0)]).toEqual(['−5.435184e−2', '0.250000', '0.000000']);
  const { same, rest } = agreement(-0.05755857, -0.05435184);
  expect(same + rest).toBe('−5.755857e−2');
});

test('closest finds the closest of the measured slopes, and none in an empty list', () => {
  expect(closest([{ slope: 3 }, { slope: 2.1 }, { slope: Number.NaN }, { slope: 0 }], 2)).toBe(1);
  expect(closest([{ slope: 1 }, { slope: 3 }], 2)).toBe(0);
  expect(closest([], 2)).toBe(-1);
});
