import { expect, test } from 'vitest';
import { movedAlong, movedInGrid } from './arrow-keys.js';

test('movedInGrid moves in a grid, stops at its edges, and begins at its first cell', () => {
  const grid = { rows: 2, columns: 3 };
  expect(movedInGrid(grid, null, 'ArrowRight')).toBe(0);
  expect(movedInGrid(grid, 1, 'ArrowDown')).toBe(4);
  expect(movedInGrid(grid, 4, 'ArrowUp')).toBe(1);
  expect(movedInGrid(grid, 4, 'ArrowDown')).toBe(4);
  expect(movedInGrid(grid, 2, 'ArrowRight')).toBe(2);
  expect(movedInGrid(grid, 3, 'ArrowLeft')).toBe(3);
  expect(movedInGrid(grid, 3, 'Enter')).toBeNull();
});

test('movedAlong has pages and ends as well', () => {
  const line = { at: 5, last: 30, page: 20 };
  const to = (/** @type {string} */ key) => movedAlong(line, key);
  expect([to('ArrowLeft'), to('ArrowRight'), to('Home'), to('End')]).toEqual([4, 6, 0, 30]);
  expect([to('PageUp'), to('PageDown'), to('a')]).toEqual([25, 0, null]);
  expect(movedAlong({ at: 20, last: 30, page: 20 }, 'PageUp')).toBe(30);
  expect(movedAlong({ at: 0, last: -1, page: 20 }, 'End')).toBe(0);
});
