import { expect, test } from 'vitest';
import { categoryColour } from './categories.js';
import { diverging, divergingIndex, ink, inkIndex } from './palette.js';

/** @param {number | undefined} colour as ImageData holds it */
const hex = (colour) =>
  `#${[0, 8, 16].map((shift) => ((Number(colour) >> shift) & 255).toString(16).padStart(2, '0')).join('')}`;

test('diverging: zero is the colour of the page, and the ends are the outermost stops', () => {
  for (const { colours, stops } of Object.values(diverging)) {
    expect([-1, 0, 1].map((value) => hex(colours[divergingIndex(value, 1)]))).toEqual([stops[0], stops[4], stops[8]]);
  }
  for (const { colours, stops } of Object.values(ink)) {
    expect([0, 1].map((share) => hex(colours[inkIndex(share)]))).toEqual(stops);
  }
});

test('ink mixes colours between two stops, and all are opaque', () => {
  const { colours } = ink.light;
  expect(hex(colours[inkIndex(0.1)])).toBe('#e8e8e8');
  expect(Number(colours[0]) >>> 24).toBe(255);
});

test('values beyond the limit have the colour of the limit, and NaN that of zero', () => {
  expect([-9, -3, 3, 9].map((value) => divergingIndex(value, 3))).toEqual([0, 0, 510, 510]);
  expect(divergingIndex(NaN, 3)).toBe(divergingIndex(0, 3));
  expect([-1, 2].map(inkIndex)).toEqual([0, 510]);
});

test('categoryColour repeats its colours beyond ten categories', () => {
  expect(categoryColour('dark', 13)).toBe(categoryColour('dark', 3));
});
