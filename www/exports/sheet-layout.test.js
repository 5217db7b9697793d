import { describe, expect, it } from 'vitest';
import { layoutOf, placeOf } from './sheet-layout.js';

/** @param {number} count @param {number} rows @param {number} columns @returns {import('./sheet-layout.js').Sheet} */
const sheet = (count, rows, columns) => ({
  ...{ title: 'conv 1', subtitle: 'step 100', rows, columns, table: null },
  ...{ scale: 'diverging', limit: 3, unit: 'output' },
  tiles: Array.from({ length: count }, (_, index) => ({ caption: `map ${index + 1}`, values: [], limit: 3 })),
});

describe('layoutOf', () => {
  it('draws each number as a square of whole pixels, at twice the resolution', () => {
    const layout = layoutOf(sheet(8, 24, 24));
    expect(layout).toMatchObject({ ratio: 2, tile: { width: 72, height: 72 } });
    expect(layoutOf(sheet(8, 5, 5)).tile).toEqual({ width: 60, height: 60 });
    expect(layoutOf(sheet(1, 1, 10)).tile).toEqual({ width: 60, height: 6 });
  });

  it('keeps every picture and its caption within the sheet', () => {
    for (const count of [0, 1, 7, 16, 512]) {
      const layout = layoutOf(sheet(count, 14, 14));
      for (let index = 0; index < count; index++) {
        const { x, y } = placeOf(layout, index);
        expect(x + layout.tile.width).toBeLessThanOrEqual(layout.width - 16);
        expect(y + layout.tile.height + 12).toBeLessThanOrEqual(layout.legend);
      }
    }
  });

  it('puts a table of as many columns as it has heads', () => {
    const table = { heads: ['channel 1', 'channel 2'], sides: ['filter 1', 'filter 2', 'filter 3'] };
    const layout = layoutOf({ ...sheet(6, 3, 3), table });
    expect(layout.across).toBe(2);
    expect(placeOf(layout, 5).y).toBe(layout.top + 2 * layout.cell.height);
    expect(layout.cell.width).toBeGreaterThan(9 * 6);
  });

  it('is never larger than a browser can draw', () => {
    for (const [count, side] of [
      [250_000, 3],
      [7_168, 64],
      [512, 64],
    ]) {
      const { width, height, ratio } = layoutOf(sheet(Number(count), Number(side), Number(side)));
      expect(width * height * ratio * ratio).toBeLessThan(16.1e6);
      expect(Math.max(width, height) * ratio).toBeLessThan(8_001);
    }
  });
});
