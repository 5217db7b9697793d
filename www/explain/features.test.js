import { expect, test } from 'vitest';
import { KINDS } from '../model/layer-kinds.js';
import { hasWeights, isStraight, lastWeights, makerOf } from './features.js';

/** @typedef {import('../model/spec.js').LayerSpec} LayerSpec */

const layers = /** @type {LayerSpec[]} */ ([
  { type: 'conv2d', filters: 3, kernel_size: [1, 1], stride: [1, 1], padding: [0, 0] },
  { type: 'relu' },
  { type: 'flatten' },
  { type: 'dense', units: 2 },
]);

test('lastWeights is the last layer that learns, or the first layer', () => {
  expect(lastWeights(layers)).toBe(3);
  expect(lastWeights([...layers, { type: 'dropout', rate: 0.5 }])).toBe(3);
  expect(lastWeights([{ type: 'flatten' }])).toBe(0);
});

test('hasWeights agrees with the table of layers', () => {
  for (const { start, trainable = false } of Object.values(KINDS)) expect(hasWeights(start)).toBe(trainable);
});

test('makerOf is the layer before that learns, none if the features are pixels', () => {
  expect(makerOf(layers, 3)).toBe(0);
  expect(makerOf(layers, 0)).toBe(-1);
});

test('isStraight asks only from the layer on', () => {
  /** @type {LayerSpec[]} */
  const bent = [{ type: 'dense', units: 5 }, { type: 'gelu' }, { type: 'dense', units: 2 }, { type: 'relu' }];
  expect(isStraight(bent, 2)).toBe(true);
  expect(isStraight(bent, 0)).toBe(false);
});
