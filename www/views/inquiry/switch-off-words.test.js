import { expect, test } from 'vitest';
import { SETS } from '../../model/data-sets.js';
import { costRows } from './switch-off.js';
import {
  accuracyWords,
  answerWords,
  channelName,
  classWords,
  conditionWords,
  costWords,
  offWords,
} from './switch-off-words.js';

const classes = SETS.mnist;
const map = /** @type {const} */ ({ layer: 4, name: 'ReLU 2', word: 'map', count: 16, rows: 8, columns: 8 });
const unit = /** @type {const} */ ({ layer: 7, name: 'dense', word: 'unit', count: 10, rows: 1, columns: 1 });

/** @param {number} label @param {number} share */
const sureOf = (label, share) => Float32Array.from({ length: 10 }, (_, at) => (at === label ? share : (1 - share) / 9));

test('offWords: channels by layer; more than three are counted', () => {
  const off = (/** @type {[number, number][]} */ ...all) => all.map(([layer, channel]) => ({ layer, channel }));
  expect(offWords([], [map, unit])).toBe('');
  expect(offWords(off([4, 2]), [map, unit])).toBe('map 3 of ReLU 2');
  expect(offWords(off([4, 2], [4, 6], [7, 0]), [map, unit])).toBe('maps 3 and 7 of ReLU 2 and unit 1 of dense');
  expect(offWords(off([4, 2], [4, 6], [4, 7], [7, 0]), [map, unit])).toBe('4 channels');
});

test('conditionWords: what is missing, or frozen', () => {
  const off = (/** @type {'zero' | 'mean'} */ to) => [{ layer: 4, channel: 2, to }];
  expect(conditionWords(off('zero'), [map])).toBe('Without map 3 of ReLU 2');
  expect(conditionWords(off('mean'), [map])).toBe('With map 3 of ReLU 2 at the mean');
});

test('channelName: the units of the last layer are scores', () => {
  expect(channelName(map, 2, null)).toBe('map 3');
  expect(channelName(unit, 2, classes.long)).toBe('score for 2');
});

test('answerWords: the same class with another probability, another class, and nothing off', () => {
  const before = sureOf(7, 0.991);
  const condition = 'Without map 3 of ReLU 2';
  expect(answerWords({ before, after: null, condition: '' }, classes)).toBe(
    'With all channels on it reads a 7, with 99.1\u00a0%.',
  );
  expect(answerWords({ before, after: sureOf(7, 0.5), condition }, classes)).toBe(
    'Without map 3 of ReLU 2 it still reads a 7, with 50.0\u00a0% instead of 99.1\u00a0%.',
  );
  expect(answerWords({ before, after: sureOf(7, 0.9911), condition }, classes)).toContain('99.1\u00a0%, as before.');
  expect(answerWords({ before, after: sureOf(8, 0.61), condition }, classes)).toBe(
    'Without map 3 of ReLU 2 it reads an 8, with 61.0\u00a0%. With all on it reads a 7, with 99.1\u00a0%.',
  );
  expect(answerWords({ before, after: new Float32Array(10).fill(NaN), condition }, classes)).toContain('not numbers');
});

test('accuracyWords: images, shares and points', () => {
  const before = { correct: 1942, images: 2000 };
  expect(accuracyWords({ before, after: null, condition: '' })).toBe(
    'With all channels on it classifies 1,942 of 2,000 validation images correctly: 97.1\u00a0%.',
  );
  expect(accuracyWords({ before, after: { correct: 1684, images: 2000 }, condition: 'Without 5 channels' })).toBe(
    'Without 5 channels it classifies 1,684 of 2,000 validation images correctly: 84.2\u00a0% instead of 97.1\u00a0%, −12.9 points.',
  );
  expect(accuracyWords({ before, after: { correct: 1944, images: 2000 }, condition: 'x' })).toContain(', +0.1 points.');
});

test('accuracyWords: of the same share it says so, or counts', () => {
  const before = { correct: 2228, images: 20_000 };
  const words = (/** @type {number} */ correct) =>
    accuracyWords({ before, after: { correct, images: 20_000 }, condition: 'x' });
  expect(words(2228)).toBe('x it classifies 2,228 of 20,000 validation images correctly, as before: 11.1\u00a0%.');
  expect(words(2227)).toBe(
    'x it classifies 2,227 of 20,000 validation images correctly instead of 2,228: 11.1\u00a0% either way.',
  );
  const one = { correct: 1, images: 1 };
  expect(accuracyWords({ before: one, after: null, condition: '' })).toContain('1 of 1 validation image correctly');
});

test('classWords: the class that changes most, or that none does', () => {
  expect(classWords([{ label: 7, before: 0.96, after: 0.61 }], classes)).toBe(
    'The digit that changes most is 7: from 96.0\u00a0% to 61.0\u00a0%.',
  );
  expect(classWords([{ label: 7, before: 0.96, after: 0.96 }], classes)).toBe('No digit gains or loses an image.');
  expect(
    classWords([{ label: 0, before: 0.96, after: 0.61 }], { ...classes, kind: 'class', articled: ['“yes”'] }),
  ).toBe('The class that changes most is “yes”: from 96.0\u00a0% to 61.0\u00a0%.');
  expect(classWords([], classes)).toBe('No digit gains or loses an image.');
});

test('costWords: what most depends on, and how many are not missed', () => {
  const said = (/** @type {number[]} */ correctWithout) => {
    const costs = { correct: 1942, correctWithout: Uint32Array.from(correctWithout), images: 2000 };
    return costWords(costRows(costs, 'cost'), costs, (channel) => `map ${channel + 1}`, 'map');
  };
  expect(said([1942, 1500, 1941])).toBe(
    'Most depends on map 2: without it 75.0\u00a0% instead of 97.1\u00a0%. 2 of 3 maps cost less than 0.1 points.',
  );
  expect(said([1900, 1500])).toContain('Every map costs at least 0.1 points.');
  expect(said([1942, 1945])).toContain('can do without any single map');
  expect(said([])).toBe('');
});
