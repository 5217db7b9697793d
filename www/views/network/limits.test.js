import { describe, expect, test } from 'vitest';
import { Scales } from '../../charts/scale.js';
import { INPUT } from '../backward/direction.js';
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
  expect([limits.filter(0, 0), limits.filter(2, 0)]).toEqual(weights);
});

/** A convolution of two filters, and a dense layer that reads its output. */
const network = () =>
  /** @type {any} */ ({
    input: [1, 1, 2],
    layers: [
      { type: 'conv2d', shape: [2, 1, 2] },
      { type: 'dense', shape: [3] },
    ],
  });
const reading = /** @type {any} */ ({ activations: [Float32Array.of(1, -5, 0, 3), Float32Array.of(1, 1, 1)] });
/** @param {number} [scale] */
const backward = (scale = 1) => {
  const [input, ...activations] = [
    [3, 1],
    [0.2, 0.1, 0.3, 0.2],
    [0.05, 0, 0],
  ].map((values) => Float32Array.from(values, (value) => scale * value));
  const weights = Float32Array.of(1e-6, -2e-6, 5e-8, 0).map((value) => scale * value);
  return /** @type {any} */ ({ input, activations, filters: [{ layer: 0, weights }] });
};
const rounded = (/** @type {number[]} */ limits) => limits.map((limit) => Number(limit.toPrecision(2)));

test('gradients reach back to the input', () => {
  const limits = new NetworkLimits().ofGradients(network(), backward(), reading, 'layer');
  expect([limits.map(INPUT, 0), limits.map(0, 1), limits.map(1, 0)]).toEqual([3, 0.3, 0.05]);
});

test.each(
  /** @type {const} */ ([
    ['map', [2e-6, 5e-8]],
    ['layer', [2e-6, 2e-6]],
    // 0.05 comes back to a unit that reads a 5.
    ['network', [0.3, 0.3]],
  ]),
)('by %s, gradients of filters that vanish look it beside those of all weights', (scope, expected) => {
  const limits = new NetworkLimits().ofGradients(network(), backward(), reading, scope);
  expect(rounded([limits.filter(0, 0), limits.filter(0, 1)])).toEqual(expected);
});

test('gradients without what was read, or of another network, have limits all the same', () => {
  expect(new NetworkLimits().ofGradients(network(), backward(), null, 'network').filter(0, 0)).toBe(2e-6);
  const limits = new NetworkLimits().ofGradients(summary, backward(), reading, 'map');
  expect([limits.filter(7, 0), limits.map(5, 0)]).toEqual([1, 1]);
});

test.each(/** @type {const} */ (['map', 'layer', 'network']))(
  'by %s, limits of gradients only grow, until they are fitted or the network is another',
  (scope) => {
    const limits = new NetworkLimits(new Scales(false));
    const one = network();
    const of = (/** @type {number} */ scale, summary = one) =>
      limits.ofGradients(summary, backward(scale), reading, scope);
    const before = of(1).map(INPUT, 0);
    expect([of(1).faint, of(0.03).faint, of(1e-4).faint]).toEqual([false, false, true]);
    expect(of(1e-4).map(INPUT, 0)).toBe(before);
    expect(of(10).map(INPUT, 0)).toBe(10 * before);
    limits.fit();
    expect(of(1e-4).map(INPUT, 0)).toBeCloseTo(1e-4 * before);
    expect(of(1e-4).faint).toBe(false);
    of(10);
    expect(of(1, network()).map(INPUT, 0)).toBe(before);
  },
);

test('limits stay the same for one network and start anew with another', () => {
  const limits = new NetworkLimits();
  limits.of(summary, snapshot(), 'layer');
  expect(limits.of(summary, snapshot(0.6), 'layer').map(0, 0)).toBe(10);
  expect(limits.of(summaryOf(), snapshot(0.6), 'layer').map(0, 0)).toBe(7);
});

describe('layers without weights', () => {
  const group = () =>
    /** @type {any} */ ({
      input: [1, 1, 2],
      layers: [
        { type: 'conv2d', shape: [2, 1, 2], parameters: 4 },
        { type: 'relu', shape: [2, 1, 2], parameters: 0 },
        { type: 'max_pool2d', shape: [2, 1, 1], parameters: 0 },
        { type: 'flatten', shape: [2], parameters: 0 },
        { type: 'dense', shape: [3], parameters: 9 },
      ],
    });
  const activations = [
    [-8, 1, 2, 4],
    [0, 1, 2, 4],
    [1, 4],
    [1, 4],
    [0.5, 0.1, 0.2],
  ].map((values) => Float32Array.from(values));
  const shown = /** @type {any} */ ({ reading: { activations }, filters: [] });

  test('share the scale of the layer that feeds them, in NetworkLimits.of', () => {
    const { map } = new NetworkLimits().of(group(), shown, 'layer');
    expect([0, 1, 2, 3, 4].map((layer) => map(layer, 0))).toEqual([10, 10, 10, 10, 0.5]);
  });

  test('share it map by map; a flattened row has its own', () => {
    const { map } = new NetworkLimits().of(group(), shown, 'map');
    expect([0, 1, 2].map((layer) => [map(layer, 0), map(layer, 1)])).toEqual([
      [10, 5],
      [10, 5],
      [10, 5],
    ]);
    expect([map(3, 0), map(3, 1), map(4, 2)]).toEqual([5, 5, 0.5]);
  });

  test('share it on the way back', () => {
    const backward = /** @type {any} */ ({ input: Float32Array.of(90, 1), activations, filters: [] });
    const { map } = new NetworkLimits().ofGradients(group(), backward, shown.reading, 'layer');
    expect([INPUT, 0, 1, 2, 3, 4].map((layer) => map(layer, 0))).toEqual([100, 10, 10, 10, 10, 0.5]);
  });
});
