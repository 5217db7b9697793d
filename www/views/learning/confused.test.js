import { expect, test } from 'vitest';
import { SETS } from '../../model/data-sets.js';
import { mostConfused, wrongIn } from '../../model/confusion.js';
import { confusedIn, sentenceOf, strengthOf, titleOf } from './confused.js';

/** @type {any} */
const evaluation = {
  predicted: Uint8Array.of(9, 4, 9, 9, 9),
  confidence: Float32Array.of(0.5, 0.9, 0.75, 0.5, 0.99),
};
const names = SETS.mnist.long;
const labels = Uint8Array.of(4, 4, 4, 4, 9);

test('confusedIn returns the images of a cell, most confident first', () => {
  expect(confusedIn(evaluation, labels, { label: 4, predicted: 9 })).toEqual([
    { index: 2, confidence: 0.75 },
    { index: 0, confidence: 0.5 },
    { index: 3, confidence: 0.5 },
  ]);
  expect(confusedIn(evaluation, labels, { label: 9, predicted: 4 })).toEqual([]);
});

test('confusedIn finds no images in an evaluation without single predictions', () => {
  expect(confusedIn(/** @type {any} */ ({}), labels, { label: 4, predicted: 9 })).toEqual([]);
});

test('titleOf has different words for right and wrong', () => {
  expect(titleOf({ label: 4, predicted: 9 }, names)).toBe('4 mistaken for 9');
  expect(titleOf({ label: 4, predicted: 4 }, names)).toBe('4 recognised correctly');
});

test('a cell is as strong as its share, and says how many images it has', () => {
  /** @type {any} */
  const matrix = {
    ...{ classes: 2, images: 12, confusion: Uint32Array.of(6, 2, 1, 3) },
    perClass: [{ support: 8 }, { support: 4 }],
  };
  const cell = { label: 0, predicted: 1 };
  expect(strengthOf(matrix, cell)).toBe(100);
  expect(strengthOf(matrix, { label: 1, predicted: 1 })).toBe(53);
  expect(sentenceOf(matrix, cell, ['cat', 'dog'])).toBe('cat mistaken for dog: 2 of 8, 25.0\u00a0%');
  expect(wrongIn(matrix)).toBe(3);
  expect(mostConfused(matrix, 1)).toEqual([{ ...cell, count: 2 }]);
  expect(mostConfused(matrix, 9)).toHaveLength(2);
});
