import { expect, test } from 'vitest';
import { keyNames } from './keys.js';

test('keyNames are lower-case, whatever Caps Lock says', () => {
  expect(keyNames({ key: 'Z', code: 'KeyZ' })).toEqual(['z']);
  expect(keyNames({ key: 'Escape', code: 'Escape' })).toEqual(['escape']);
});

test('keyNames include the English key at the same place where another alphabet is typed', () => {
  expect(keyNames({ key: 'я', code: 'KeyZ' })).toEqual(['я', 'z']);
  expect(keyNames({ key: 'Ы', code: 'KeyS', shiftKey: true })).toEqual(['ы', 's']);
  expect(keyNames({ key: '&', code: 'Digit1' })).toEqual(['&', '1']);
  expect(keyNames({ key: '!', code: 'Digit1', shiftKey: true })).toEqual(['!']);
});

test('keyNames follow what a Latin keyboard types, not where its keys are', () => {
  expect(keyNames({ key: 'z', code: 'KeyY' })).toEqual(['z']);
  expect(keyNames({ key: 'w', code: 'KeyZ' })).toEqual(['w']);
  expect(keyNames({ key: '?', code: 'Slash' })).toEqual(['?']);
});
