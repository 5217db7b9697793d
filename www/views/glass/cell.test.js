import { expect, test } from 'vitest';
import { brief, cellStyle } from './cell.js';

test('cellStyle has the colour of the number, and text with enough contrast', () => {
  expect(cellStyle(-1, 1, 'light')).toBe('background:rgb(10 52 112);color:#fff');
  expect(cellStyle(0.5, 1, 'light')).toBe('background:rgb(232 143 51);color:#000');
});

test.each([
  [-0.314, '−.31'],
  [1.2, '1.20'],
  [9.997, '10.00'],
  [12.34, '12'],
  [123.4, '123'],
  [0.001, '.00'],
  [0, '0'],
  [NaN, '–'],
])('%d is written as %s', (value, text) => {
  expect(brief(value)).toBe(text);
});
