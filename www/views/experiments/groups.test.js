import { expect, test } from 'vitest';
import { coloursOf, groupsOf, progressOf } from './groups.js';

const planned = ['a', 'a', 'b'].map((group) => ({ group }));

test('runs that differ only in their seed are one group, in one colour', () => {
  expect(groupsOf(planned)).toEqual([
    { name: 'a', indices: [0, 1] },
    { name: 'b', indices: [2] },
  ]);
  const [first, second, third] = coloursOf('light', planned);
  expect(first).toBe(second);
  expect(third).not.toBe(first);
});

test('a group has ended when all of its runs have, and shows the first problem', () => {
  /** @param {object} state */
  const run = (state) =>
    /** @type {any} */ ({ steps: 10, losses: [], values: null, stops: [], problem: null, ...state });
  const ended = run({ losses: [3, 1], values: {}, stops: [{ step: 0 }] });
  expect(progressOf([ended, run({ losses: [2] })])).toEqual({
    ...{ problem: null, steps: 20, made: 3, loss: null, diverged: 3, canOpen: true },
  });
  expect(progressOf([ended, run({ losses: [2], values: {} })]).loss).toBe(1.5);
  expect(progressOf([run({}), run({ problem: 'No images.' })])).toMatchObject({
    problem: 'No images.',
    canOpen: false,
  });
});
