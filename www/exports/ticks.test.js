import { describe, expect, it } from 'vitest';
import { powersOfTen, roundTicks } from './ticks.js';

describe('roundTicks', () => {
  it('are 1, 2 or 5 times a power of ten apart, within the range', () => {
    expect(roundTicks(1, 1234, 8)).toEqual([200, 400, 600, 800, 1000, 1200]);
    expect(roundTicks(0.8, 1, 5)).toEqual([0.8, 0.85, 0.9, 0.95, 1]);
    expect(roundTicks(0, 0.3, 3)).toEqual([0, 0.1, 0.2, 0.3]);
    expect(roundTicks(-3, 3, 3)).toEqual([-2, 0, 2]);
  });

  it('are no finer than wanted, and none of a range that is none', () => {
    expect(roundTicks(0, 2, 8, 1)).toEqual([0, 1, 2]);
    expect(roundTicks(1, 1, 8)).toEqual([]);
    expect(roundTicks(NaN, 1, 8)).toEqual([]);
    expect(roundTicks(0, Infinity, 8)).toEqual([]);
  });
});

it('powersOfTen are whole, and thinned out where there are many', () => {
  expect(powersOfTen(0.01, 2.5, 6)).toEqual([0.01, 0.1, 1]);
  expect(powersOfTen(1e-9, 100, 6)).toEqual([1e-8, 1e-6, 1e-4, 0.01, 1, 100]);
  expect(powersOfTen(2, 3, 6)).toEqual([]);
  expect(powersOfTen(0, 1, 6)).toEqual([]);
});
