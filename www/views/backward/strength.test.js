import { expect, test } from 'vitest';
import { SETS } from '../../model/data-sets.js';
import { strengthWords, whyNone } from './strength.js';

test('strengthWords explains a nearly white picture: by a small loss, or by larger gradients before', () => {
  expect(strengthWords(false, 2)).toContain('keep their scale');
  expect(strengthWords(true, 0.002)).toContain('the loss is small');
  expect(strengthWords(true, 2.3)).toContain('compared with the largest so far');
  expect(strengthWords(true, undefined)).toContain('compared with the largest so far');
});

test('whyNone asks for a drawing where there is none, and otherwise says that gradients are on their way', () => {
  const why = (/** @type {import('../../model/reports.js').Probe} */ probe) => whyNone(probe, SETS.mnist);
  expect(why({ kind: 'drawing', pixels: null })).toMatch(/^Draw a digit first/);
  expect(why({ kind: 'drawing', pixels: new Uint8Array(784) })).toMatch(/^Computing/);
  expect(why({ kind: 'test', index: 3 })).toMatch(/^Computing/);
});
