import { expect, test } from 'vitest';
import { imageProducts, indexOfWeight, nameOfPlace, partsOf, probeProducts, pullOf, sharesOf } from './weight-story.js';

/** Two filters of 2 × 2 over two maps of 3 × 3, padded by one above and to the left. @type {import('./geometry.js').Geometry} */
const conv = {
  layer: 0,
  spec: { type: 'conv2d', filters: 2, kernel_size: [2, 2], stride: [1, 1], padding: [1, 1] },
  input: { channels: 2, height: 3, width: 3 },
  output: { channels: 2, height: 4, width: 4 },
  ...{ kernel: [2, 2], stride: [1, 1], padding: [1, 1] },
};

/** @type {import('./geometry.js').Geometry} */
const dense = {
  layer: 1,
  spec: { type: 'dense', units: 2 },
  input: { channels: 3, height: 1, width: 1 },
  output: { channels: 2, height: 1, width: 1 },
  ...{ kernel: [1, 1], stride: [1, 1], padding: [0, 0] },
};

/** @param {number} index */
const weight = (index) => /** @type {const} */ ({ layer: 0, kind: 'weight', index });
/** @param {number} index */
const bias = (index) => /** @type {const} */ ({ layer: 0, kind: 'bias', index });

test('partsOf and nameOfPlace find a weight within its filter, and name it', () => {
  expect(partsOf(conv, weight(13))).toEqual({ filter: 1, channel: 1, row: 0, column: 1 });
  expect(nameOfPlace(conv, weight(13))).toBe('filter 2, channel 2, row 1, column 2');
  expect(indexOfWeight(conv, { filter: 1, channel: 1, row: 0, column: 1 })).toBe(13);
  expect(indexOfWeight(conv, { filter: 9, channel: -1, row: 1, column: Number.NaN })).toBe(10);
  expect(nameOfPlace(conv, bias(1))).toBe('bias of filter 2');
  expect(partsOf(dense, weight(5))).toEqual({ filter: 1, channel: 2, row: 0, column: 0 });
  expect(nameOfPlace(dense, weight(5))).toBe('unit 2, weight of input 3');
  expect(nameOfPlace(dense, bias(1))).toBe('bias of unit 2');
  const classes = ['trousers', 'bag'];
  expect(nameOfPlace(dense, weight(5), classes)).toBe('score for bag, weight of input 3');
  expect(nameOfPlace(dense, bias(0), classes)).toBe('bias of the score for trousers');
});

test('probeProducts multiplies a weight with the input under it, and with 0 in the padding', () => {
  const inputs = Float32Array.from({ length: 18 }, (_, index) => index + 1);
  const gradients = Float32Array.from({ length: 32 }, (_, index) => (index < 16 ? 0 : 1));
  const map = probeProducts(conv, weight(13), inputs, gradients);
  expect(map).toMatchObject({ rows: 4, columns: 4 });
  expect(Array.from(map.products)).toEqual([0, 0, 0, 0, 10, 11, 12, 0, 13, 14, 15, 0, 16, 17, 18, 0]);
  expect(map.sum).toBe(126);
  expect(probeProducts(conv, bias(1), inputs, gradients).sum).toBe(16);
  expect(probeProducts(conv, weight(4), inputs, gradients).sum).toBe(0);
  expect(
    probeProducts(
      conv,
      weight(13),
      inputs,
      gradients.map((gradient) => -gradient),
    ).products[0],
  ).toBe(0);
});

test('probeProducts of a unit is one product', () => {
  expect(probeProducts(dense, weight(4), Float32Array.of(1, 2, 3), Float32Array.of(10, 20))).toMatchObject({
    rows: 1,
    columns: 1,
    sum: 40,
  });
  expect(probeProducts(dense, bias(0), Float32Array.of(1, 2, 3), Float32Array.of(10, 20)).sum).toBe(10);
});

test('sharesOf sorts images by the size of their share, and pullOf adds them up in each direction', () => {
  /** @type {import('../model/reports.js').WeightStep} */
  const weightStep = {
    ...{ place: { layer: 1, kind: 'weight', index: 4 }, step: 3, gradient: -1, learningRate: 0.1, updates: 4 },
    ...{ images: Uint32Array.of(70, 71, 72), labels: Uint8Array.of(1, 2, 3), pixels: new Uint8Array(0) },
    ...{ inputs: Float32Array.of(1, 2, 3), gradients: Float32Array.of(1, -2.5, 1) },
    ...{ before: { value: 0, first: 0, second: 0 }, after: { value: 0, first: 0, second: 0 } },
  };
  const shares = sharesOf(dense, weightStep);
  expect(shares.map(({ image, label, share }) => [image, label, share])).toEqual([
    [71, 2, -5],
    [72, 3, 3],
    [70, 1, 1],
  ]);
  expect(imageProducts(dense, weightStep, 1).sum).toBe(-5);
  expect(pullOf(shares)).toEqual({ up: 4, down: -5, sum: -1 });
  expect(pullOf([])).toEqual({ up: 0, down: 0, sum: 0 });
});
