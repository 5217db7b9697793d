import { expect, test } from 'vitest';
import { readDecimal } from './decimal.js';

/** @param {string} text */
const read = (text) => readDecimal(text).value;

test('readDecimal reads a point and a comma as decimal separators', () => {
  expect(['0.005', '0,005', '.5', ',5', '5.', '-0,02', '1,5', '12.3456'].map(read)).toEqual([
    ...[0.005, 0.005, 0.5, 0.5, 5, -0.02, 1.5, 12.3456],
  ]);
});

test('readDecimal reads exponents, a typographic minus, full-width digits and white space around', () => {
  expect(['1e-3', '1,5E2', '−2', ' 0.1 ', '１２', '+3'].map(read)).toEqual([0.001, 150, -2, 0.1, 12, 3]);
});

test('readDecimal takes groups of thousands out where they are plain to see', () => {
  expect(['1,234,567', '1,234.5', '1.234,5', '1.234.567', '55 000', '55\u202f000', "1'000"].map(read)).toEqual([
    ...[1_234_567, 1234.5, 1234.5, 1_234_567, 55_000, 55_000, 1_000],
  ]);
});

test('readDecimal does not guess what a comma before three digits means, unless only whole numbers are asked for', () => {
  expect(readDecimal('1,234')).toEqual({ value: NaN, meanings: [1234, 1.234] });
  expect(readDecimal('55,000', true)).toEqual({ value: 55_000, meanings: null });
  expect(readDecimal('0,123')).toEqual({ value: 0.123, meanings: null });
  expect(readDecimal('1.234')).toEqual({ value: 1.234, meanings: null });
});

test('readDecimal returns NaN for what is not a number', () => {
  for (const text of ['', ' ', 'abc', '1.2.3', '1,2,3', '1,23.4', '--1', '1e', '0x10', '5 5', ',', '.', 'Infinity'])
    expect(readDecimal(text), text).toEqual({ value: NaN, meanings: null });
});
