import { expect, test } from 'vitest';
import { passOf, Tally } from '../../model/lives.js';
import {
  countsOf,
  findingOf,
  forgottenWords,
  guessing,
  isEarly,
  learnedIn,
  lifeCounts,
  listOf,
  lossRange,
} from './lives-lists.js';

/**
 * @param {number[][]} losses a row an epoch, a column an image: negative where it was misclassified; NaN: no pass
 * @param {number[]} labels
 * @param {Partial<import('../../model/lives.js').Lives>} [more]
 * @returns {import('../../model/lives.js').Lives}
 */
function livesOf(losses, labels, more = {}) {
  const tally = new Tally(labels.length);
  const passes = losses.map((row) => Uint8Array.from(row, (loss) => (Number.isNaN(loss) ? 0 : passOf(loss))));
  passes.forEach((row, index) => tally.add(row, (more.firstEpoch ?? 1) + index));
  return {
    ...tally,
    ...{ step: 9, since: 0, firstEpoch: 1, epochs: losses.length, isFull: false, images: labels.length, running: null },
    labels: Uint8Array.from(labels),
    ...more,
  };
}

/** Two classes: a guess costs 0.69. Learned at once; never; forgotten twice; forgotten once and dear; not passed yet. */
const LIVES = livesOf(
  [
    [0.1, -4, 0.2, 0.6, NaN],
    [0.1, -4, -0.9, -3, NaN],
    [0.1, -4, 0.2, -3, NaN],
    [0.1, -4, -0.9, -3, NaN],
  ],
  [0, 1, 1, 0, 1],
);
const BOTH = { classes: 2, label: null };

test('countsOf: an image that has not passed counts for nothing', () => {
  expect(countsOf(LIVES)).toEqual({ passed: 4, learned: 3, never: 1, forgotten: 2, kept: 1, twice: 4 });
  expect(isEarly(countsOf(LIVES), LIVES)).toBe(true);
  expect(isEarly(countsOf(LIVES), { ...LIVES, images: 4 })).toBe(false);
});

test('listOf: each list has those first that belong there most, and can be of one label', () => {
  expect(listOf(LIVES, 'never', BOTH)).toEqual([1]);
  expect(listOf(LIVES, 'forgotten', BOTH)).toEqual([2, 3]);
  expect(listOf(LIVES, 'mislabelled', BOTH)).toEqual([1, 3]);
  expect(listOf(LIVES, 'mislabelled', { classes: 2, label: 0 })).toEqual([3]);
  expect(guessing(2)).toBeCloseTo(0.693);
});

test('forgottenWords: how many were forgotten most often, and what decides among equals', () => {
  expect(forgottenWords(LIVES, [2, 3])).toBe(
    'Forgotten twice: 1 of 2, the others less often. The most often forgotten come first; among equals, the largest mean loss.',
  );
  expect(forgottenWords(LIVES, [3])).toBe('Each was forgotten once: the largest mean loss comes first.');
  expect(forgottenWords(LIVES, [])).toMatch(/^The most often forgotten come first/);
});

test('learnedIn: every image that was learned is in one bar, also of several epochs', () => {
  const late = livesOf(
    [
      [-1, 1, -1, -1],
      [-1, 1, 1, -1],
      [1, 1, 1, -1],
    ],
    [0, 0, 0, 0],
    { firstEpoch: 4 },
  );
  expect(learnedIn(late).map(({ from, images }) => [from, images])).toEqual([
    [4, 1],
    [5, 1],
    [6, 1],
  ]);
  expect(learnedIn(late, 2)).toEqual([
    { from: 4, to: 5, images: 2, isRunning: false },
    { from: 6, to: 6, images: 1, isRunning: false },
  ]);
});

test('learnedIn: the epoch under way has a bar of its own, that of the first takes the place of what is counted', () => {
  const running = { epoch: 5, passed: 10, learned: 2 };
  expect(learnedIn({ ...LIVES, running }).at(-1)).toEqual({ from: 5, to: 5, images: 2, isRunning: true });
  expect(learnedIn({ ...LIVES, running })).toHaveLength(5);
  const first = { ...livesOf([[0.1, -4, NaN]], [0, 0, 0]), running: { epoch: 1, passed: 2, learned: 1 } };
  expect(learnedIn(first)).toEqual([{ from: 1, to: 1, images: 1, isRunning: true }]);
});

test('findingOf: precision and recall of the rule, and along the list, by hand', () => {
  // Mean losses 4, 3, 2, 0.1, 0.1; the labels of the first, third and fourth are wrong.
  const lives = livesOf([[-4, -3, -2, 0.1, 0.1]], [1, 0, 1, 1, 0]);
  const finding = findingOf(lives, Uint8Array.of(0, 0, 0, 0, 0), 2);
  expect(finding).toMatchObject({ wrong: 3, listed: 3, found: 2 });
  expect(finding.precision).toBeCloseTo(2 / 3);
  expect(finding.recall).toBeCloseTo(2 / 3);
  expect(finding.curve.listed).toEqual([1, 2, 3, 4]);
  expect(finding.curve.precision.map((share) => share.toFixed(2))).toEqual(['1.00', '0.50', '0.67', '0.75']);
  expect(finding.curve.recall.map((share) => share.toFixed(2))).toEqual(['0.33', '0.33', '0.67', '1.00']);
});

test('findingOf: with no wrong label and nothing listed there is nothing to divide', () => {
  const finding = findingOf(livesOf([[0.1, 0.1]], [0, 1]), Uint8Array.of(0, 1), 2);
  expect(finding).toMatchObject({ wrong: 0, listed: 0, found: 0, precision: 0, recall: 0 });
});

test('lifeCounts: of one image, with an epoch in which it did not pass', () => {
  const passes = Uint8Array.of(passOf(-1), passOf(1), 0, passOf(-1), passOf(1));
  const life = { image: 0, pixels: new Uint8Array(), label: 0, own: 0, predicted: 0, confidence: 1, passes };
  expect(lifeCounts(life, 3)).toEqual({ learned: 4, forgotten: 1, wrong: 2, passes: 4 });
});

test('lossRange: whole powers of ten around all losses', () => {
  expect(lossRange([0.003, null, 4])).toEqual([0.001, 10]);
  expect(lossRange([null])).toEqual([0.1, 1]);
});
