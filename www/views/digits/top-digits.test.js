import { expect, test } from 'vitest';
import { channelsOf, strongest, topDigits } from './top-digits.js';

const top = {
  step: 9,
  images: 100,
  whole: true,
  count: 2,
  layers: [
    {
      layer: 0,
      images: Uint32Array.of(7, 8, 9, 0, 0, 0),
      values: Float32Array.of(3, 2, 1, 0, 0, 0),
      positions: Uint32Array.of(27, 0, 1, 0, 0, 0),
    },
  ],
};
const conv = { type: 'conv2d', filters: 3, kernel_size: [5, 5], stride: [1, 1], padding: [0, 0] };
/** @type {any} */
const network = { spec: { layers: [conv] }, summary: { input: [1, 20, 28], layers: [{ shape: [3, 16, 24] }] } };

test('topDigits returns digits with the patches that a channel sees, without those that do not activate it', () => {
  expect(topDigits(top, 0, 0, network)).toEqual([
    { image: 7, value: 3, patch: { row: 1, column: 3, height: 5, width: 5 } },
    { image: 8, value: 2, patch: { row: 0, column: 0, height: 5, width: 5 } },
  ]);
  expect(topDigits(top, 0, 1, network).map(({ image }) => image)).toEqual([9]);
  expect(topDigits(top, 0, 2, network)).toEqual([]);
});

test('strongest returns the largest activation of each channel', () => {
  expect(strongest(top, 0)).toEqual([3, 1, 0]);
  expect([channelsOf(top, 0), channelsOf(top, 4)]).toEqual([3, 0]);
});

test('topDigits of a layer or a channel that no longer exists has none', () => {
  expect(topDigits(top, 3, 0, network)).toEqual([]);
  expect(topDigits(top, 0, 40, network)).toEqual([]);
});
