import { expect, test } from 'vitest';
import { strongest, walkOf } from './walk.js';

test('the walk begins at the loss, passes every layer once and ends at the image', () => {
  /** @type {import('../spec.js').LayerSpec[]} */
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

test('the strongest number is the largest in size', () => {
  expect(strongest([1, -3, 2])).toBe(1);
  expect(strongest([0, 0])).toBe(0);
  expect(strongest([])).toBe(0);
});
