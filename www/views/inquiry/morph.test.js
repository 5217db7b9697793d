import { expect, test } from 'vitest';
import { SETS } from '../../model/data-sets.js';
import {
  atPoint,
  between,
  firstOfEach,
  morphWords,
  nextClass,
  stretchesOf,
  strongestChannel,
  topClasses,
  turnNames,
  turnsOf,
} from './morph.js';

/** Three classes at five points: 0 until a turn between the points 1 and 2, then 1, then 2. */
const WAY = Float32Array.of(0.9, 0.1, 0, 0.6, 0.4, 0, 0.4, 0.6, 0, 0.1, 0.6, 0.3, 0, 0.01, 0.99);

test('between: whole grey levels, from one end to the other', () => {
  const [from, to] = [Uint8Array.of(0, 255, 10), Uint8Array.of(255, 0, 10)];
  expect([...between(from, to, 0)]).toEqual([...from]);
  expect([...between(from, to, 1)]).toEqual([...to]);
  expect([...between(from, to, 0.25)]).toEqual([64, 191, 10]);
});

test('stretchesOf: where the answer stays the same', () => {
  expect(stretchesOf(WAY, 3)).toEqual([
    { label: 0, from: 0, to: 1 },
    { label: 1, from: 2, to: 3 },
    { label: 2, from: 4, to: 4 },
  ]);
  expect(stretchesOf(new Float32Array(), 3)).toEqual([]);
});

test('turnsOf: where two classes change places', () => {
  const turns = turnsOf(WAY, 3);
  expect(turns.map(({ from, to }) => [from, to])).toEqual([
    [0, 1],
    [1, 2],
  ]);
  expect(turns[0]?.at).toBeCloseTo(1.5);
  expect(turns[1]?.at).toBeCloseTo(3 + 0.3 / (0.3 + 0.98));
});

test('turnNames: turns that are close to each other have one name', () => {
  const turns = [
    { at: 20, from: 0, to: 1 },
    { at: 30, from: 1, to: 2 },
    { at: 70, from: 2, to: 0 },
  ];
  expect(turnNames(turns, ['a', 'b', 'c'])).toEqual([
    { at: 20, label: 'a → b → c' },
    { at: 30, label: '' },
    { at: 70, label: 'c → a' },
  ]);
});

test('topClasses: those that are likely somewhere, the likeliest first', () => {
  expect(topClasses(WAY, 3)).toEqual([2, 0, 1]);
  expect(topClasses(Float32Array.of(0.99, 0.01, 0), 3)).toEqual([0]);
});

test('atPoint: the probabilities of one image on the way', () => {
  expect(atPoint(WAY, 3, 2)).toEqual([0.4, 0.6, 0].map(Math.fround));
});

test('morphWords: where the answer turns, or that it does not', () => {
  const way = Float32Array.from({ length: 101 * 2 }, (_, index) => {
    const share = (Math.floor(index / 2) + 0.5) / 101;
    return index % 2 === 0 ? 1 - share : share;
  });
  expect(morphWords(SETS.mnist, way, 2).replaceAll('\u00a0', ' ')).toBe(
    'The answer turns once: from a 0 to a 1 at 50 % of the way.',
  );
  expect(morphWords(SETS.mnist, WAY.slice(0, 6), 3)).toBe('The answer is a 0 all the way.');
});

test('firstOfEach: the first image of each class that has one, and of few classes only', () => {
  expect(firstOfEach(Uint8Array.of(2, 0, 2, 0), 3)).toEqual([1, 0]);
  expect(firstOfEach(null, 3)).toEqual([]);
  expect(
    firstOfEach(
      Uint8Array.from({ length: 50 }, (_, label) => label),
      50,
    ),
  ).toHaveLength(20);
});

test('nextClass: another class, if there is an image of one', () => {
  expect(nextClass(1, 4, Uint8Array.of(1, 3, 0))).toBe(3);
  expect(nextClass(3, 4, Uint8Array.of(1, 3, 0))).toBe(0);
  expect(nextClass(1, 4, Uint8Array.of(1, 1))).toBe(1);
});

test('strongestChannel: the channel with the largest number', () => {
  expect(strongestChannel(Float32Array.of(-9, 1, 2, 5), 2)).toEqual({ channel: 1, largest: 5 });
  expect(strongestChannel(Float32Array.of(-3, -1, -2, -5), 2)).toEqual({ channel: 0, largest: -1 });
});

test('morphWords: many turns are counted', () => {
  const way = Float32Array.from({ length: 20 }, (_, index) => (index % 4 === 0 || index % 4 === 3 ? 0.9 : 0.1));
  expect(morphWords(SETS.mnist, way, 2)).toMatch(/^The answer turns 9 times, from a 0 to a 1 in the end/);
});
