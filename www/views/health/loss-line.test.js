import { expect, test } from 'vitest';
import { assessStep, lossChart } from './loss-line.js';

/** A valley with its lowest point at `best`. @param {number} best */
function valley(best) {
  const at = Float32Array.from({ length: 41 }, (_, index) => -1 + index / 8);
  return { step: 3, at, losses: Float64Array.from(at, (place) => 0.2 + 0.1 * (place - best) ** 2) };
}

test('assessStep calls a step short, right, long, or a jump over the valley', () => {
  expect(assessStep(valley(3)).verdict).toContain('stops short');
  expect(assessStep(valley(1.5)).verdict).toContain('stops short');
  expect(assessStep(valley(1)).verdict).toContain('near the lowest point');
  expect(assessStep(valley(0.6)).verdict).toContain('past the lowest point');
  expect(assessStep(valley(0.25)).verdict).toContain('overshoots');
  expect(assessStep(valley(1))).toMatchObject({ best: 1, before: expect.closeTo(0.3), after: expect.closeTo(0.2) });
});

test('assessStep takes a NaN loss for a jump, and lossChart leaves a gap there', () => {
  const lossLine = valley(0.25);
  lossLine.losses.fill(NaN, 16);
  expect(assessStep(lossLine).verdict).toContain('overshoots');
  expect(lossChart(lossLine).data[1]?.at(-1)).toBeNull();
  const nothing = { step: 0, at: Float32Array.of(0, 1), losses: Float64Array.of(NaN, Infinity) };
  expect(lossChart(nothing).range).toEqual([0, 1]);
  expect(assessStep(nothing)).toMatchObject({ best: NaN, verdict: expect.stringContaining('no longer a number') });
});

/** @param {number[]} losses from one step back to two steps ahead, in halves */
const lossLine = (...losses) => ({
  ...{ step: 3, at: Float32Array.of(-1, -0.5, 0, 0.5, 1, 1.5, 2), losses: Float64Array.from(losses) },
});

test('assessStep says when going back would be better, and when nothing changes', () => {
  expect(assessStep(lossLine(0.5, 0.1, 0.4, 0.4, 0.3, 0.3, 0.3)).verdict).toContain('Going back');
  const flat = assessStep(lossLine(2, 2, 2, 2, 2, 2, 2));
  expect(flat).toEqual({ before: 2, after: 2, best: 0, verdict: expect.stringContaining('does not change') });
  expect(assessStep(lossLine(0.5, 0.5, 0.4, 0.3, 0.4, 0.5, 0.6)).verdict).toContain('past the lowest point');
  expect(assessStep(lossLine(NaN, 0.5, 0.4, 0.3, 0.2, 0.3, 0.4)).best).toBe(1);
});

test('lossChart fits its range to the line, unless the start is far below or the line is flat', () => {
  expect(lossChart(valley(1)).range).toEqual([expect.closeTo(0.2), expect.closeTo(1.1)]);
  const of = (/** @type {number[]} */ ...losses) =>
    lossChart({ step: 0, at: Float32Array.of(0, 1), losses: Float64Array.from(losses) }).range;
  expect(of(1.02, 0.83)).toEqual([expect.closeTo(0.8), expect.closeTo(1.05)]);
  expect(of(0.1, 7)).toEqual([expect.closeTo(0.1), expect.closeTo(0.4)]);
  expect(of(2, 2)).toEqual([expect.closeTo(2), expect.closeTo(2.1)]);
});
