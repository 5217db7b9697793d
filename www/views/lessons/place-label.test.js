import { expect, test } from 'vitest';
import { placeOfLabel } from './place-label.js';

const BOX = { left: 100, top: 100, right: 300, bottom: 200 };
const LABEL = { width: 80, atEnd: false, lowest: 800, below: false };
const nothing = () => 0;

test('placeOfLabel: above if nothing is hidden there, and below what is read with what is above it', () => {
  expect(placeOfLabel(BOX, LABEL, nothing)).toBe('above');
  expect(placeOfLabel(BOX, { ...LABEL, below: true }, nothing)).toBe('below');
});

test('placeOfLabel: where the words hide least', () => {
  expect(placeOfLabel(BOX, LABEL, ({ bottom }) => (bottom < BOX.top ? 3 : 0))).toBe('below');
  expect(placeOfLabel(BOX, LABEL, ({ left }) => (left === BOX.left ? 2 : 1))).toBe('inside');
});

test('placeOfLabel: within what is free', () => {
  const tall = { ...BOX, top: 10, bottom: 790 };
  expect(placeOfLabel(tall, LABEL, ({ left }) => (left === BOX.left ? 0 : 5))).toBe('inside');
});
