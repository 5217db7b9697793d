import { expect, test } from 'vitest';
import { PRESETS } from '../model/presets.js';
import { shortestDecimals } from './shortest-decimal.js';

/** A spec as the engine returns it. @param {any} plain @returns {any} */
function rounded(plain) {
  if (typeof plain === 'number') return Math.fround(plain) === plain ? plain : Math.fround(plain);
  if (Array.isArray(plain)) return plain.map(rounded);
  if (typeof plain !== 'object' || plain === null) return plain;
  return Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, rounded(value)]));
}

test('shortestDecimal: the specs of all presets round-trip', () => {
  for (const { spec } of PRESETS) expect(shortestDecimals(rounded(spec))).toEqual(spec);
});

test('what was not rounded is left alone', () => {
  expect(shortestDecimals({ seed: 2 ** 53 - 1, share: 0.1, on: true, none: null })).toEqual({
    ...{ seed: 2 ** 53 - 1, share: 0.1, on: true, none: null },
  });
});
