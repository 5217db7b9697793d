import { describe, expect, it } from 'vitest';
import { distancesOf, identical, symmetrySentence } from './symmetry.js';

/** @type {any[]} */
const layers = [{ type: 'conv2d' }, { type: 'relu' }, { type: 'flatten' }, { type: 'dense' }];

describe('the distances of filters', () => {
  it('are those of all pairs, relative to the mean norm', () => {
    const found = distancesOf(Float32Array.of(3, 4, 0, 5, 3, 4), 3);
    expect(found.norm).toBe(5);
    expect([...found.distances].map((distance) => Number(distance.toFixed(3)))).toEqual([
      ...[0, 0.632, 0],
      ...[0.632, 0, 0.632],
      ...[0, 0.632, 0],
    ]);
    expect([found.least, found.closest]).toEqual([0, [0, 2]]);
    expect(found.mean).toBeCloseTo((2 * Math.sqrt(10)) / 5 / 3);
    expect(identical(found)).toBe(false);
  });

  it('are at most a few thousand, of filters evenly picked', () => {
    const found = distancesOf(new Float32Array(128 * 9), 128);
    expect(found.places.length).toBe(64);
    expect(found.places.slice(0, 3)).toEqual([0, 2, 4]);
    expect(distancesOf(new Float32Array(128 * 9_216), 128).places.length).toBe(20);
  });

  it('are empty for a single filter, and for NaN', () => {
    expect(distancesOf(new Float32Array(9), 1)).toMatchObject({ mean: null, least: null });
    expect(distancesOf(Float32Array.of(NaN, 1), 2).mean).toBeNaN();
    expect(identical(distancesOf(Float32Array.of(NaN, 1), 2))).toBe(false);
  });
});

describe('what they mean', () => {
  const same = distancesOf(new Float32Array(8).fill(0.1), 4);
  const sentence = (/** @type {any[]} */ layers, layer = 0, distances = same) =>
    symmetrySentence(distances, layers, layer, 'digit');

  it('of a constant start: all are the same, and stay so', () => {
    expect(sentence(layers)).toBe(
      'All 4 filters are identical. They get the same gradient, so they stay identical and do the work of one. ' +
        'A random start breaks this symmetry.',
    );
    expect(sentence(layers, 0, distancesOf(new Float32Array(8), 4))).toContain('All 4 filters are 0.');
  });

  it('of the last layer: the labels tell its units apart', () => {
    expect(sentence(layers, 3)).toContain('first step makes them differ');
    expect(sentence([{ type: 'conv2d' }, { type: 'conv2d' }, { type: 'flatten' }])).toContain('stay identical');
  });

  it('before dropout: chance may', () => {
    expect(sentence([...layers.slice(0, 3), { type: 'dropout' }, { type: 'dense' }])).toContain('dropout');
  });

  it('of filters that differ, of twins, of one', () => {
    expect(sentence(layers, 0, distancesOf(Float32Array.of(1, 2, 3), 3))).toBe('No two of the 3 filters are alike.');
    expect(sentence(layers, 0, distancesOf(Float32Array.of(1, 1.001), 2))).toBe('No two of the 2 filters are alike.');
    expect(sentence(layers, 0, distancesOf(Float32Array.of(1, 2, 1), 3))).toContain('filters 1 and 3');
    const many = Float32Array.from({ length: 128 }, (_, filter) => (filter === 6 ? 2 : filter));
    expect(sentence(layers, 0, distancesOf(many, 128))).toContain('filters 3 and 7');
    expect(sentence(layers, 0, distancesOf(Float32Array.of(1), 1))).toContain('only one');
    expect(sentence(layers, 0, distancesOf(Float32Array.of(NaN, 1), 2))).toContain('NaN');
  });
});
