import { expect, test } from 'vitest';
import { DEFAULT_PRESET } from '../../model/presets.js';
import { Curves } from '../../model/curves.js';
import { deathsOf, gapOf } from './log-record.js';

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

test('gapOf compares evaluations of the same step, though the training images were evaluated again since', () => {
  const evaluation = (/** @type {string} */ split, /** @type {number} */ step, /** @type {number} */ accuracy) =>
    /** @type {any} */ ({ split, step, epoch: 2, accuracy, images: 2_000 });
  const [before, since] = [evaluation('training', 7, 0.9), evaluation('training', 14, 1)];
  const evaluations = { training: since, validation: evaluation('validation', 7, 0.8), test: null };
  const runs = /** @type {any} */ ({ current: { data: { evaluations: [before, since] } } });
  const lab = { evaluations, runs, curves: new Curves(), spec: DEFAULT_PRESET.spec };
  expect(gapOf(lab)).toMatchObject({ training: 0.9, validation: 0.8, batches: null });
  // Of an earlier step that was gone back to, the run keeps none.
  expect(
    gapOf({ ...lab, runs: /** @type {any} */ ({ current: null }), evaluations: { ...evaluations, training: before } }),
  ).toMatchObject({ training: 0.9 });
  expect(gapOf({ ...lab, evaluations: { ...evaluations, validation: null } })).toBeNull();
});
