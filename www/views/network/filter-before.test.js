import { expect, test } from 'vitest';
import { columnsOf } from './columns.js';
import { filterBefore } from './filter-before.js';

const size = { shape: [4, 26, 26], parameters: 40, multiply_adds: 1 };
const conv = { type: 'conv2d', filters: 4, kernel_size: [3, 3], stride: [1, 1], padding: [0, 0] };
const pool = { type: 'max_pool2d', kernel_size: [2, 2], stride: [2, 2], padding: [0, 0] };

/** @param {any[]} layers @param {any[]} shapes */
const columns = (layers, shapes) =>
  columnsOf(/** @type {any} */ ({ layers }), /** @type {any} */ ({ input: [1, 28, 28], layers: shapes, classes: 10 }));

test('filterBefore finds the convolution that made a map, through ReLU and pooling', () => {
  const all = columns([conv, { type: 'relu' }, pool, { type: 'flatten' }], [size, size, size, { ...size, shape: [4] }]);
  expect([1, 2, 3].map((index) => filterBefore(all, index)?.title)).toEqual([
    all[1]?.title,
    all[1]?.title,
    all[1]?.title,
  ]);
  expect([0, 4, 5, 9].map((index) => filterBefore(all, index))).toEqual([null, null, null, null]);
});

test('filterBefore finds none where maps are made of the input itself', () => {
  const all = columns([pool], [{ ...size, shape: [1, 14, 14] }]);
  expect(filterBefore(all, 1)).toBeNull();
});
