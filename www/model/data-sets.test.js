import { describe, expect, test } from 'vitest';
import { DEFAULT_PRESET, PRESETS } from './presets.js';
import { fittedTo, isDataSet, makeKnown, SETS, withSet } from './data-sets.js';
import { aboutOwn, LETTERS, ownName } from './testing/own-set.js';

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

test('isDataSet knows the sets of a host, and names of sets of one’s own', () => {
  const hash = '0123456789abcdef'.repeat(4);
  expect(['mnist', 'fashion', `own-${hash}`].every(isDataSet)).toBe(true);
  for (const name of [
    '',
    'cifar',
    hash,
    `own-${hash}0`,
    `own-${hash.slice(1)}`,
    `own-${hash.toUpperCase()}`,
    'toString',
  ]) {
    expect(isDataSet(name), name).toBe(false);
  }
  expect(isDataSet(`own-${hash}\n`)).toBe(false);
});

describe('fittedTo', () => {
  const spec = { ...DEFAULT_PRESET.spec, seed: 9, data: { ...DEFAULT_PRESET.spec.data, training_images: 200 } };

  test('fits input, last layer, training images and normalisation to the set, and keeps all else', () => {
    makeKnown(LETTERS.set, LETTERS.about);
    const { spec: fitted, changed } = fittedTo(spec, LETTERS.set);
    expect(changed).toBe('The input is now 3×32×32, and the last layer now has 26 units.');
    expect(fitted).toEqual({
      ...spec,
      ...{ input: [3, 32, 32], layers: [...spec.layers.slice(0, -1), { type: 'dense', units: 26 }] },
      ...{ normalization: { mean: 0.2, deviation: 0.4 } },
      data: { set: LETTERS.set, training_images: 640, wrong_labels: 0 },
    });
    expect(fittedTo(fitted, LETTERS.set)).toEqual({ spec: fitted, changed: '' });
  });

  test('says only what it has changed of the network', () => {
    const alike = { set: ownName('c'), about: aboutOwn([1, 28, 28], 3) };
    makeKnown(alike.set, alike.about);
    expect(fittedTo(spec, alike.set).changed).toBe('The last layer now has 3 units.');
  });

  test('leaves a network without a dense layer to the engine to refuse', () => {
    const flat = { ...spec, layers: [/** @type {const} */ ({ type: 'flatten' })] };
    expect(fittedTo(flat, LETTERS.set).spec.layers).toEqual(flat.layers);
  });
});

test('withSet fits presets to a set of one’s own, and back', () => {
  makeKnown(LETTERS.set, LETTERS.about);
  for (const { spec } of PRESETS) {
    const fitted = withSet(spec, LETTERS.set);
    expect(fitted.layers.at(-1)).toEqual({ type: 'dense', units: 26 });
    expect(withSet(fitted, LETTERS.set)).toBe(fitted);
    expect(withSet(fitted, 'mnist')).toEqual({ ...spec, normalization: SETS.mnist.normalization });
  }
});
