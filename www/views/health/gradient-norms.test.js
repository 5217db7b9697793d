import { describe, expect, it } from 'vitest';
import { fewer, normLines, valueOf, verdictOf } from './gradient-norms.js';

/** @param {number} step @param {number} gradient @param {number} [update] */
const reading = (step, gradient, update = 1e-3) => ({ step, layers: [{ layer: 0, gradient, update, weight: 1 }] });

describe('gradient norms: normLines and verdictOf', () => {
  it('is a line for each layer over steps', () => {
    const { data, readings } = normLines([reading(1, 0.1), reading(2, 0.2)], [0], 'gradient');
    expect(data).toEqual([
      [1, 2],
      [0.1, 0.2],
    ]);
    expect(readings).toEqual([0, 1]);
  });

  it('spans whole powers of ten around all values, and never less than its usual ones', () => {
    expect(normLines([], [0], 'ratio').range).toEqual([1e-5, 0.1]);
    expect(normLines([reading(1, 3e-7), reading(2, 40)], [0], 'gradient').range).toEqual([1e-7, 100]);
    expect(normLines([reading(1, 1e-30)], [0], 'gradient').range).toEqual([1e-12, 1]);
  });

  it('shows what has vanished at the lower edge, and NaN not at all', () => {
    const { data } = normLines([reading(1, 0), reading(2, NaN), reading(3, 0.1)], [0], 'gradient');
    expect(data[1]).toEqual([1e-3, null, 0.1]);
  });

  it('draws no line where the panel was not shown', () => {
    const { data, readings } = normLines(
      [1, 2, 3, 100, 101].map((step) => reading(step, 0.1)),
      [0],
      'gradient',
    );
    expect(data[0]).toEqual([1, 2, 3, 4, 100, 101]);
    expect(data[1]).toEqual([0.1, 0.1, 0.1, null, 0.1, 0.1]);
    expect(readings).toEqual([0, 1, 2, -1, 3, 4]);
  });

  it('takes for a gap what is far beyond the usual distance, not beyond the least', () => {
    const at = (/** @type {number[]} */ ...steps) =>
      normLines(
        steps.map((step) => reading(step, 0.1)),
        [0],
        'gradient',
      ).data[0];
    expect(at(10, 11, 21, 31, 100)).toEqual([10, 11, 21, 31, 100]);
    expect(at(10, 11, 21, 31, 112)).toEqual([10, 11, 21, 31, 32, 112]);
  });

  it('takes layers that a reading does not have', () => {
    expect(normLines([reading(1, 0.1)], [0, 5], 'gradient').data[2]).toEqual([null]);
    expect(valueOf(undefined, 'ratio')).toBeNaN();
  });

  it('names what is healthy, and what is not', () => {
    const verdict = (/** @type {number} */ update, gradient = 1) => verdictOf(reading(1, gradient, update).layers[0]);
    expect([0.9e-4, 1.1e-4, 0.9e-2, 1.1e-2, NaN].map((update) => verdict(update))).toEqual([
      ...['vanishing', 'healthy', 'healthy', 'exploding', 'not a number'],
    ]);
    expect(verdict(0, 0)).toBe('no gradient');
    expect(verdictOf(undefined)).toBe('');
  });
});

it('fewer keeps every second, fourth and so on of many readings, and always the last', () => {
  const all = Array.from({ length: 1001 }, (_, step) => reading(step, 1));
  const steps = fewer(all, 500).map(({ step }) => step);
  expect(steps.slice(0, 3)).toEqual([0, 4, 8]);
  expect(steps.at(-1)).toBe(1000);
  expect(fewer(all.slice(0, 499), 500)).toHaveLength(499);
  expect(fewer([], 500)).toEqual([]);
});
