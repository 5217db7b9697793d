import { expect, test } from 'vitest';
import { shiftLines } from './shift-lines.js';

/** A run that loses so much with each pixel. @param {number} lost */
const run = (lost) => ({
  values: Object.fromEntries([0, 1, 2, 3, 4, 5].map((pixels) => [`shifted${pixels}`, 1 - lost * pixels])),
});
const planned = ['a', 'a', 'a', 'b', 'b'].map((group) => ({ group }));

test('shiftLines is the mean of the seeds of a run, with the lowest and the highest, once all of them have ended', () => {
  const { lines, range } = shiftLines(planned, [run(0.1), run(0.2), run(0.15), run(0.1), { values: null }]);
  expect(lines.map(({ name, index }) => [name, index])).toEqual([['a', 0]]);
  expect(lines[0]?.points[0]).toEqual({ pixels: 0, mean: 1, low: 1, high: 1 });
  expect(lines[0]?.points.at(-1)).toEqual({
    ...{ pixels: 5, mean: expect.closeTo(0.25), low: expect.closeTo(0), high: expect.closeTo(0.5) },
  });
  expect(range).toEqual([0, 1]);
});

test('shiftLines draws nothing before a run has ended', () => {
  const none = planned.map(() => ({ values: null }));
  expect(shiftLines(planned, none)).toEqual({ lines: [], range: [0.2, 1] });
});
