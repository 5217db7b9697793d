import { expect, test } from 'vitest';
import { ink } from '../../charts/palette.js';
import { GAP, stripOf, stripWidth } from './sample-painter.js';

test('stripOf puts colour images side by side, with nothing between them', () => {
  const form = { channels: 3, rows: 1, columns: 2 };
  // Red, green and blue of the two pixels of each of two images.
  const pixels = Uint8Array.of(1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16);
  const rgba = [...stripOf(pixels, form, ink.dark)];
  const gap = Array(4 * GAP).fill(0);
  expect(rgba).toEqual([...[1, 3, 5, 255, 2, 4, 6, 255], ...gap, ...[11, 13, 15, 255, 12, 14, 16, 255]]);
});

test('stripOf shows grey images in the ink of the page, row by row', () => {
  const form = { channels: 1, rows: 2, columns: 1 };
  const paper = [...stripOf(Uint8Array.of(0, 255), form, ink.light)];
  expect(paper).toEqual([255, 255, 255, 255, 0x15, 0x18, 0x1d, 255]);
});

test('stripOf of no images is as wide as a canvas must be', () => {
  expect(stripWidth({ channels: 1, rows: 8, columns: 8 }, 0)).toBe(1);
  expect(stripOf(new Uint8Array(), { channels: 1, rows: 8, columns: 8 }, ink.light)).toHaveLength(4 * 8);
});
