import { expect, test } from 'vitest';
import { PRESETS } from '../presets.js';
import { SETS, withSet } from './classes.js';

test.each(Object.values(SETS))('$name has a short and a long name for each of ten classes', ({ short, long }) => {
  expect(new Set(short).size).toBe(10);
  expect(new Set(long).size).toBe(10);
  expect(Math.max(...short.map((name) => name.length))).toBeLessThanOrEqual(5);
});

test.each(PRESETS)('$name takes the usual normalisation of another set along, and back', ({ spec }) => {
  const clothes = withSet(spec, 'fashion');
  expect(clothes.data).toEqual({ ...spec.data, set: 'fashion' });
  const usual = JSON.stringify(spec.normalization) === JSON.stringify(SETS.mnist.normalization);
  expect(clothes.normalization).toEqual(usual ? SETS.fashion.normalization : spec.normalization);
  expect(withSet(clothes, 'mnist')).toEqual(spec);
});

test('a normalisation that somebody has chosen stays', () => {
  const [{ spec }] = /** @type {[import('../presets.js').Preset]} */ (/** @type {unknown} */ (PRESETS));
  const own = { mean: 0.5, deviation: 0.5 };
  expect(withSet({ ...spec, normalization: own }, 'fashion').normalization).toEqual(own);
});
