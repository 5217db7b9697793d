import { expect, test } from 'vitest';
import { shortNames } from './short-names.js';

test('short names leave out what all names begin with', () => {
  expect(shortNames(['letter a', 'letter b'])).toEqual(['a', 'b']);
  expect(shortNames(['class number 1', 'class number 12'])).toEqual(['1', '12']);
  expect(shortNames(['cat', 'elephant', 'cat fish'])).toEqual(['cat', 'eleph', 'cat f']);
  expect(shortNames(['sea', 'sea lion'])).toEqual(['sea', 'sea l']);
  expect(shortNames(['class00', 'class01', 'other', 'class'])).toEqual(['cl…00', 'cl…01', 'other', 'class']);
  expect(shortNames(['🙂🙂🙂🙂🙂🙂', 'x'])).toEqual(['🙂🙂🙂🙂🙂', 'x']);
});
