import { expect, test } from 'vitest';
import { besides } from './place-card.js';

const card = { width: 300, height: 200 };
const screen = { innerWidth: 390, innerHeight: 844 };
const term = (/** @type {number} */ left, /** @type {number} */ top) => ({ left, top, width: 60, height: 18 });

test('besides: a card is below its term, and above it where there is no room below', () => {
  expect(besides(term(20, 100), card, screen)).toEqual({ left: 12, top: 126 });
  expect(besides(term(20, 700), card, screen)).toEqual({ left: 12, top: 492 });
});

test('besides: a card never leaves the screen', () => {
  for (const left of [-50, 0, 200, 380]) {
    for (const top of [-30, 0, 400, 840]) {
      const placed = besides(term(left, top), card, screen);
      expect(placed.left).toBeGreaterThanOrEqual(8);
      expect(placed.left + card.width).toBeLessThanOrEqual(382);
      expect(placed.top).toBeGreaterThanOrEqual(8);
      expect(placed.top + card.height).toBeLessThanOrEqual(836);
    }
  }
  expect(besides(term(20, 90), card, { innerWidth: 390, innerHeight: 180 }).top).toBe(8);
});

test('besides: a card does not hide what is to be kept in view', () => {
  const next = { left: 12, top: 330, width: 200, height: 32 };
  expect(besides(term(20, 300), card, screen, [next]).top).toBe(92);
  const wide = { innerWidth: 1440, innerHeight: 900 };
  const verdict = { left: 1333, top: 90, width: 100, height: 60 };
  expect(besides(term(1333, 90), card, wide, [verdict])).toEqual({ left: 1025, top: 90 });
  const all = { left: 0, top: 0, width: 390, height: 844 };
  expect(besides(term(20, 100), card, screen, [all])).toEqual({ left: 12, top: 126 });
});
