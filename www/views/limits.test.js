import { expect, test } from 'vitest';
import { INPUT } from './backward/direction.js';
import { NetworkLimits } from './limits.js';

const summaryOf = () => /** @type {any} */ ({ input: [1, 1, 2], layers: [{ shape: [2, 1, 2] }, { shape: [3] }] });
const summary = summaryOf();
const filters = [
  { layer: 0, weights: Float32Array.of(0.1, -0.2) },
  { layer: 2, weights: Float32Array.of(0.7) },
];
/** @param {number} [scale] */
const snapshot = (scale = 1) =>
  /** @type {any} */ ({
    reading: {
      activations: [Float32Array.of(1, -2, 10, 3), Float32Array.of(0.1, 0.5, 0.2)].map((all) =>
        all.map((value) => scale * value),
      ),
    },
    filters,
  });

test.each(
  /** @type {const} */ ([
    ['map', [2, 10, 0.5, 0.5], [0.2, 0.7]],
    ['layer', [10, 10, 0.5, 0.5], [0.2, 0.7]],
    ['network', [10, 10, 10, 10], [0.7, 0.7]],
  ]),
)('by %s, each scale holds what it is for, and filters have scales of their own', (scope, maps, weights) => {
  const limits = new NetworkLimits().of(summary, snapshot(), scope);
  expect([limits.map(0, 0), limits.map(0, 1), limits.map(1, 0), limits.map(1, 2)]).toEqual(maps);
  expect([limits.filter(0), limits.filter(2)]).toEqual(weights);
});

test('gradients reach back to the input', () => {
  const [input, ...activations] = [
    [3, 1],
    [0.2, 0.1, 0.2, 0.2],
    [0.05, 0, 0],
  ].map((values) => Float32Array.from(values));
  const limits = new NetworkLimits().ofGradients(
    summary,
    /** @type {any} */ ({ input, activations, filters }),
    'layer',
  );
  expect([limits.map(INPUT, 0), limits.map(0, 1), limits.map(1, 0)]).toEqual([3, 0.2, 0.05]);
});

test('limits hold still for one network and start anew with another', () => {
  const limits = new NetworkLimits();
  limits.of(summary, snapshot(), 'layer');
  expect(limits.of(summary, snapshot(0.6), 'layer').map(0, 0)).toBe(10);
  expect(limits.of(summaryOf(), snapshot(0.6), 'layer').map(0, 0)).toBe(7);
});
