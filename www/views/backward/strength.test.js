import { expect, test } from 'vitest';
import { strengthWords } from './strength.js';

test('strengthWords explains a nearly white picture: by a small loss, or by larger gradients before', () => {
  expect(strengthWords(false, 2)).toContain('is fixed');
  expect(strengthWords(true, 0.002)).toContain('the loss is small');
  expect(strengthWords(true, 2.3)).toContain('compared with the largest so far');
  expect(strengthWords(true, undefined)).toContain('compared with the largest so far');
});
