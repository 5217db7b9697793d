import { expect, test } from 'vitest';
import { cutOff } from './curves.js';

const format = (/** @type {number} */ value) => `${value}`;

test('cutOff says what a plot leaves out, and nothing where it shows all', () => {
  const data = [
    [1, 2, 3],
    [0.005, null, 0.5],
    [undefined, 0.02, 12],
  ];
  expect(cutOff(data, [0.01, 10], format)).toBe('; values below 0.01 or above 10 are not shown');
  expect(cutOff(data, [0.001, 10], format)).toBe('; values above 10 are not shown');
  expect(cutOff(data, [0.001, 12], format)).toBe('');
});
