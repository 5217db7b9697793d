import { expect, test } from 'vitest';
import { accuracyLines, coinciding, divergenceMarks, divergences, inTurns, lossLines } from './run-lines.js';

test('lossLines draws short runs step by step, long ones as means, and leaves out steps not reached', () => {
  const short = lossLines([{ steps: 4, losses: [2, 1] }]);
  expect(short.data).toEqual([
    [1, 2, 3, 4],
    [2, 1, null, null],
  ]);
  const losses = Array.from({ length: 600 }, (_, step) => (step < 300 ? 2 : 1));
  const long = lossLines([{ steps: 600, losses }]);
  expect(long.data[0]).toHaveLength(120);
  expect([long.data[1]?.[0], long.data[1]?.at(-1)]).toEqual([2, 1]);
  const odd = lossLines([{ steps: 121, losses: Array.from({ length: 121 }, (_, step) => step / 100) }]);
  expect(odd.data[0]).toHaveLength(61);
  expect([odd.data[1]?.[0], odd.data[1]?.at(-1)]).toEqual([0.005, 1.2]);
});

test('lossLines lets a loss beyond all bounds leave the chart, and draws one of 0 at the edge', () => {
  const { data, range } = lossLines([
    { steps: 2, losses: [1e30, NaN] },
    { steps: 2, losses: [0.02, 0] },
  ]);
  expect(range).toEqual([0.01, 10]);
  expect(data.slice(1)).toEqual([
    [1e30, null],
    [0.02, 0.01],
  ]);
});

test('a run that diverged has points at its last steps, however short it was, and none after them', () => {
  const fine = { name: 'fine', steps: 600, losses: Array(600).fill(1), values: {} };
  const diverged = { name: 'diverged', steps: 600, losses: [2, 8], values: {} };
  const underWay = { name: 'under way', steps: 600, losses: [2, 8], values: null };
  expect(divergences([fine, diverged, underWay])).toEqual([{ name: 'diverged', step: 3 }]);
  const { data } = lossLines([fine, diverged]);
  expect(divergenceMarks([fine, diverged])).toEqual([{ x: 3, label: 'diverged diverged at step 3' }]);
  expect(data[0].slice(0, 4)).toEqual([1, 2, 5, 10]);
  expect(data[1]?.slice(0, 4)).toEqual([1, 1, 1, 1]);
  expect(data[2]?.slice(0, 4)).toEqual([2, 5, null, null]);
});

test('runs that diverged at nearly the same step are named at one mark, the others each at its own', () => {
  /** @param {string} name @param {number} made */
  const run = (name, made) => ({ name, steps: 1000, losses: Array(made).fill(1), values: {} });
  expect(divergenceMarks([run('c', 700), run('b', 11), run('a', 4), run('fine', 1000)])).toEqual([
    { x: 5, label: 'a diverged at step 5, b diverged at step 12' },
    { x: 12, label: '' },
    { x: 701, label: 'c diverged at step 701' },
  ]);
});

test('coinciding finds the runs whose lines look like one on their scale, as far as they are known', () => {
  const lines = [
    [2.303, 2.302, 2.301],
    [2.301, 2.303, null],
    [2.3, 1, 0.1],
    [2.3, null, null],
    [null, null, null],
  ];
  expect(coinciding(lines, { range: [0.1, 3], log: true })).toEqual([[0, 1]]);
  expect(coinciding(lines, { range: [2.3, 2.31], log: false })).toEqual([]);
});

test('coinciding compares what comes after the beginning', () => {
  const flat = Array(20).fill(2.3);
  const late = [9, 5, 3, ...Array(17).fill(2.3)];
  const parted = [...Array(10).fill(2.3), ...Array(10).fill(1)];
  const scale = /** @type {const} */ ({ range: [0.1, 10], log: true });
  expect(coinciding([flat, late, parted], scale)).toEqual([[0, 1]]);
});

test('inTurns draws lines that lie on each other one after the other, each up to where the next begins, and where they come together all', () => {
  const scale = /** @type {const} */ ({ range: [0.1, 10], log: true });
  const flat = Array(9).fill(2.3);
  const late = [9, ...Array(8).fill(2.3)];
  const other = Array(9).fill(1);
  expect(inTurns([flat, other, late], [[0, 2]], scale)).toEqual([
    [2.3, 2.3, 2.3, 2.3, null, null, 2.3, 2.3, 2.3],
    other,
    [9, 2.3, null, 2.3, 2.3, 2.3, 2.3, null, null],
  ]);
  expect(inTurns([flat, late], [], scale)).toEqual([flat, late]);
});

test('accuracyLines has points where validation images were evaluated, and training means in between', () => {
  const ahead = {
    accuracies: [0.2, 0.4, 0.6, 1],
    validations: [
      { step: 2, accuracy: 0.25 },
      { step: 4, accuracy: 0.5 },
    ],
  };
  const behind = { accuracies: [0.1, 0.3], validations: [{ step: 2, accuracy: 0.15 }] };
  const { data, range } = accuracyLines([ahead, behind]);
  expect(data).toEqual([
    [2, 4],
    [0.25, 0.5],
    [expect.closeTo(0.3), expect.closeTo(0.8)],
    [0.15, null],
    [expect.closeTo(0.2), null],
  ]);
  expect(range).toEqual([0.1, 1]);
  expect(accuracyLines([]).data).toEqual([[]]);
});

test('the axes are of whole powers of ten of losses, within bounds, and of accuracies from 90 % or less', () => {
  const range = (/** @type {number[]} */ ...losses) => lossLines([{ steps: losses.length, losses }]).range;
  expect(range(2, 1)).toEqual([1, 3]);
  expect(range(4, 1e-9)).toEqual([expect.closeTo(1e-4, 9), 10]);
  expect(range(1e30)).toEqual([1, 10]);
  const perfect = { accuracies: [1], validations: [{ step: 1, accuracy: 1 }] };
  expect(accuracyLines([perfect]).range).toEqual([0.9, 1]);
});
