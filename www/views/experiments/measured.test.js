import { expect, test } from 'vitest';
import { measured } from './measured.js';

test('measured writes a share in percent, a difference of shares in points, divergence as yes or no, and anything else as a number', () => {
  expect(measured('testAccuracy', 0.959)).toBe('95.9\u00a0%');
  expect([1, 0].map((value) => measured('diverged', value))).toEqual(['yes', 'no']);
  expect(measured('gap', 0.0286)).toBe('2.9 points');
  expect(measured('gap', 0.0286, { trainingAccuracy: 0.9794, validationAccuracy: 0.9508 })).toBe('2.8 points');
  expect(measured('lostWithoutFirst', 0.264)).toBe('26.4 points');
  expect(measured('multiplyAdds', 323_400)).toBe('323,400');
  expect([measured('loss', 0.25), measured('diverged', undefined)]).toEqual(['0.25', '–']);
});
