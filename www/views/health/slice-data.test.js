import { expect, test } from 'vitest';
import { judgeStep, sliceLine } from './slice-data.js';

/** A valley whose lowest point lies at `best`. @param {number} best */
function valley(best) {
  const at = Float32Array.from({ length: 41 }, (_, index) => -1 + index / 8);
  return { step: 3, at, losses: Float64Array.from(at, (place) => 0.2 + 0.1 * (place - best) ** 2) };
}

test('a step is called short, right, long, or a jump over the valley', () => {
  expect(judgeStep(valley(3)).verdict).toContain('on the slope');
  expect(judgeStep(valley(1.5)).verdict).toContain('on the slope');
  expect(judgeStep(valley(1)).verdict).toContain('near the lowest point');
  expect(judgeStep(valley(0.6)).verdict).toContain('past the lowest point');
  expect(judgeStep(valley(0.25)).verdict).toContain('jumps the valley');
  expect(judgeStep(valley(1))).toMatchObject({ best: 1, before: expect.closeTo(0.3), behind: expect.closeTo(0.2) });
});

test('a loss that is no number ends a step that jumps too, and leaves a gap in the line', () => {
  const slice = valley(0.25);
  slice.losses.fill(NaN, 16);
  expect(judgeStep(slice).verdict).toContain('jumps the valley');
  expect(sliceLine(slice).data[1]?.at(-1)).toBeNull();
  const nothing = { step: 0, at: Float32Array.of(0, 1), losses: Float64Array.of(NaN, Infinity) };
  expect(sliceLine(nothing).range).toEqual([0, 1]);
  expect(judgeStep(nothing)).toMatchObject({ best: NaN, verdict: expect.stringContaining('no loss left') });
});

/** @param {number[]} losses from one step back to two steps ahead, in halves */
const slice = (...losses) => ({
  ...{ step: 3, at: Float32Array.of(-1, -0.5, 0, 0.5, 1, 1.5, 2), losses: Float64Array.from(losses) },
});

test('says where it would be better to go back, and where nothing changes', () => {
  expect(judgeStep(slice(0.5, 0.1, 0.4, 0.4, 0.3, 0.3, 0.3)).verdict).toContain('Going back');
  const flat = judgeStep(slice(2, 2, 2, 2, 2, 2, 2));
  expect(flat).toEqual({ before: 2, behind: 2, best: 0, verdict: expect.stringContaining('stays as it is') });
  expect(judgeStep(slice(0.5, 0.5, 0.4, 0.3, 0.4, 0.5, 0.6)).verdict).toContain('past the lowest point');
  expect(judgeStep(slice(NaN, 0.5, 0.4, 0.3, 0.2, 0.3, 0.4)).best).toBe(1);
});

test('the line fills its chart, but for a start far below and a line that is flat', () => {
  expect(sliceLine(valley(1)).range).toEqual([expect.closeTo(0.2), expect.closeTo(1.1)]);
  const of = (/** @type {number[]} */ ...losses) =>
    sliceLine({ step: 0, at: Float32Array.of(0, 1), losses: Float64Array.from(losses) }).range;
  expect(of(1.02, 0.83)).toEqual([expect.closeTo(0.8), expect.closeTo(1.05)]);
  expect(of(0.1, 7)).toEqual([expect.closeTo(0.1), expect.closeTo(0.4)]);
  expect(of(2, 2)).toEqual([expect.closeTo(2), expect.closeTo(2.1)]);
});
