import { expect, test } from 'vitest';
import { DEFAULT_PRESET } from '../../model/presets.js';
import { guidedTile, guidedWeight } from './guided.js';

const columns = /** @type {any} */ ([
  { type: null, kind: 'input' },
  { type: 'conv2d', kind: 'maps' },
  { type: 'relu', kind: 'maps' },
  { type: 'conv2d', kind: 'maps' },
  { type: null, kind: 'answer' },
]);

test('guidedTile is of the first layer of the kind', () => {
  expect(guidedTile(columns, 'conv2d')).toEqual({ column: 1, image: 0 });
  expect(guidedTile(columns, 'input')).toEqual({ column: 0, image: 0 });
  expect(guidedTile(columns, 'softmax')).toEqual({ column: 4, image: 0 });
  expect([guidedTile(columns, 'dense'), guidedTile(columns, null)]).toEqual([null, null]);
});

test('guidedWeight is in the middle of a filter, and null without convolutions', () => {
  expect(guidedWeight(DEFAULT_PRESET.spec)).toEqual({ layer: 0, kind: 'weight', index: 12 });
  expect(guidedWeight({ ...DEFAULT_PRESET.spec, layers: [{ type: 'flatten' }] })).toBeNull();
});
