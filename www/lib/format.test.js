import { describe, expect, it } from 'vitest';
import { clock, duration, integer, number, percent, points, probability, shownDifference } from './format.js';

describe('numbers for people', () => {
  it('groups thousands', () => {
    expect(integer(55000)).toBe('55,000');
  });

  it('never calls nearly all all, nor nearly nothing nothing', () => {
    expect(percent(0.99999)).toBe('>99.9\u00a0%');
    expect(percent(0.9994)).toBe('99.9\u00a0%');
    expect(percent(1)).toBe('100.0\u00a0%');
    expect(percent(0.0001)).toBe('<0.1\u00a0%');
    expect(percent(0)).toBe('0.0\u00a0%');
    expect(percent(0.981, 0)).toBe('98\u00a0%');
    expect(percent(-0.003)).toBe('−0.3\u00a0%');
    expect(percent(null)).toBe('–');
    expect(percent(Number.NaN)).toBe('–');
  });

  it('never calls a probability certain or impossible', () => {
    expect([1, 0, 0.5, null].map((share) => probability(share))).toEqual([
      '>99.9\u00a0%',
      '<0.1\u00a0%',
      '50.0\u00a0%',
      '–',
    ]);
    expect(probability(1, 0)).toBe('>99\u00a0%');
  });

  it('writes differences of percentages in points that add up with what is shown', () => {
    expect(points(shownDifference(0.9794, 0.9508))).toBe('2.8 points');
    expect(points(0.979 - 0.951)).toBe('2.8 points');
    expect(points(-0.008)).toBe('−0.8 points');
    expect([points(null), points(NaN)]).toEqual(['–', '–']);
  });

  it('writes any size in few characters', () => {
    expect([72_100, 323_456, 12_345_678].map((value) => number(value))).toEqual(['72,100', '323,000', '1.23e7']);
    expect(number(0.03124)).toBe('0.0312');
    expect(number(-15.32)).toBe('−15.3');
    expect(number(2.1e-7)).toBe('2.1e−7');
    expect(number(0)).toBe('0');
    expect(number(Infinity)).toBe('∞');
    expect(number(Number.NaN)).toBe('–');
  });

  it('writes times in the two largest units', () => {
    expect(duration(8.4)).toBe('8 s');
    expect(duration(80)).toBe('1 min 20 s');
    expect(duration(3900)).toBe('1 h 5 min');
    expect(duration(null)).toBe('–');
  });

  it('writes times as a clock where there is little room', () => {
    expect([8, 59.4, 59.6, 80, 3_599.6, 3_920].map(clock)).toEqual([
      '8 s',
      '59 s',
      '1:00',
      '1:20',
      '1:00:00',
      '1:05:20',
    ]);
    expect([clock(null), clock(Infinity)]).toEqual(['–', '–']);
  });
});
