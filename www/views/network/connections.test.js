import { expect, test } from 'vitest';
import { columnsOf } from './columns.js';
import { connectionsOf } from './connections.js';
import { DEFAULT_PRESET } from '../../model/presets.js';

const spec = DEFAULT_PRESET.spec;
const maps = [[8, 24, 24], [8, 24, 24], [8, 12, 12], [16, 8, 8], [16, 8, 8], [16, 4, 4], [256], [10]];
const layers = spec.layers.map(({ type }, index) => ({ type, shape: maps[index], parameters: 0, multiply_adds: 0 }));
const summary = /** @type {any} */ ({ input: [1, 28, 28], layers, classes: 10, parameters: 0, multiply_adds: 0 });
const columns = columnsOf(spec, summary);
const from = (/** @type {number} */ column, /** @type {number} */ image) =>
  connectionsOf(columns, spec.layers, { column, image });

test('connectionsOf: a convolution reads all maps, the layers after it read their own', () => {
  expect(spec.layers.map(({ type }) => type).slice(0, 4)).toEqual(['conv2d', 'relu', 'max_pool2d', 'conv2d']);
  expect(from(1, 3)).toEqual({ before: { column: 0, images: [0] }, after: { column: 2, images: [3] } });
  expect(from(3, 5).after?.images).toHaveLength(16);
  expect(from(4, 5).before?.images).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test('connectionsOf: units and the output are one tile, and the ends have only one side', () => {
  expect(from(6, 2).after).toEqual({ column: 7, images: [0] });
  expect(from(7, 0).before?.images).toHaveLength(16);
  expect(from(9, 0)).toEqual({ before: { column: 8, images: [0] }, after: null });
  expect(from(0, 0).before).toBeNull();
  expect(from(8, 0).after).toEqual({ column: 9, images: [0] });
});
