import { expect, test } from 'vitest';
import { layerSizes, rootMeanSquare } from './layer-sizes.js';

test('rootMeanSquare is over all numbers of all parts', () => {
  expect(rootMeanSquare([[3], [4, 0, 0]])).toBe(2.5);
  expect(rootMeanSquare([])).toBe(0);
});

test('layerSizes has the output and its gradient of each layer, for one image', () => {
  const calls = /** @type {unknown[]} */ ([]);
  const free = () => {};
  const session = {
    traceTest: (/** @type {number} */ _, /** @type {number} */ count) => ({
      labels: () => new Uint8Array(count).fill(7),
      activation: (/** @type {number} */ layer, /** @type {number} */ image) => [
        layer + 1,
        image === 0 ? 3 : layer + 1,
      ],
      free,
    }),
    backward(/** @type {unknown} */ _, /** @type {Uint8Array} */ labels) {
      calls.push(labels.length, labels[0]);
      // Of the mean loss: an image's share of it.
      const at = (/** @type {number} */ place) => [place / 16];
      return { at, parameter: (/** @type {string} */ name) => (name === '1.weight' ? [0.5] : []), free };
    },
  };
  const layers = [{ parameters: 0 }, { parameters: 10 }];
  const sizes = layerSizes(/** @type {any} */ (session), /** @type {any} */ ({ layers }), 16);
  expect(sizes.activations).toEqual([
    expect.closeTo(Math.sqrt((31 + 9) / 32)),
    expect.closeTo(Math.sqrt((31 * 4 + 9) / 32)),
  ]);
  expect(sizes.gradients).toEqual([expect.closeTo(1), expect.closeTo(2)]);
  expect(sizes.firstWeights).toBe(0.5);
  expect(calls).toEqual([16, 7]);
  const without = layerSizes(/** @type {any} */ (session), /** @type {any} */ ({ layers: layers.slice(0, 1) }), 16);
  expect(without.firstWeights).toBeNaN();
});
