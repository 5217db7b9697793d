import { expect, test } from 'vitest';
import { PLOTS } from '../../experiments/plots.js';
import { accuracyLines } from './accuracy-lines.js';

/** A run that loses so much with each pixel. @param {number} lost */
const run = (lost) => ({
  values: Object.fromEntries([0, 1, 2, 3, 4, 5].map((pixels) => [`shifted${pixels}`, 1 - lost * pixels])),
});
const planned = ['a', 'a', 'a', 'b', 'b'].map((group) => ({ group }));

test('accuracyLines are the means of the seeds of a run, with the lowest and the highest, once all of them have ended', () => {
  const { lines, range } = accuracyLines(PLOTS.shift, planned, [
    run(0.1),
    run(0.2),
    run(0.15),
    run(0.1),
    { values: null },
  ]);
  expect(lines.map(({ name, index }) => [name, index])).toEqual([['a', 0]]);
  expect(lines[0]?.points[0]).toEqual({ at: 0, mean: 1, low: 1, high: 1 });
  expect(lines[0]?.points.at(-1)).toEqual({
    ...{ at: 5, mean: expect.closeTo(0.25), low: expect.closeTo(0), high: expect.closeTo(0.5) },
  });
  expect(range).toEqual([0, 1]);
});

test('accuracyLines draws nothing before a run has ended', () => {
  const none = planned.map(() => ({ values: null }));
  expect(accuracyLines(PLOTS.shift, planned, none)).toEqual({ lines: [], range: [0.2, 1] });
});

test('accuracyLines draws the lines of a plot apart, and of a run that has fewer places only those', () => {
  const values = { ...run(0).values, attacked0: 0.9, attacked8: 0.5, noisy0: 0.9 };
  const { lines } = accuracyLines(PLOTS.strength, [{ group: 'a' }], [{ values }]);
  expect(lines.map(({ name, line, points }) => [name, line, points.map(({ at }) => at)])).toEqual([
    ['a, against the network', 0, [0, 8]],
    ['a, at random', 1, [0]],
  ]);
});
