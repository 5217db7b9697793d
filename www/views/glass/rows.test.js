import { expect, test } from 'vitest';
import { partAt, rowsOf, visibleChannels } from './rows.js';

const map = { height: 12, width: 12 };
const out = { height: 8, width: 8 };
const rows = (/** @type {number} */ channels, width = 400, height = 400) =>
  rowsOf({ channels, input: map, slice: { height: 5, width: 5 }, partial: out, width, height });

test('rowsOf fits rows into the width, and a few of them into the height', () => {
  for (const width of [150, 260, 400, 700]) {
    for (const channels of [1, 8, 128]) {
      const made = rows(channels, width);
      expect(made.width).toBeLessThanOrEqual(width);
      expect(made.x[1]).toBeGreaterThanOrEqual(made.tileWidth);
      if (channels < 9) expect(made.height).toBeLessThanOrEqual(400);
    }
  }
});

test('visibleChannels returns only the channels in view', () => {
  const made = rows(128);
  const [first, end] = visibleChannels(made, 128, made.pitch * 10 + 3, 200);
  expect(first).toBe(10);
  expect(end).toBe(Math.ceil((made.pitch * 10 + 203) / made.pitch));
  expect(visibleChannels(made, 128, 1e6, 200)[1]).toBe(128);
  expect(visibleChannels(made, 128, 0, 0)).toEqual([0, 1]);
});

test('rowsOf keeps the shape of maps, and draws weights as large as the map as large', () => {
  const wide = { height: 4, width: 12 };
  const sizes = { channels: 1, input: wide, partial: { height: 1, width: 9 }, width: 400, height: 400 };
  const made = rowsOf({ ...sizes, slice: { height: 4, width: 3 } });
  expect(made.tileWidth / made.tileHeight).toBeCloseTo(3);
  expect(made.sliceWidth).toBeLessThan(made.tileWidth);
  const whole = rowsOf({ ...sizes, slice: wide });
  expect([whole.sliceWidth, whole.sliceHeight]).toEqual([whole.tileWidth, whole.tileHeight]);
});

test('partAt finds what is under the pointer', () => {
  const made = rows(8);
  const sizes = { channels: 8, input: map, partial: out };
  const at = (/** @type {number} */ x, /** @type {number} */ y) => partAt(made, sizes, x, y);
  const middle = made.pitch * 3 + (made.pitch - 6) / 2;
  expect(at(made.tileWidth / 2, middle)).toEqual({ channel: 3, part: 'input', row: 6, column: 6 });
  expect(at(made.x[1] + 2, middle)?.part).toBe('slice');
  expect(at(made.x[2] + 1, middle)).toEqual({ channel: 3, part: 'partial', row: 4, column: 0 });
  expect(at(made.width + 50, middle)).toBeNull();
  expect(at(1, made.pitch * 8 + 1)).toBeNull();
});
