import { expect, test } from 'vitest';
import { makeRoom, toDrop } from './thinning.js';

test('toDrop keeps everything within the limit', () => {
  expect(toDrop([0, 10, 20], 3)).toEqual([]);
  expect(toDrop([], 5)).toEqual([]);
  expect(toDrop([0, 5], 1)).toEqual([]);
});

test('toDrop keeps the first and the last step, and the start denser than the end', () => {
  const steps = Array.from({ length: 200 }, (_, index) => 50 * index);
  const dropped = new Set(toDrop(steps, 20));
  const kept = steps.filter((step) => !dropped.has(step));
  expect(kept).toHaveLength(20);
  expect([kept[0], kept.at(-1)]).toEqual([0, 9950]);
  const gaps = kept.slice(1).map((step, index) => step - Number(kept[index]));
  expect(Number(gaps[0])).toBeLessThan(Number(gaps.at(-1)));
  expect(toDrop([0, 10, 20, 1000, 1015, 1030], 5)).toEqual([1015]);
  expect(toDrop([0, 1, 2, 10, 100, 1000], 5)).toEqual([1]);
});

/** @param {string} id @param {number} count @param {number} size */
function run(id, count, size) {
  const kept = Array.from({ length: count }, (_, index) => ({ step: 100 * index, size }));
  return { id, kept, size: count * size };
}

test('makeRoom drops from the oldest runs first', () => {
  const runs = [run('old', 10, 10), run('new', 10, 10)];
  expect(makeRoom(runs, 200)).toEqual({ drops: [], over: 0 });
  const little = makeRoom(runs, 165);
  expect(little.drops).toMatchObject([{ id: 'old' }]);
  expect(little.drops[0]?.steps).toHaveLength(4);
  expect(little.over).toBe(0);
});

test('toDrop and makeRoom never drop the step a run went back to', () => {
  expect(toDrop([0, 10, 11, 12, 30], 2, 11)).toEqual([10, 12]);
  expect(toDrop([0, 10, 30], 2, 10)).toEqual([]);
  const { drops, over } = makeRoom([{ ...run('old', 10, 10), at: 400 }], 0);
  expect(drops[0]?.steps).toEqual([100, 200, 300, 500, 600, 700, 800]);
  expect(over).toBe(30);
});

test('makeRoom reports what thinning cannot free', () => {
  const { drops, over } = makeRoom([run('old', 10, 10), run('new', 10, 10)], 30);
  expect(drops.map(({ steps }) => steps.length)).toEqual([8, 8]);
  expect(over).toBe(10);
});
