import { expect, test } from 'vitest';
import { histogram, HistogramsInstrument } from './histograms.js';

test('every number is in a bin, the least in the first and the largest in the last', () => {
  const { least, most, counts, zeros } = histogram([Float32Array.of(-1, 0, 0), Float32Array.of(1, 0.99)]);
  expect([least, most, zeros]).toEqual([-1, 1, 2]);
  expect([counts[0], counts[32], counts[63]]).toEqual([1, 2, 2]);
});

test('equal numbers, none at all, and NaN have a histogram too', () => {
  expect(histogram([Float32Array.of(3, 3)])).toMatchObject({ least: 3, most: 3, zeros: 0 });
  expect(histogram([new Float32Array()])).toMatchObject({ least: 0, most: 0, zeros: 0 });
  const { counts } = histogram([Float32Array.of(NaN, 1, 2)]);
  expect(counts.reduce((sum, count) => sum + count)).toBe(2);
  expect(histogram([Float32Array.of(Infinity, 1)])).toMatchObject({ least: 0, most: 0 });
});

test('each layer has a histogram of its own numbers, once a second at most, and one without parameters has no weights', () => {
  /** @type {any[]} */
  const reported = [];
  let freed = 0;
  const session = {
    traceTest: () => ({
      labels: () => new Uint8Array(16),
      activation: (/** @type {number} */ layer, /** @type {number} */ image) => Float32Array.of(100 * layer + image),
      free: () => (freed += 1),
    }),
    // The output of a layer is the place that is numbered one higher: place 0 is the input.
    backward: () => ({ at: (/** @type {number} */ place) => Float32Array.of(-place), free: () => (freed += 1) }),
    position: () => ({ step: 7 }),
    parameter: (/** @type {string} */ name) => Float32Array.of(name === '1.weight' ? 5 : NaN),
  };
  const layers = [{ parameters: 0 }, { parameters: 10 }];
  const emit = (/** @type {any} */ event) => reported.push(event.histograms);
  const parts = /** @type {any} */ ({ session, emit, now: () => 0, summary: () => ({ layers }), block: 16 });
  const instrument = new HistogramsInstrument(parts);
  instrument.slice();
  expect(freed).toBe(2);
  expect(reported).toMatchObject([
    {
      ...{ step: 7, images: 16 },
      layers: [
        { layer: 0, weights: null, activations: { least: 0, most: 15 }, gradients: { least: -1, most: -1 } },
        { layer: 1, weights: { least: 5 }, activations: { least: 100, most: 115 }, gradients: { least: -2, most: -2 } },
      ],
    },
  ]);
  expect([instrument.due(8, 999), instrument.due(7, 1_000), instrument.due(8, 1_000)]).toEqual([false, false, true]);
});
