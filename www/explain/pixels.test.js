import { expect, test } from 'vitest';
import { overChannels, pixelOf, pixelWords, withPixel } from './pixels.js';

test('a pixel has a value in each channel, and their sum over all', () => {
  const values = Float32Array.of(1, 2, 30, 40, 500, 600);
  expect([...overChannels(values, 2)]).toEqual([531, 642]);
  expect(overChannels(values, 6)).toBe(values);
  expect(pixelOf(values, 1, 2)).toEqual([2, 40, 600]);
  expect([...withPixel(Uint8Array.of(1, 2, 3, 4), 1, 2, 9)]).toEqual([1, 9, 3, 9]);
});

test('the channels of a colour image have names', () => {
  expect(pixelWords([7])).toBe('7');
  expect(pixelWords([7, 8, 9])).toBe('red 7, green 8, blue 9');
});
