import { expect, test } from 'vitest';
import { eachOf } from './activation.js';
import { contributions, products, unitWeights } from './dense.js';
import { mapsBefore, nearestOutput, placeOf } from './forward.js';
import { inputWindow } from './geometry.js';
import { lossOf } from './loss.js';
import { pooled } from './pool.js';
import { softmax } from './softmax.js';
import { channelSums, partialMap, partialMaps, windowProducts } from './window-products.js';

/** @typedef {import('./geometry.js').Geometry} Geometry */

/**
 * @param {Partial<Geometry>} parts
 * @returns {Geometry}
 */
const geometry = (parts) => ({
  ...{ layer: 0, spec: { type: 'relu' }, kernel: [2, 2], stride: [1, 1], padding: [0, 0] },
  ...{ input: { channels: 1, height: 3, width: 3 }, output: { channels: 1, height: 2, width: 2 } },
  ...parts,
});

test('nearestOutput is the one whose window is centred nearest', () => {
  for (const [kernel, stride, padding, side] of [
    [3, 1, 0, 6],
    [3, 2, 1, 9],
    [2, 2, 0, 8],
    [5, 3, 2, 11],
    [1, 4, 0, 9],
  ]) {
    const out = Math.floor((side + 2 * padding - kernel) / stride) + 1;
    const made = geometry({
      ...{ kernel: [kernel, kernel], stride: [stride, stride], padding: [padding, padding] },
      ...{ input: { channels: 1, height: side, width: side }, output: { channels: 1, height: out, width: out } },
    });
    const far = (/** @type {number} */ row, /** @type {number} */ at) =>
      Math.abs(inputWindow(made, { row: at, column: 0 }).row + (kernel - 1) / 2 - row);
    for (let row = 0; row < side; row++) {
      const found = nearestOutput(made, { row, column: 0 }).row;
      const least = Math.min(...Array.from({ length: out }, (_, at) => far(row, at)));
      expect(far(row, found)).toBe(least);
    }
  }
  const wide = geometry({
    ...{ kernel: [1, 2], stride: [1, 2], padding: [0, 0] },
    ...{ input: { channels: 1, height: 4, width: 8 }, output: { channels: 1, height: 4, width: 4 } },
  });
  expect(nearestOutput(wide, { row: 3, column: 5 })).toEqual({ row: 3, column: 2 });
  const even = geometry({ kernel: [1, 1], stride: [2, 2], output: { channels: 1, height: 2, width: 2 } });
  expect(nearestOutput(even, { row: 1, column: 1 })).toEqual({ row: 0, column: 0 });
});

test('windowProducts counts padding as 0, and marks it', () => {
  const made = geometry({ kernel: [3, 3], padding: [1, 1] });
  const input = Float32Array.of(1, 2, 3, 4, 0, 6, 7, 8, 9);
  const { values, padding, products, sum } = windowProducts(made, input, [-1, 1, 1, 1, 2, 1, 1, 1, 1], 0, {
    row: 0,
    column: 0,
  });
  expect(values).toEqual([0, 0, 0, 0, 1, 2, 0, 4, 0]);
  expect(padding).toEqual([true, true, true, true, false, false, true, false, false]);
  expect(products).toEqual([0, 0, 0, 0, 2, 2, 0, 4, 0]);
  expect(sum).toBe(8);
});

test('partialMap holds the sums of its channel', () => {
  const made = geometry({
    ...{ input: { channels: 2, height: 4, width: 3 }, output: { channels: 1, height: 3, width: 2 } },
    ...{ kernel: [2, 3], stride: [1, 2], padding: [0, 1] },
  });
  const input = Float32Array.from({ length: 24 }, (_, index) => Math.sin(index));
  const weights = Float32Array.from({ length: 12 }, (_, index) => Math.cos(index));
  for (let row = 0; row < 3; row++) {
    const sums = channelSums(made, input, weights, 0, { row, column: 1 });
    const maps = [0, 1].map((channel) => partialMap(made, input, weights.subarray(channel * 6), channel));
    maps.forEach((map, channel) => expect(map[row * 2 + 1]).toBeCloseTo(Number(sums[channel]), 6));
  }
  const known = partialMaps(made, input, weights, 0);
  expect(known(1)).toEqual(partialMap(made, input, weights.subarray(6), 1));
  expect(known(1)).toBe(known(1));
});

test('pooled: padding is never the largest, and the first of equals is', () => {
  const made = geometry({ kernel: [2, 2], padding: [1, 1], stride: [2, 2] });
  const input = Float32Array.of(-1, -2, -3, -4, -5, -6, -7, -8, -9);
  expect(pooled(made, input, 0, { row: 0, column: 0 })).toMatchObject({ winner: 3, largest: -1 });
  expect(pooled(geometry({}), new Float32Array(9), 0, { row: 0, column: 0 }).winner).toBe(0);
  expect(pooled(geometry({}), Float32Array.of(1, NaN, 3, 4, 5, 6, 7, 8, 9), 0, { row: 0, column: 0 }).winner).toBe(1);
});

test('contributions sums what it does not list one by one', () => {
  const found = contributions([1, 2, 3, 4], [1, -3, 0.5, 0], 2);
  expect(found.largest.map(({ index }) => index)).toEqual([1, 2]);
  expect(found).toMatchObject({ rest: 1, restCount: 2, sum: -3.5 });
  expect(contributions([1, 1, 2], [1, -1, 0.5], 5)).toMatchObject({
    ...{ largest: [{ index: 0 }, { index: 1 }, { index: 2 }], rest: 0, restCount: 0 },
  });
});

test('unitWeights and products: a unit has its own weights, each multiplied with its own input', () => {
  const weights = unitWeights(Float32Array.of(1, 2, 3, 4, 5, 6), 2, 1);
  expect([...weights]).toEqual([3, 4]);
  expect([...products([2, -1], weights)]).toEqual([6, -4]);
});

test('lossOf is finite where a probability is 0', () => {
  expect(softmax([0, 0]).probabilities).toEqual([0.5, 0.5]);
  expect(softmax([0, 2000]).probabilities).toEqual([0, 1]);
  expect(lossOf([0, 2000], 0)).toBe(2000);
});

test('mapsBefore and placeOf find numbers after a flatten in their maps', () => {
  const layers = [{ type: 'flatten' }, { type: 'relu' }, { type: 'dense', units: 4 }, { type: 'dense', units: 2 }];
  const spec = /** @type {any} */ ({ layers });
  const summary = /** @type {any} */ ({
    ...{ input: [3, 2, 5], classes: 2 },
    layers: [{ shape: [30] }, { shape: [30] }, { shape: [4] }, { shape: [2] }],
  });
  expect(mapsBefore(spec, summary, 2)).toEqual({ channels: 3, height: 2, width: 5 });
  expect(mapsBefore(spec, summary, 3)).toEqual({ channels: 4, height: 1, width: 1 });
  expect(placeOf({ channels: 3, height: 2, width: 5 }, 17)).toEqual({ channel: 1, row: 1, column: 2 });
});

test('eachOf writes what a rule does to a number', () => {
  const applied = (/** @type {import('../model/spec.js').LayerSpec} */ spec, /** @type {number} */ x) =>
    eachOf(spec)?.applied(x);
  expect(applied({ type: 'leaky_relu', slope: 0.1 }, -2)).toBe('0.1 × (−2)');
  expect(applied({ type: 'leaky_relu', slope: 0.1 }, 2)).toBe('2');
  expect(applied({ type: 'relu' }, -2)).toBe('max(−2, 0)');
  expect([-1, 0].map((x) => applied({ type: 'tanh' }, x))).toEqual(['tanh (−1)', 'tanh 0']);
  expect(applied({ type: 'sigmoid' }, Math.log(4))).toBe('1 / (1 + 0.25)');
  expect(applied({ type: 'gelu' }, -1)).toBe('(−1) × 0.159');
  expect(applied({ type: 'dropout', rate: 0.5 }, 3)).toBe('3');
  expect(eachOf({ type: 'relu' })?.f(-2)).toBe(0);
  expect(eachOf({ type: 'flatten' })).toBeNull();
});
