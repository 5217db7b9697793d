import { describe, expect, it } from 'vitest';
import { fitGrid, tilePlace } from './grid.js';

const room = { width: 80, height: 500, aspect: 1, gap: 4, smallest: 20, largest: 72 };

describe('a grid of tiles', () => {
  it('puts few tiles in one column, as large as they fit', () => {
    const grid = fitGrid({ ...room, count: 8 });
    expect(grid.columns).toBe(1);
    expect(grid.tileWidth).toBe(59);
    expect(grid.height).toBeLessThanOrEqual(500);
  });

  it('uses more columns where that makes larger tiles', () => {
    expect(fitGrid({ ...room, count: 16 }).columns).toBe(2);
  });

  it('fills the room with tiles that are not square', () => {
    const wide = { width: 204, height: 50, aspect: 2, gap: 4, smallest: 20, largest: 500 };
    expect(fitGrid({ ...wide, count: 2 })).toMatchObject({ columns: 2, tileWidth: 100, tileHeight: 50 });
  });

  it('never makes a tile larger or smaller than allowed', () => {
    expect(fitGrid({ ...room, count: 1 }).tileWidth).toBe(72);
    const many = fitGrid({ ...room, count: 128 });
    expect(many.tileWidth).toBe(20);
    expect(many.columns).toBe(3);
    expect(many.height).toBeGreaterThan(500);
  });

  it('keeps to the width when there is hardly any', () => {
    expect(fitGrid({ ...room, width: 10, count: 4 })).toMatchObject({ columns: 1, tileWidth: 10 });
  });

  it('places tiles row by row', () => {
    const grid = fitGrid({ ...room, count: 16 });
    expect(tilePlace(grid, 3)).toEqual({ x: grid.tileWidth + 4, y: grid.tileHeight + 4 });
  });
});
