import { describe, expect, test } from 'vitest';
import { SETS } from '../../model/data-sets.js';
import {
  amplification,
  answerOf,
  changeOf,
  foolWords,
  FULL_LEVELS,
  nextCorrect,
  rivalWords,
  shareOfSize,
  smallestWords,
} from './fool.js';

const classes = SETS.mnist;
const NBSP = '\u00a0';

/** Probabilities with so much of one class. @param {number} label @param {number} share */
const sure = (label, share) => Float32Array.from({ length: 10 }, (_, at) => (at === label ? share : (1 - share) / 9));

test('answerOf: the likeliest class, and the first of two that are as likely', () => {
  expect(answerOf([0.2, 0.5, 0.3])).toBe(1);
  expect(answerOf([0.5, 0.5])).toBe(0);
});

test('changeOf: what each pixel was changed by, with its sign', () => {
  const change = changeOf(Uint8Array.of(0, 100, 200, 255), Uint8Array.of(14, 86, 200, 255), 4);
  expect([...change.values]).toEqual([14, -14, 0, 0]);
  expect(change).toMatchObject({ largest: 14, changed: 2, mean: 7 });
});

test('changeOf: of several channels, the one that was changed most', () => {
  const before = Uint8Array.of(10, 10, 50, 50, 90, 90);
  const { values } = changeOf(before, Uint8Array.of(12, 10, 43, 50, 95, 89), 2);
  expect([...values]).toEqual([-7, -1]);
});

test('amplification: as large as the scale allows, and a round number', () => {
  expect([1, 4, 6, 14, 40, 120, 128, 255].map(amplification)).toEqual([50, 50, 25, 10, 5, 2, 1, 1]);
  for (const largest of Array.from({ length: FULL_LEVELS }, (_, at) => at + 1)) {
    expect(amplification(largest) * largest).toBeLessThanOrEqual(FULL_LEVELS);
  }
});

describe('foolWords', () => {
  const change = { label: 7, target: null, strength: 14, before: sure(7, 0.998) };

  test('says what a change turns a digit into', () => {
    expect(foolWords(classes, { ...change, after: sure(3, 0.61) })).toBe(
      `A change of at most 14 of 255 grey levels turns this 7 into a 3 (61.0${NBSP}%).`,
    );
  });

  test('says what is left where it is not enough', () => {
    expect(foolWords(classes, { ...change, after: sure(7, 0.9) })).toBe(
      `A change of at most 14 of 255 grey levels is not enough: the answer is still a 7 (90.0${NBSP}%, 99.8${NBSP}% before).`,
    );
  });

  test('says that another class than the chosen one was reached', () => {
    const words = foolWords(classes, { ...change, target: 2, after: sure(3, 0.61) });
    expect(words).toContain('turns this 7 into a 3');
    expect(words).toContain('but not yet to a 2.');
  });

  test('has no number before its class where classes are words', () => {
    expect(foolWords(SETS.fashion, { ...change, label: 1, after: sure(3, 0.61) })).toContain(
      'turns the answer from trousers to a dress',
    );
  });

  test('promises nothing at strength 0', () => {
    expect(foolWords(classes, { ...change, strength: 0, after: change.before })).toMatch(/^Nothing is changed yet/);
  });
});

test('smallestWords: the least that was found, or that nothing was', () => {
  const found = { label: 7, target: null, strength: 1, turned: true };
  expect(smallestWords(classes, found)).toBe(
    '1 grey level is the least this method needs to turn a 7 into something else.',
  );
  expect(smallestWords(classes, { ...found, target: 3, strength: 14 })).toMatch(/^14 grey levels .* into a 3\.$/);
  expect(smallestWords(classes, { ...found, turned: false })).toMatch(/^No change of up to 128 grey levels/);
});

test('nextCorrect: the next that is not misclassified, from the first again after the last; none where all are', async () => {
  const nextWrongOf = (/** @type {number[]} */ wrong) => async (/** @type {number} */ after) =>
    wrong.find((index) => index > after) ?? wrong[0] ?? null;
  expect(await nextCorrect(nextWrongOf([1, 2, 4]), 0, 5)).toBe(3);
  expect(await nextCorrect(nextWrongOf([1, 2, 4]), 3, 5)).toBe(0);
  expect(await nextCorrect(nextWrongOf([]), -1, 5)).toBe(0);
  expect(await nextCorrect(nextWrongOf([0, 1]), 0, 2)).toBeNull();
});

describe('rivalWords', () => {
  const kinds = /** @type {const} */ (['attack', 'noise', 'blur', 'rotation', 'occlusion']);
  /** @param {readonly string[]} turning */
  const rows = (...turning) =>
    kinds.map((kind) => ({ kind, probabilities: sure(turning.includes(kind) ? 3 : 7, 0.9) }));

  test('says that only the attack turns the answer', () => {
    expect(rivalWords(classes, 7, rows('attack'), 16)).toBe(
      'Noise, blur, rotation and occlusion of the same size leave the answer at a 7: at 16 grey levels, the direction of the change counts, not its size.',
    );
  });

  test('says which others do too', () => {
    expect(rivalWords(classes, 7, rows('attack', 'occlusion'), 16)).toBe(
      'Occlusion of the same size turns the answer too; noise, blur and rotation do not.',
    );
  });

  test('says that the attack does not while another does, and that none does', () => {
    expect(rivalWords(classes, 7, rows('blur'), 16)).toContain('turns the answer, the attack does not');
    expect(rivalWords(classes, 7, rows(), 16)).toMatch(/^At this size, no kind of change/);
  });
});

test('shareOfSize: a change that falls short of the attack is said to', () => {
  expect(shareOfSize(99, 100)).toBeNull();
  expect(shareOfSize(60, 100)).toBeCloseTo(0.6);
  expect(shareOfSize(0, 0)).toBeNull();
});
