import { expect, test } from 'vitest';
import { makeKnown } from './data-sets.js';
import { presetFor } from './preset-for.js';
import { DEFAULT_PRESET } from './presets.js';
import { follow } from './shapes.js';
import { aboutOwn, ownName } from './testing/own-set.js';

/** @param {[number, number, number]} input @param {number} classes */
function networkFor(input, classes) {
  const set = ownName('e');
  makeKnown(set, aboutOwn(input, classes));
  return presetFor(set);
}

test('presetFor makes a network that fits images of any size, and ends in their classes', () => {
  for (let rows = 8; rows <= 64; rows += 1) {
    for (let columns = 8; columns <= 64; columns += 7) {
      const spec = networkFor([3, rows, columns], 26);
      const shapes = follow(spec.input, spec.layers).map(({ shape }) => shape);
      expect(shapes.at(-1), `${rows}×${columns}`).toEqual([26]);
      // Enough is left for the dense layer to tell the classes apart, and not too much for a first network.
      const features = Number(shapes.at(-2)?.[0]);
      expect(features, `${rows}×${columns}`).toBeGreaterThanOrEqual(72);
      expect(features, `${rows}×${columns}`).toBeLessThan(3_000);
    }
  }
});

test('presetFor has fewer poolings for small images and more for large ones, and MNIST’s are those of the default', () => {
  const poolings = (/** @type {number} */ side) =>
    networkFor([1, side, side], 2).layers.filter(({ type }) => type === 'max_pool2d').length;
  expect([8, 12, 28, 32, 64].map(poolings)).toEqual([0, 1, 2, 2, 3]);
  expect(presetFor('mnist').layers).toEqual(DEFAULT_PRESET.spec.layers);
});
