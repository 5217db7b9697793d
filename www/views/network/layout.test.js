import { describe, expect, it } from 'vitest';
import { COLUMN_GAP, headHeightOf, heightOfRows, placeColumns } from './layout.js';

/** @typedef {import('./columns.js').Column} Column */

/** @param {Partial<Column>} part @returns {Column} */
const column = (part) => ({
  key: '',
  kind: 'maps',
  layer: 0,
  type: null,
  title: '',
  heading: '',
  detail: '',
  shape: '',
  parameters: 0,
  multiplyAdds: 0,
  images: 8,
  height: 24,
  width: 24,
  filters: null,
  ...part,
});

const filters = { channels: 1, height: 5, width: 5 };
const network = [
  column({ kind: 'input', images: 1, height: 28, width: 28 }),
  column({ filters }),
  column({}),
  column({ height: 12, width: 12 }),
  column({ images: 16, height: 8, width: 8, filters }),
  column({ images: 16, height: 8, width: 8 }),
  column({ kind: 'units', images: 256, height: 1, width: 1 }),
  column({ kind: 'answer', images: 10, height: 1, width: 1 }),
];

/** @param {readonly { width: number }[]} places */
const total = (places) => places.reduce((sum, { width }) => sum + width, COLUMN_GAP * (places.length - 1));

describe('the columns of a network in a panel', () => {
  it('fill the width and keep to the height', () => {
    for (const [width, height] of /** @type {const} */ ([
      [720, 500],
      [1000, 700],
      [1400, 1000],
    ])) {
      const places = placeColumns(network, width, height, false);
      expect(total(places)).toBeLessThanOrEqual(width);
      expect(Math.max(...places.map(({ grid }) => grid.height))).toBeLessThanOrEqual(height);
    }
  });

  it('are no higher than a low panel', () => {
    const [place] = placeColumns([column({ kind: 'input', images: 1, height: 28, width: 28 })], 1000, 60, false);
    expect(place?.grid.tileHeight).toBe(60);
  });

  it('draw a map and what becomes of it equally large', () => {
    const places = placeColumns(network, 720, 500, false);
    expect(places[2]?.grid.tileHeight).toBe(places[1]?.grid.tileHeight);
    expect(places[3]?.grid.tileHeight).toBe(places[1]?.grid.tileHeight);
    expect(places[3]?.grid.rows).toBe(places[1]?.grid.rows);
  });

  it('keep the shape of maps that are not square', () => {
    const [place] = placeColumns([column({ height: 8, width: 24 })], 720, 500, false);
    expect(Number(place?.grid.tileWidth) / Number(place?.grid.tileHeight)).toBeCloseTo(3, 1);
  });

  it('have a place for the image in colour before its channels', () => {
    const input = column({ kind: 'input', images: 3, height: 32, width: 32 });
    const [first] = placeColumns([input, ...network.slice(1)], 1000, 700, false);
    expect(first).toMatchObject({ lead: 1 });
    expect(Number(first?.grid.rows) * Number(first?.grid.columns)).toBeGreaterThanOrEqual(4);
    expect(placeColumns(network, 1000, 700, false)[0]).toMatchObject({ lead: 0, grid: { rows: 1, columns: 1 } });
  });

  it('keep maps that are much wider than high as wide as square ones', () => {
    const wide = column({ kind: 'input', images: 1, height: 8, width: 64 });
    const [first] = placeColumns([wide, ...network.slice(1)], 1000, 700, false);
    expect(first?.width).toBeLessThanOrEqual(170);
    expect(first?.grid.tileHeight).toBeLessThan(Number(first?.grid.tileWidth) / 4);
  });

  it('draw what a convolution makes of fewer values smaller, though its maps are as many', () => {
    const [first, second] = placeColumns(
      [column({ filters }), column({ height: 6, width: 6, filters })],
      720,
      500,
      false,
    );
    expect(Number(second?.grid.tileHeight)).toBeLessThan(Number(first?.grid.tileHeight));
  });

  it('leave to the answer what is left over, up to a limit', () => {
    expect(placeColumns(network, 3000, 300, false).at(-1)?.width).toBe(170);
  });

  it('have no filter beside maps beside which it would be too small to be seen', () => {
    const sides = [200, 400].map((width) => {
      const [place] = placeColumns([column({ images: 128, filters }), column({ images: 128 })], width, 300, false);
      return [Number(place?.grid.tileHeight) < 28, place?.filter === 0];
    });
    expect(sides).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  it('stay usable with many maps and little room', () => {
    const places = placeColumns([column({ images: 128, filters }), column({ images: 128 })], 120, 300, false);
    expect(Math.min(...places.map(({ grid }) => grid.tileHeight))).toBeGreaterThanOrEqual(22);
    expect(places[1]?.grid.columns).toBe(3);
    expect(Number(places[1]?.grid.height)).toBeGreaterThan(300);
  });

  it('have room for what is above them, but for the later ones of several settings', () => {
    const [leaky, pool, strided] = [
      column({ heading: 'leaky ReLU', images: 2 }),
      column({ heading: 'mean pool', images: 2, shape: '128×12×12' }),
      column({ detail: '3×3, stride 3×3', images: 2, shape: '8×8×8' }),
    ];
    const widths = placeColumns([leaky, pool, strided], 10, 300, false).map(({ width }) => width);
    expect(widths.slice(0, 2)).toEqual([67, 9 * 6.7]);
    expect(widths[2]).toBeLessThan(60);
    expect(placeColumns([leaky, pool, strided], 10, 300, true)[2]?.width).toBe(67);
  });

  it('have their headings cut before tiles are scrolled', () => {
    const many = Array.from({ length: 8 }, () => column({ heading: 'mean pool', images: 4 }));
    const places = placeColumns(many, 8 * 46, 300, false);
    expect(places.map(({ width }) => width)).toEqual(Array(8).fill(40));
    expect(places.every(({ narrow }) => narrow)).toBe(true);
  });

  it('are closer before their headings are cut, so that the default network fits beside two panels', () => {
    const headings = ['input', 'conv 1', 'ReLU', 'pool', 'conv 2', 'ReLU', 'pool', 'flatten', 'dense', 'softmax'];
    const images = [1, 8, 8, 8, 16, 16, 16, 256, 10, 10];
    const kinds = /** @type {const} */ ([
      'input',
      'maps',
      'maps',
      'maps',
      'maps',
      'maps',
      'maps',
      'units',
      'units',
      'answer',
    ]);
    const columns = headings.map((heading, at) => column({ heading, images: images[at], kind: kinds[at] }));
    const places = placeColumns(columns, 468, 303, false);
    expect(total(places)).toBeLessThanOrEqual(468);
    places.forEach(({ width }, at) => expect(width).toBeGreaterThanOrEqual(6.7 * Number(headings[at]?.length)));
  });

  it('have small headings only where there is no room for usual ones', () => {
    const columns = [column({ heading: 'conv' }), column({ heading: 'mean pool' })];
    expect(placeColumns(columns, 260, 600, false).map(({ cramped }) => cramped)).toEqual([false, false]);
    expect(placeColumns(columns, 115, 600, false).map(({ cramped }) => cramped)).toEqual([false, true]);
  });

  it('are wider for larger type', () => {
    const columns = [column({ kind: 'units', heading: 'flatten', images: 4, height: 1, width: 1 })];
    const [usual, large] = [1, 1.35].map((type) => placeColumns(columns, 600, 300, false, type)[0]?.width);
    expect(Number(large)).toBeGreaterThan(Number(usual));
  });

  it('have room for all rows of the answer, as long as they can be read', () => {
    expect([500, 240, 60].map((height) => heightOfRows(height, 10))).toEqual([26, 22, 16]);
  });

  it('have headings as high as the highest', () => {
    const columns = [column({ shape: '10' }), column({ detail: '3×3, stride 2×2', shape: '8×9×9', parameters: 80 })];
    expect(headHeightOf(columns.slice(0, 1), false)).toBe(41);
    expect(headHeightOf(columns, false)).toBe(58);
    expect(headHeightOf(columns, true)).toBe(92);
  });
});
