import { describe, expect, it } from 'vitest';
import { lastAt, Smoothing, thinned } from './curve.js';

describe('a smoothed curve', () => {
  it('starts at the first value and follows slowly', () => {
    const smoothing = new Smoothing();
    const values = smoothing.follow([2, 2, 2, 10]);
    expect(values.slice(0, 3).every((value) => Math.abs(value - 2) < 1e-12)).toBe(true);
    expect(values[3]).toBeGreaterThan(2);
    expect(values[3]).toBeLessThan(5);
  });

  it('is the same whether the points are added at once or one by one', () => {
    const curve = [3, 1, 4, 1, 5];
    const atOnce = new Smoothing().follow(curve);
    const piecewise = new Smoothing();
    curve.forEach((_, index) => piecewise.follow(curve.slice(0, index + 1)));
    expect(piecewise.values).toEqual(atOnce);
  });

  it('follows faster where the same images come again soon, and never slower than by default', () => {
    const curve = Array.from({ length: 60 }, (_, point) => 60 - point);
    const end = (/** @type {number} */ cycle) => new Smoothing(cycle).follow(curve).at(-1);
    expect(end(8)).toBeLessThan(10);
    expect(end(1)).toBe(end(4));
    expect(end(1_000)).toBe(new Smoothing().follow(curve).at(-1));
  });

  it('starts anew when the run does, and steps over what is not finite', () => {
    const smoothing = new Smoothing();
    smoothing.follow([9, 9, 9]);
    expect(smoothing.follow([1, Number.NaN])).toEqual([1, 1]);
  });
});

describe('a thinned curve', () => {
  it('keeps its last point and no more than asked for', () => {
    expect(thinned(5, 10)).toEqual([0, 1, 2, 3, 4]);
    const kept = thinned(1001, 100);
    expect(kept.length).toBeLessThanOrEqual(100);
    expect(kept.at(-1)).toBe(1000);
    expect(thinned(0, 10)).toEqual([]);
  });
});

describe('the point at a place', () => {
  it('is the last one not beyond it', () => {
    expect(lastAt([1, 5, 9], 6)).toBe(1);
    expect(lastAt([1, 5, 9], 9)).toBe(2);
    expect(lastAt([1, 5, 9], 0)).toBe(-1);
    expect(lastAt([], 3)).toBe(-1);
  });
});
