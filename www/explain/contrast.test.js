import { expect, test } from 'vitest';
import { accountOf } from './contrast.js';

/** @typedef {import('../model/spec.js').LayerSpec} LayerSpec */

/** Three maps of 1 × 2, flattened, and two classes. */
const layers = /** @type {LayerSpec[]} */ ([
  { type: 'conv2d', filters: 3, kernel_size: [1, 1], stride: [1, 1], padding: [0, 0] },
  { type: 'relu' },
  { type: 'flatten' },
  { type: 'dense', units: 2 },
]);
const shapes = [[3, 1, 2], [3, 1, 2], [6], [2]];
const network = /** @type {any} */ ({ layers });
const summary = /** @type {any} */ ({ input: [1, 1, 2], layers: shapes.map((shape) => ({ shape })) });
const contrast = {
  ...{ step: 0, first: 0, second: 1, layer: 3, logits: Float32Array.of(4, 1.25) },
  features: Float32Array.of(1, 2, 0, 1, 3, 0),
  slopes: Float32Array.of(1, 1.5, 7, -2, 0.5, 9),
  biases: Float32Array.of(0.5, 0.25),
  biasSlopes: Float32Array.of(1, -1),
  gradient: Float32Array.of(0, 0),
};

test('maps add up their products, and all terms the difference of the scores', () => {
  expect(accountOf(network, summary, contrast, 5)).toEqual({
    maps: { channels: 3, height: 1, width: 2 },
    products: Float32Array.of(1, 3, 0, -2, 1.5, 0),
    forFirst: [
      { channel: 0, amount: 4 },
      { channel: 2, amount: 1.5 },
    ],
    forSecond: [{ channel: 1, amount: -2 }],
    ...{ rest: 0, restCount: 0, bias: 0.25, bend: 0, sum: 3.75, difference: 2.75 },
  });
});

test('what is not listed is in the rest, nothing twice', () => {
  expect(accountOf(network, summary, contrast, 1)).toMatchObject({
    ...{ forFirst: [{ channel: 0 }], forSecond: [{ channel: 1 }], rest: 1.5, restCount: 1, sum: 3.75 },
  });
});

test('what reads 0 beside the largest is in the rest', () => {
  const slopes = Float32Array.of(1, 1.5, 7, -0.01, 0.5, 9);
  expect(accountOf(network, summary, { ...contrast, slopes }, 5)).toMatchObject({
    ...{ forFirst: [{ channel: 0 }, { channel: 2 }], forSecond: [], restCount: 1 },
  });
});

test('after a curve, what its slope leaves out is a term of its own', () => {
  const bent = { layers: [...layers, { type: 'tanh' }] };
  const account = accountOf(/** @type {any} */ (bent), summary, contrast, 5);
  expect(account).toMatchObject({ bend: -1, sum: 2.75, difference: 2.75 });
});

test('a contrast of another network has no account', () => {
  expect(accountOf(network, summary, { ...contrast, features: new Float32Array(5) }, 5)).toBeNull();
});
