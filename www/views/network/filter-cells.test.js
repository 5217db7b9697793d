import { expect, test } from 'vitest';
import { gridOf } from '../../charts/grid.js';
import { cellAt, cellBox, moved } from './filter-cells.js';

/** Three channels of 2 × 3, two beside each other and one below. */
const size = { channels: 3, height: 2, width: 3 };
const grid = gridOf(3, 2, 30, 1.5, 4);

test('cellAt finds the cell that is drawn at a place', () => {
  for (let cell = 0; cell < 18; cell++) {
    const box = cellBox(size, grid, cell);
    expect(cellAt(size, grid, box.x + box.width / 2, box.y + box.height / 2)).toBe(cell);
  }
  expect(cellAt(size, grid, 32, 5)).toBeNull();
  expect(cellAt(size, grid, 40, 30)).toBeNull();
  expect(cellAt(size, grid, 70, 5)).toBeNull();
});

test('moved: arrow keys move within a channel and into the next, and stop at the edge', () => {
  expect(moved(size, grid, 0, 'ArrowRight')).toBe(1);
  expect(moved(size, grid, 2, 'ArrowRight')).toBe(6);
  expect(moved(size, grid, 8, 'ArrowRight')).toBe(8);
  expect(moved(size, grid, 3, 'ArrowDown')).toBe(12);
  expect(moved(size, grid, 9, 'ArrowDown')).toBe(9);
  expect(moved(size, grid, 0, 'ArrowUp')).toBe(0);
  expect(moved(size, grid, 5, 'Home')).toBe(0);
  expect(moved(size, grid, 5, 'End')).toBe(17);
  expect(moved(size, grid, 5, 'a')).toBeNull();
});

test('cellAt and moved: a last row that is not full has no cells at its end', () => {
  const units = { channels: 1, height: 2, width: 3, count: 4 };
  const one = gridOf(1, 1, 30, 1.5, 4);
  expect(cellAt(units, one, 5, 15)).toBe(3);
  expect(cellAt(units, one, 15, 15)).toBeNull();
  expect(moved(units, one, 1, 'ArrowDown')).toBe(1);
  expect(moved(units, one, 0, 'ArrowDown')).toBe(3);
  expect(moved(units, one, 0, 'End')).toBe(3);
});
