import { expect, test } from 'vitest';
import { DEFAULT_PRESET } from '../../model/presets.js';
import { wantedInWords, bytesNeeded, countsOf, foundIn, usesInWords, whyNot } from './words.js';

const survey = /** @type {import('../../model/collected.js').Survey} */ ({
  ...{ kind: 'pictures', images: 1200, channels: 3, equal: false, classes: [{ name: 'a' }, { name: 'b' }] },
  sizes: [{ rows: 48, columns: 64, images: 700 }],
});
const choices = /** @type {import('../../model/collected.js').Choices} */ ({
  ...{ rows: 32, columns: 24, channels: 3, invert: false, labelColumn: null, seed: 1 },
  shares: { training: 80, validation: 10, test: 10 },
});

test('foundIn says what there is, how large and in which colours', () => {
  expect(foundIn(survey)).toBe('1,200 images in 2 classes, from picture files: most of them 48×64, in colour.');
  expect(foundIn({ ...survey, images: 1, equal: true, channels: 1, kind: 'table' })).toBe(
    '1 image in 2 classes, from a table: 48×64, in grey.',
  );
});

test('bytesNeeded is a byte for each channel of each pixel', () => {
  expect(bytesNeeded(survey, choices)).toBe(1200 * 32 * 24 * 3);
});

test('whyNot names the choice that cannot be', () => {
  expect(whyNot(survey, choices)).toBe('');
  expect(whyNot(survey, { ...choices, rows: 7 })).toContain('from 8 to 64');
  expect(whyNot(survey, { ...choices, columns: 65 })).toContain('from 8 to 64');
  expect(whyNot(survey, { ...choices, rows: NaN })).toContain('whole numbers');
  const shares = (/** @type {number} */ validation, /** @type {number} */ test) =>
    whyNot(survey, { ...choices, shares: { training: 100 - validation - test, validation, test } });
  expect(shares(0, 10)).toContain('1 or more');
  expect(shares(45, 45)).toBe('');
  expect(shares(60, 40)).toBe('Leave at least 10 % of the images for training. Validation and test take 100 %.');
});

test('whyNot says how much memory is too much, and what to do', () => {
  const large = { ...choices, rows: 64, columns: 64 };
  expect(whyNot({ ...survey, images: 30_000 }, large)).toBe(
    'These images need 352 MiB, and 256 MiB is the limit. Make them smaller, or load them in grey.',
  );
});

test('countsOf puts the splits of each class together', () => {
  const report = /** @type {import('../../model/collected.js').SetReport} */ ({
    ...{ classes: ['a', 'b'], balance: { training: [8, 6], validation: [1, 2], test: [3, 4] } },
  });
  expect(countsOf(report)[1]).toEqual({ name: 'b', training: 6, validation: 2, test: 4, unassigned: 0 });
});

test('usesInWords says which runs need a set', () => {
  expect(usesInWords(false, 0)).toBe('');
  expect(usesInWords(true, 0)).toMatch(/^The current run needs .* it cannot go on/);
  expect(usesInWords(false, 1)).toMatch(/^1 saved run needs/);
  expect(usesInWords(true, 2)).toMatch(/^The current run and 2 saved runs need .* they cannot/);
});

test('wantedInWords says which set a link wants, as far as its spec tells', () => {
  const set = /** @type {const} */ (`own-${'1a2b3c4d'.padEnd(64, '0')}`);
  const spec = {
    ...DEFAULT_PRESET.spec,
    input: /** @type {[number, number, number]} */ ([3, 32, 24]),
    data: { ...DEFAULT_PRESET.spec.data, set, training_images: 240 },
  };
  expect(wantedInWords(set, spec)).toBe(
    'The run that you opened needs images that are not here: 240 training images, 10 classes, 32×24 in colour. Choose the file of set 1a2b3c4d.',
  );
  expect(wantedInWords(set)).toContain('Choose the file of set 1a2b3c4d.');
});
