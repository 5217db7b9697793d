import { expect, test } from 'vitest';
import { mapsAlong, powerOf, strongest, walkOf } from './walk.js';

test('walkOf begins at the loss, passes every layer once and ends at the image', () => {
  /** @type {import('../model/spec.js').LayerSpec[]} */
  const layers = [
    { type: 'conv2d', filters: 2, kernel_size: [3, 3], stride: [1, 1], padding: [0, 0] },
    { type: 'relu' },
    { type: 'flatten' },
    { type: 'dense', units: 10 },
  ];
  const stops = walkOf(layers, ['conv', 'ReLU', 'flatten', 'dense']);
  expect(stops.map(({ kind }) => kind)).toEqual(['loss', 'softmax', 'dense', 'flatten', 'relu', 'conv2d']);
  expect(stops.map(({ reached }) => reached)).toEqual([5, 4, 3, 2, 1, 0]);
  expect(stops.map(({ layer }) => layer)).toEqual([null, null, 3, 2, 1, 0]);
  expect(stops.slice(2).map(({ title }) => title)).toEqual(['dense', 'flatten', 'ReLU', 'conv']);
  expect(stops.every(({ caption }) => caption.length > 20)).toBe(true);
});

test('mapsAlong follows a chosen map as far as maps are passed on one by one', () => {
  const layers = /** @type {import('../model/spec.js').LayerSpec[]} */ (
    ['conv2d', 'relu', 'max_pool2d', 'conv2d', 'relu', 'flatten', 'dense'].map((type) => ({ type }))
  );
  expect(mapsAlong(layers, { column: 2, image: 5 })).toEqual({ 1: 5, 2: 5, 3: 5 });
  expect(mapsAlong(layers, { column: 5, image: 3 })).toEqual({ 4: 3, 5: 3 });
  expect(mapsAlong(layers, { column: 0, image: 0 })).toEqual({ 0: 0 });
  expect(mapsAlong(layers, { column: 8, image: 0 })).toEqual({ 8: 0 });
});

test('powerOf returns a power of ten for unusually small or large numbers', () => {
  expect(powerOf([0.2, -12])).toBe(1);
  expect(powerOf([0, 0])).toBe(1);
  expect(powerOf([])).toBe(1);
  expect(powerOf([1e-9, -3.2e-6])).toBe(1e-6);
  expect(powerOf([4321])).toBe(1000);
  expect(powerOf([NaN])).toBe(1);
});

test('strongest finds the number with the largest absolute value', () => {
  expect(strongest([1, -3, 2])).toBe(1);
  expect(strongest([0, 0])).toBe(0);
  expect(strongest([])).toBe(0);
});
