import { expect, test } from 'vitest';
import { DEFAULT_PRESET } from '../../model/presets.js';
import { deathsOf } from './log-record.js';

/** @typedef {import('../../model/spec.js').Summary} Summary */

const { layers } = DEFAULT_PRESET.spec;
const summary = /** @type {Summary} */ (
  /** @type {unknown} */ ({ layers: layers.map((_, layer) => ({ shape: layer < 6 ? [8, 24, 24] : [10] })) })
);
const census = {
  ...{ step: 100, images: 5_000, whole: true },
  layers: layers.map((_, layer) => ({ layer, fired: new Uint32Array(8) })),
};

test('deathsOf puts together the units of a layer that died between the same counts', () => {
  const at = { alive: 50, dead: 100, images: 5_000 };
  const deaths = new Map([
    ['1/0', at],
    ['1/3', at],
    ['1/5', { alive: 10, dead: 50, images: 256 }],
    ['4/0', at],
  ]);
  expect(deathsOf({ deaths, census }, layers, summary)).toEqual([
    { layer: 1, units: 2, of: 8, word: 'filter', ...at },
    { layer: 1, units: 1, of: 8, word: 'filter', alive: 10, dead: 50, images: 5_000 },
    { layer: 4, units: 1, of: 8, word: 'filter', ...at },
  ]);
});

test('deathsOf leaves out layers whose silent units still get a gradient, and layers of another network', () => {
  const at = { alive: 50, dead: 100, images: 5_000 };
  const deaths = new Map([
    ['0/0', at],
    ['99/0', at],
  ]);
  expect(deathsOf({ deaths, census }, layers, summary)).toEqual([]);
});
