import { expect, test } from 'vitest';
import { receptiveField } from '../../explain/receptive-field.js';
import { SETS } from '../../model/data-sets.js';
import { DEFAULT_PRESET } from '../../model/presets.js';
import { follow } from '../../model/shapes.js';
import { agreementOf as agreementOfProfiles, profileOf, shareOnInk, strongestPixel } from './looks-agreement.js';
import { convolutions, overImage, patchesAlong, placesOf } from './looks-maps.js';
import { agreesWords, checkWords, isBlank, overallWords, pairsOf, profilesOf, whatWords } from './looks-words.js';

/** Twenty pixels, of which the strongest tenth are two. */
const twenty = (/** @type {(at: number) => number} */ value) => Float32Array.from({ length: 20 }, (_, at) => value(at));

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
const agreementOf = (a, b) => agreementOfProfiles(profileOf(a), profileOf(b));

test('profileOf: equal values share the mean of their ranks', () => {
  expect([...profileOf([5, -1, -5, 3]).ranks]).toEqual([2.5, 0, 2.5, 1]);
});

test('agreementOf: a map agrees with itself, with its negative and with its square; the order of another is reversed', () => {
  const map = twenty((at) => at + 1);
  expect(agreementOf(map, map)).toEqual({ correlation: 1, common: 1 });
  expect(
    agreementOf(
      map,
      map.map((value) => -value * value),
    ),
  ).toEqual({ correlation: 1, common: 1 });
  const reversed = agreementOf(
    map,
    map.map((_, at) => 20 - at),
  );
  expect(reversed.correlation).toBeCloseTo(-1, 12);
  expect(reversed.common).toBe(0);
});

test('agreementOf: Spearman’s own example with ties, by hand', () => {
  // Ranks 0, 1.5, 1.5, 3 and 0, 2, 1, 3: products of deviations add up to 4.5, squares to 4.5 and 5.
  const { correlation } = agreementOf([1, 2, 2, 3], [1, 3, 2, 4]);
  expect(correlation).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
});

test('agreementOf: of an empty map nothing can be said, and a pixel of no strength is not among the strongest', () => {
  const map = twenty((at) => at + 1);
  expect(agreementOf(map, new Float32Array(20))).toEqual({ correlation: null, common: null });
  const one = twenty((at) => (at === 19 ? 1 : 0));
  expect(agreementOf(map, one).common).toBe(0.5);
});

test('shareOnInk, strongestPixel: of a map with a sign', () => {
  expect(shareOnInk([1, -3, 0, 0], [0, 255, 9, 0])).toBe(0.75);
  expect(shareOnInk([1, 1], new Uint8Array(6))).toBeNull();
  expect(shareOnInk([0, 0], [1, 1])).toBeNull();
  expect(strongestPixel([1, -3, 2, 0], 2)).toEqual({ row: 0, column: 1, value: -3 });
});

test('convolutions: each with the function after it', () => {
  expect(convolutions(DEFAULT_PRESET.spec.layers)).toEqual([
    { name: 'conv 1', layer: 1 },
    { name: 'conv 2', layer: 4 },
  ]);
  expect(convolutions([{ type: 'flatten' }])).toEqual([]);
});

test('placesOf: a cell is at the middle of its receptive field, which is traced back elsewhere', () => {
  const spec = {
    ...DEFAULT_PRESET.spec,
    layers: /** @type {import('../../model/spec.js').LayerSpec[]} */ ([
      { type: 'conv2d', filters: 2, kernel_size: [3, 5], stride: [2, 1], padding: [0, 2] },
      { type: 'relu' },
      { type: 'avg_pool2d', kernel_size: [2, 3], stride: [2, 2] },
      { type: 'conv2d', filters: 2, kernel_size: [2, 3], stride: [1, 1], padding: [0, 0] },
    ]),
  };
  const summary = /** @type {import('../../model/spec.js').Summary} */ (
    /** @type {unknown} */ ({ input: spec.input, layers: follow(spec.input, spec.layers) })
  );
  const { first, step } = placesOf(spec.layers, 3);
  // A cell whose field is all within the image.
  const at = { row: 2, column: 3 };
  const field = receptiveField(spec, summary, 3, 0, at);
  expect(first[0] + at.row * step[0]).toBe(field.row + (field.height - 1) / 2);
  expect(first[1] + at.column * step[1]).toBe(field.column + (field.width - 1) / 2);
});

test('overImage: the cell itself at its middle, in proportion between two, and beyond the last as there', () => {
  const form = { channels: 1, rows: 1, columns: 8 };
  const map = overImage({ map: [0, 8], rows: 1, columns: 2 }, { first: [0, 2], step: [1, 4] }, form);
  expect([...map]).toEqual([0, 0, 0, 2, 4, 6, 8, 8]);
});

test('patchesAlong: as many as are needed to reach the other side', () => {
  expect(patchesAlong(28, 4, 1)).toBe(25);
  expect(patchesAlong(28, 4, 3)).toBe(9);
  expect(patchesAlong(28, 5, 4)).toBe(7);
  expect(patchesAlong(8, 8, 1)).toBe(1);
});

const maps = {
  gradient: twenty((at) => at + 1),
  occlusion: twenty((at) => -at - 1),
  activation: twenty((at) => 20 - at),
  integrated: null,
};

test('pairsOf: all pairs; of one that is not there yet, nothing is known', () => {
  const pairs = pairsOf(profilesOf(maps));
  expect(pairs).toHaveLength(6);
  expect(pairs.filter(({ common }) => common !== null).map(({ first, second }) => `${first} ${second}`)).toEqual([
    'gradient occlusion',
    'gradient activation',
    'occlusion activation',
  ]);
  const other = pairsOf(profilesOf({ ...maps, activation: new Float32Array(3) }));
  expect(other.filter(({ common }) => common !== null)).toHaveLength(1);
});

test('agreesWords, overallWords: the most and the least, in figures', () => {
  const pairs = pairsOf(profilesOf(maps));
  expect(agreesWords('gradient', pairs)).toBe(
    'It shares 100\u00a0% of its strongest tenth with occlusion, but only 0\u00a0% with class activation.',
  );
  expect(agreesWords('integrated', pairs)).toBe('');
  expect(overallWords(pairs)).toBe(
    'The input gradient and occlusion agree most by rank correlation: 1.00, with 100\u00a0% of the strongest tenth in common. Occlusion and class activation agree least: −1.00, with 0\u00a0% of the strongest tenth in common, no more than by chance.',
  );
  expect(overallWords([])).toBe('');
  expect(
    overallWords([
      { first: 'gradient', second: 'integrated', correlation: 0.47, common: 0.54 },
      { first: 'gradient', second: 'activation', correlation: 0.72, common: 0.51 },
    ]),
  ).toMatch(/^The input gradient and class activation agree most by rank correlation: 0.72, with 51/);
});

test('agreesWords: as much with one as with another', () => {
  const pair = { first: /** @type {const} */ ('gradient'), correlation: 0.1, common: 0 };
  expect(
    agreesWords('gradient', [
      { ...pair, second: 'occlusion' },
      { ...pair, second: 'activation' },
    ]),
  ).toBe('It shares 0\u00a0% of its strongest tenth with occlusion, and as much with every other.');
});

test('isBlank: a map of zeros, and of occlusion one that is shown as zeros', () => {
  expect(isBlank('gradient', Float32Array.of(0, -0, 0))).toBe(true);
  expect(isBlank('gradient', Float32Array.of(0, 1e-9))).toBe(false);
  expect(isBlank('occlusion', Float32Array.of(0, 1e-9))).toBe(true);
  expect(isBlank('occlusion', Float32Array.of(0, -1e-3))).toBe(false);
});

test('checkWords: how far the sum is from the difference', () => {
  expect(checkWords({ sum: 8.31, difference: 8.34 })).toBe(
    'all pixels add up to 8.31; from the empty image to this one, the score changes by 8.34: 0.4\u00a0% apart',
  );
  expect(checkWords({ sum: 0, difference: 0 })).toMatch(/changes by 0: the same$/);
  expect(checkWords({ sum: 1, difference: 0 })).toMatch(/add up to 1; .* changes by 0$/);
});

test('whatWords: each in a sentence about the class', () => {
  for (const method of /** @type {const} */ (['gradient', 'occlusion', 'activation', 'integrated']))
    expect(whatWords(method, 'sneaker', SETS.fashion.form)).toMatch(/^[A-Z].*sneaker.*\.$/);
});

test('whatWords: grey images have ink, which is dark in the light theme, and coloured ones are bright', () => {
  expect(whatWords('gradient', '4', SETS.mnist.form)).toContain('a little more ink');
  expect(whatWords('gradient', 'frog', { ...SETS.mnist.form, channels: 3 })).toContain('a little brighter');
});
