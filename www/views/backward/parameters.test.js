import { expect, test } from 'vitest';
import { inputsOf, valueIn, weightsOf } from './parameters.js';

const parameters = [
  { layer: 0, weight: Float32Array.of(1, 2), bias: Float32Array.of(3) },
  { layer: 3, weight: Float32Array.of(4, 5), bias: Float32Array.of(6) },
];
const snapshot = /** @type {any} */ ({
  reading: { pixels: Uint8Array.of(0, 255), activations: [Float32Array.of(7), Float32Array.of(8)] },
  filters: [
    { layer: 0, weights: Float32Array.of(9) },
    { layer: 1, weights: Float32Array.of(10) },
  ],
  parameters,
});

test('valueIn finds a number in its layer, but not in one that is not watched', () => {
  expect(valueIn(parameters, { layer: 3, kind: 'weight', index: 1 })).toBe(5);
  expect(valueIn(parameters, { layer: 3, kind: 'bias', index: 0 })).toBe(6);
  expect(valueIn(parameters, { layer: 2, kind: 'weight', index: 0 })).toBeNull();
  expect(valueIn(undefined, { layer: 3, kind: 'bias', index: 0 })).toBeNull();
});

test('inputsOf returns the output of the layer before, or normalised pixels for the first', () => {
  const spec = { normalization: { mean: 0.5, deviation: 0.25 } };
  expect(inputsOf(snapshot, 0, spec)).toEqual(Float32Array.of(-2, 2));
  expect(inputsOf(snapshot, 1, spec)).toEqual(Float32Array.of(7));
  expect(inputsOf({ ...snapshot, reading: null }, 1, spec)).toBeNull();
});

test('weightsOf prefers watched weights to those shown as filters', () => {
  expect([0, 1, 2].map((layer) => weightsOf(snapshot, layer)?.[0])).toEqual([1, 10, undefined]);
});
