import { expect, test } from 'vitest';
import { PRESETS } from './presets.js';
import { SETS, withSet } from './data-sets.js';

test.each(Object.values(SETS))('$name has a short and a long name for each of ten classes', (set) => {
  const { short, long, articled } = set;
  expect(new Set(short).size).toBe(10);
  expect(new Set(long).size).toBe(10);
  expect(Math.max(...short.map((name) => name.length))).toBeLessThanOrEqual(5);
  expect(articled.map((name) => name.replace(/^an? /, ''))).toEqual(long);
  // A short name is made of letters of the long one.
  for (const [index, name] of short.entries()) expect(long[index]).toMatch(new RegExp([...name].join('.*'), 'i'));
});

test.each(PRESETS)('$name takes the usual normalisation of another set along, and back', ({ spec }) => {
  const clothes = withSet(spec, 'fashion');
  expect(clothes.data).toEqual({ ...spec.data, set: 'fashion' });
  const usual = JSON.stringify(spec.normalization) === JSON.stringify(SETS.mnist.normalization);
  expect(clothes.normalization).toEqual(usual ? SETS.fashion.normalization : spec.normalization);
  expect(withSet(clothes, 'mnist')).toEqual(spec);
});

test('withSet keeps a normalisation that was chosen by hand', () => {
  const [{ spec }] = /** @type {[import('./presets.js').Preset]} */ (/** @type {unknown} */ (PRESETS));
  for (const own of [
    { mean: 0.5, deviation: SETS.mnist.normalization.deviation },
    { mean: SETS.mnist.normalization.mean, deviation: 0.5 },
  ]) {
    expect(withSet({ ...spec, normalization: own }, 'fashion').normalization).toEqual(own);
  }
});
