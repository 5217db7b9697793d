import { expect, test } from 'vitest';
import { columnsOf } from '../network/columns.js';
import { drawnSize, opened, placeOfLargest, planeOf } from './opened.js';

const spec = /** @type {any} */ ({
  layers: [
    { type: 'conv2d', filters: 2, kernel_size: [3, 3], stride: [1, 1], padding: [0, 0] },
    { type: 'relu' },
    { type: 'flatten' },
    { type: 'dense', units: 2 },
  ],
  normalization: { mean: 0.5, deviation: 0.5 },
});
const layer = (/** @type {number[]} */ ...shape) => ({ type: '', shape, parameters: 1, multiply_adds: 1 });
const summary = /** @type {any} */ ({
  ...{ input: [1, 4, 4], layers: [layer(2, 2, 2), layer(2, 2, 2), layer(8), layer(2)], classes: 2 },
});
const columns = columnsOf(spec, summary);
const snapshot = (/** @type {number[]} */ sizes = [8, 8, 8, 2]) =>
  /** @type {any} */ ({
    reading: {
      ...{ pixels: new Uint8Array(16).fill(255), label: 1, logits: Float32Array.of(1, 2) },
      ...{ probabilities: Float32Array.of(0.3, 0.7), activations: sizes.map((size) => new Float32Array(size)) },
    },
    filters: [{ layer: 0, weights: new Float32Array(18) }],
    parameters: [{ layer: 3, weight: new Float32Array(16), bias: Float32Array.of(4, 5) }],
  });

test('opened returns the input and the output of every column', () => {
  const made = columns.map((column) => opened(spec, summary, snapshot(), column));
  expect(made.map((open) => open?.kind)).toEqual(['pixels', 'conv', 'each', 'flatten', 'dense', 'answer']);
  expect(made[1]?.input[0]).toBe(1);
  expect(made[1]?.weights).toHaveLength(18);
  expect(made[1]?.biases).toBeNull();
  expect(made[4]?.weights).toHaveLength(16);
  expect(made[4]?.biases?.[1]).toBe(5);
  expect(made[4]?.maps).toEqual({ channels: 2, height: 2, width: 2 });
  expect([made[5]?.input[1], made[5]?.output[1]]).toEqual([2, Math.fround(0.7)]);
});

test('opened is null for numbers of another network, and does not use its weights', () => {
  const [, conv, relu, flatten, dense, answer] = columns;
  if (!conv || !relu || !flatten || !dense || !answer) throw new Error('no columns');
  expect(opened(spec, summary, snapshot([4, 4]), conv)).toBeNull();
  expect(opened(spec, summary, snapshot([8, 4, 8, 2]), flatten)).toBeNull();
  expect(opened(spec, summary, null, relu)).toBeNull();
  const other = snapshot();
  other.filters[0].weights = new Float32Array(5);
  other.parameters[0].bias = new Float32Array(3);
  other.reading.logits = new Float32Array(3);
  expect(opened(spec, summary, other, conv)?.weights).toBeNull();
  expect(opened(spec, summary, other, dense)?.biases).toBeNull();
  expect(opened(spec, summary, other, answer)).toBeNull();
});

test('planeOf returns one map, or all units', () => {
  const values = Float32Array.from({ length: 12 }, (_, index) => index);
  expect([...planeOf(values, { channels: 3, height: 2, width: 2 }, 1, false).values]).toEqual([4, 5, 6, 7]);
  expect(planeOf(values, { channels: 12, height: 1, width: 1 }, 0, true)).toMatchObject({ rows: 3, columns: 4 });
  expect(drawnSize({ channels: 10, height: 1, width: 1 })).toEqual({ channels: 1, height: 3, width: 4 });
  expect(placeOfLargest(Float32Array.of(-3, -1, -2))).toBe(1);
});
