import { describe, expect, test } from 'vitest';
import { MEASURES } from '../../experiments/measures.js';
import { shifted } from '../../lib/digit.js';
import { ASKED } from './asked.js';
import { filterDistance, MEASURED, smoothness } from './measures.js';

const PIXELS = 784;
const SUMMARY = /** @type {any} */ ({
  input: [1, 28, 28],
  layers: [{ type: 'conv2d', parameters: 8, shape: [2, 1, 1] }],
  multiply_adds: 12,
});

/** @param {object} [more] */
const engine = (more) =>
  /** @type {any} */ ({
    ...{ beginEvaluation() {}, continueEvaluation: () => true, imagesReady: () => Uint32Array.of(0, 10_000), ...more },
  });

/** @param {keyof typeof MEASURED} measure @param {object} [more] */
const measure = (measure, more) =>
  MEASURED[measure]({
    ...{ session: engine(), summary: SUMMARY, losses: [], accuracies: [], diverged: false },
    ...{ start: { smoothness: 0.25, checkError: 0, sizes: null }, ...more },
  });

/** Two filters of 2×2. @param {number[]} weights */
const filters = (...weights) => engine({ parameter: () => Float32Array.from(weights) });

describe('of the last fifty steps', () => {
  const before = [100, ...Array(49).fill(7)];
  const last = Array.from({ length: 50 }, (_, step) => (step % 2 === 0 ? 0 : 4));

  test('the mean', () => {
    expect(measure('loss', { losses: [...before, ...last] })).toBe(2);
    expect(measure('trainingAccuracy', { accuracies: [...before, ...last] })).toBe(2);
  });

  test('the scatter', () => {
    expect(measure('noise', { losses: [...before, ...last] })).toBe(2);
    expect(measure('noise', { losses: [3, 3] })).toBe(0);
  });

  test('how far training is above validation', () => {
    const session = engine({ evaluation: () => ({ accuracy: 0.75 }) });
    expect(measure('gap', { session, accuracies: [1, 1] })).toBe(0.25);
  });
});

test('peeked is of the first hundred test digits, honest of the others', () => {
  const predicted = Uint8Array.from({ length: 300 }, (_, index) =>
    index < 100 ? Number(index < 90) : Number(index < 150),
  );
  const session = engine({
    evaluation: () => ({ predicted }),
    label: (/** @type {string} */ _, /** @type {number} */ index) => Number(index !== 100),
  });
  expect(measure('peeked', { session })).toBe(0.9);
  expect(measure('honest', { session })).toBe(49 / 200);
});

test('a network that sees only the middle loses all by a shift', () => {
  const middle = new Uint8Array(PIXELS);
  middle[14 * 28 + 14] = 255;
  const reads = (/** @type {Uint8Array} */ pixels) => (pixels[14 * 28 + 14] ? [0, 1] : [1, 0]);
  const session = engine({ image: () => middle, label: () => 1, predict: reads });
  expect(measure('shiftedAccuracy', { session })).toBe(0);
  expect(measure('lostByShift', { session })).toBe(1);
  // One that expects the ink three pixels lower finds it in one of four directions.
  const lower = engine({ ...session, predict: (/** @type {Uint8Array} */ pixels) => reads(shifted(pixels, [-3, 0])) });
  expect(measure('shiftedAccuracy', { session: lower })).toBe(0.25);
});

test('filterDistance is the distance of filters relative to their length', () => {
  expect(filterDistance(filters(3, 0, 0, 0, 0, 4, 0, 0), SUMMARY)).toBeCloseTo(5 / 3.5);
  expect(filterDistance(filters(1, 2, 3, 4, 1, 2, 3, 4), SUMMARY)).toBe(0);
  expect(measure('filterDistance', { session: filters(0, 0, 0, 0, 0, 0, 0, 0) })).toBe(0);
});

test('smoothness is high where neighbours within a filter are alike', () => {
  // Alternating: each neighbour, beside and below, is the opposite.
  expect(smoothness(filters(1, -1, -1, 1, 1, -1, -1, 1), SUMMARY)).toBeCloseTo(-1);
  // Rows alike: two pairs of a filter agree, two do not.
  expect(smoothness(filters(1, 1, -1, -1, 1, 1, -1, -1), SUMMARY)).toBeCloseTo(0);
  // One filter light, one dark; neither the end of a row nor that of a filter is beside what follows.
  expect(smoothness(filters(1, 1, 1, 1, -1, -1, -1, -1), SUMMARY)).toBeCloseTo(1);
  expect(measure('smoothnessGained', { session: filters(1, 1, 1, 1, -1, -1, -1, -1) })).toBeCloseTo(0.75);
});

test('smoothness takes each channel of a filter by itself', () => {
  const colours = { ...SUMMARY, input: [3, 28, 28] };
  // Two filters of 2×2 in three channels, whose rows are alike.
  const channel = [1, 1, -1, -1];
  expect(smoothness(filters(...Array(6).fill(channel).flat()), colours)).toBeCloseTo(0);
});

test('what is counted is returned as it is, and every measure has a name and a function', () => {
  expect([measure('multiplyAdds'), measure('diverged'), measure('diverged', { diverged: true })]).toEqual([12, 0, 1]);
  expect(Object.values(MEASURES).every(({ name }) => name.length > 0)).toBe(true);
  expect([...Object.keys(MEASURED), ...ASKED].sort()).toEqual(Object.keys(MEASURES).sort());
});
