import { describe, expect, it } from 'vitest';
import { largestSize, Scales, steppedLimit } from './scale.js';

describe('the limit of a colour scale', () => {
  it('is a round number', () => {
    expect(steppedLimit(undefined, 0.71)).toBe(1);
    expect(steppedLimit(undefined, 1)).toBe(1);
    expect(steppedLimit(undefined, 1.01)).toBe(1.5);
    expect(steppedLimit(undefined, 0.031)).toBe(0.05);
    expect(steppedLimit(undefined, 720)).toBe(1000);
  });

  it('grows as soon as a value passes it, and shrinks late', () => {
    expect(steppedLimit(1, 1.4)).toBe(1.5);
    expect(steppedLimit(2, 1.1)).toBe(2);
    expect(steppedLimit(2, 0.9)).toBe(1);
  });

  it('never moves to and fro between two steps', () => {
    for (let largest = 0.011; largest < 90; largest *= 1.07) {
      const limit = steppedLimit(undefined, largest);
      expect(steppedLimit(limit, largest)).toBe(limit);
      expect(steppedLimit(limit, largest * 0.9)).toBe(limit);
    }
  });

  it('stays where it is when everything is zero or nothing is finite', () => {
    expect(steppedLimit(2, 0)).toBe(2);
    expect(steppedLimit(2, Infinity)).toBe(2);
    expect(steppedLimit(undefined, 0)).toBeGreaterThan(0);
  });

  it('never shrinks where what vanishes must look vanished', () => {
    expect(steppedLimit(2, 1e-6, false)).toBe(2);
    expect(steppedLimit(2, 2.1, false)).toBe(3);
    const scales = new Scales(false);
    scales.begin('a network');
    scales.limit('', 4);
    scales.begin('a network');
    expect(scales.limit('', 1e-6)).toBe(5);
    scales.begin('another');
    expect(scales.limit('', 1e-6)).toBe(1e-6);
  });

  it('is kept by name until the network starts anew', () => {
    const scales = new Scales();
    scales.limit('layer 0', 4);
    expect(scales.limit('layer 0', 3)).toBe(5);
    scales.reset();
    expect(scales.limit('layer 0', 2)).toBe(2);
  });

  it('ignores signs', () => {
    expect(largestSize([1, -3, 2])).toBe(3);
    expect(largestSize([1, -3, 2], 2)).toBe(2);
  });
});
