import { expect, test } from 'vitest';
import { digitFromStrokes } from '../lib/digit.js';
import { isOnCanvas, MOST_LETTERS, readDrawing, simplified, writeDrawing } from './drawing.js';
import { Unreadable } from './unreadable.js';

/** A bow as a hand draws it, with a point for each pixel. */
const bow = Array.from({ length: 180 }, (_, i) => ({
  x: 0.5 + 0.3 * Math.cos(i / 30),
  y: 0.5 + 0.35 * Math.sin(i / 30),
}));

test('writeDrawing is short, and what is read makes the same digit to a few shades', () => {
  const text = writeDrawing([bow, [{ x: 0.5, y: 0.4 }]]);
  expect(text.length).toBeLessThan(200);
  expect(text).toMatch(/^[\w-]+\.[\w-]{4}$/);
  const before = digitFromStrokes([bow]) ?? new Uint8Array();
  const after = digitFromStrokes(readDrawing(writeDrawing([bow]))) ?? new Uint8Array();
  const shades = before.map((shade, i) => Math.abs(shade - Number(after[i])));
  expect(before).toHaveLength(784);
  expect(Math.max(...shades)).toBeLessThan(16);
});

test('writeDrawing writes what was read as the same text', () => {
  const text = writeDrawing([bow, bow.slice(3, 50)]);
  expect(writeDrawing(readDrawing(text))).toBe(text);
});

test('writeDrawing moves points far outside, and NaN, to the edge', () => {
  expect(readDrawing(writeDrawing([[{ x: 99, y: -99 }]]))).toEqual([[{ x: 1.5, y: -0.5 }]]);
  expect(readDrawing(writeDrawing([[{ x: NaN, y: Infinity }]]))).toEqual([[{ x: -0.5, y: 1.5 }]]);
});

test('isOnCanvas: something of the drawing can be seen', () => {
  expect(isOnCanvas(readDrawing('zzzz'))).toBe(false);
  expect(isOnCanvas([[{ x: 1.2, y: 0.5 }], [{ x: 0.5, y: 0.5 }]])).toBe(true);
});

test('writeDrawing leaves out points on a line and keeps corners', () => {
  const corner = [0, 0.1, 0.2, 0.3].map((x) => ({ x, y: 0 })).concat([{ x: 0.3, y: 0.4 }]);
  expect(simplified(corner)).toEqual([corner[0], corner[3], corner[4]]);
  expect(simplified([{ x: 0, y: 0 }])).toHaveLength(1);
  const loop = [
    { x: 0, y: 0 },
    { x: 1, y: 1 },
    { x: 0, y: 0 },
  ];
  expect(simplified(loop)).toEqual(loop);
});

test('writeDrawing refuses an hour of scribbling', () => {
  const scribble = Array.from({ length: 4_000 }, (_, i) => ({ x: (i * 0.37) % 1, y: (i * 0.73) % 1 }));
  expect(() => writeDrawing([scribble])).toThrow(Unreadable);
  expect(() => writeDrawing(Array.from({ length: 65 }, () => bow.slice(0, 1)))).toThrow(Unreadable);
  expect(() => readDrawing('A'.repeat(MOST_LETTERS + 4))).toThrow(Unreadable);
});
