import { expect, test } from 'vitest';
import { shift } from './reveal.js';

test('shift is zero for what is in view, and else brings the nearer edge in', () => {
  expect(shift(120, 180, 100, 300)).toBe(0);
  expect(shift(40, 80, 100, 300)).toBe(-60);
  expect(shift(280, 340, 100, 300)).toBe(40);
});

test('shift shows the beginning of what does not fit', () => {
  expect(shift(150, 500, 100, 300)).toBe(50);
});
