import { expect, test } from 'vitest';
import { measured } from './measured.js';

test('measured writes a share in percent, divergence as yes or no, and anything else as a number', () => {
  expect(measured('testAccuracy', 0.959)).toBe('95.9\u00a0%');
  expect([1, 0].map((value) => measured('diverged', value))).toEqual(['yes', 'no']);
  expect(measured('multiplyAdds', 323_400)).toBe('323,400');
  expect([measured('loss', 0.25), measured('diverged', undefined)]).toEqual(['0.25', '–']);
});
