import { describe, expect, it } from 'vitest';
import { columnsOf } from '../network/columns.js';
import { SUMMARY } from '../../runs/testing/summary.js';
import { DEFAULT_PRESET } from '../../model/presets.js';
import { beforeAfterSheet, filmSheet, filtersSheet, mapsSheet } from './sheets.js';

/** @type {import('../../model/spec.js').LayerSpec[]} */
const layers = [
  { type: 'conv2d', filters: 2, kernel_size: [3, 3], stride: [1, 1], padding: [0, 0] },
  { type: 'dense', units: 10 },
];
const [input, conv, dense, answer] = columnsOf({ ...DEFAULT_PRESET.spec, layers }, SUMMARY);
const numbers = (/** @type {number} */ count) => Float32Array.from({ length: count }, (_, index) => index);
/** @type {import('../../model/reports.js').Snapshot} */
const snapshot = {
  step: 1200,
  reading: {
    ...{ probe: { kind: 'test', index: 7 }, label: 3, pixels: new Uint8Array(784).fill(9) },
    ...{ probabilities: numbers(10), logits: numbers(10), activations: [numbers(8), numbers(10)] },
  },
  ...{ filters: [{ layer: 0, weights: numbers(18) }], parameters: [], backward: null },
};
/** @type {import('../network/limits.js').Limits} */
const limits = { map: (_, image) => image + 1, filter: () => 0.5, faint: false };
const values = (/** @type {import('../../exports/sheet-layout.js').Sheet | null} */ sheet) =>
  sheet?.tiles.map((tile) => Array.from(tile.values));

describe('mapsSheet', () => {
  it('has a picture for each map, with its own limit where they differ', () => {
    const sheet = conv ? mapsSheet(conv, snapshot, limits) : null;
    expect(values(sheet)).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
    ]);
    expect(sheet).toMatchObject({ title: 'conv, for test image 7', subtitle: 'step 1,200', limit: null });
    expect(sheet?.tiles.map(({ caption }) => caption)).toEqual(['map 1: ±1', 'map 2: ±2']);
    const same = conv && mapsSheet(conv, snapshot, { ...limits, map: () => 3 });
    expect(same).toMatchObject({ limit: 3, tiles: [{ caption: 'map 1' }, { caption: 'map 2' }] });
  });

  it('lays out units and probabilities in rows, and fills up the last one', () => {
    const sheet = dense ? mapsSheet(dense, snapshot, limits) : null;
    expect(sheet).toMatchObject({ rows: 3, columns: 4, limit: 1 });
    expect(values(sheet)).toEqual([[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 0]]);
    expect(answer && mapsSheet(answer, snapshot, limits)).toMatchObject({ unit: 'probability', limit: 1 });
  });

  it('draws the input as ink, and nothing before there is anything', () => {
    expect(input && mapsSheet(input, snapshot, null)).toMatchObject({ scale: 'ink', limit: 255, rows: 28 });
    expect(conv && mapsSheet(conv, null, limits)).toBeNull();
    expect(conv && mapsSheet(conv, { ...snapshot, reading: null }, limits)).toBeNull();
  });
});

describe('filtersSheet', () => {
  it('has a picture for each filter, or a row of its channels', () => {
    expect(conv && filtersSheet(conv, snapshot, limits)).toMatchObject({
      table: null,
      limit: 0.5,
      rows: 3,
      columns: 3,
    });
    const two = conv && { ...conv, filters: { channels: 2, height: 3, width: 1 } };
    const sheet = two
      ? filtersSheet(two, { ...snapshot, filters: [{ layer: 0, weights: numbers(12) }] }, limits)
      : null;
    expect(sheet?.table).toEqual({ heads: ['channel 1', 'channel 2'], sides: ['filter 1', 'filter 2'] });
    expect(values(sheet)).toEqual([
      [0, 1, 2],
      [3, 4, 5],
      [6, 7, 8],
      [9, 10, 11],
    ]);
  });

  it('has nothing where a layer has no filters', () => {
    expect(dense && filtersSheet(dense, snapshot, limits)).toBeNull();
  });
});

describe('filmSheet and beforeAfterSheet', () => {
  const frames = [
    { step: 0, weights: numbers(18) },
    { step: 10, weights: numbers(18).map((value) => -value) },
  ];

  it('have a column for each step, or a row for each', () => {
    const one = conv ? filmSheet(conv, frames, 1) : null;
    expect(one).toMatchObject({ table: { heads: ['step 0', 'step 10'], sides: [''] }, limit: 20 });
    expect(values(one)).toEqual([
      Array.from(numbers(18).subarray(9)),
      Array.from(frames[1]?.weights.subarray(9) ?? []),
    ]);
    expect(conv && filmSheet(conv, frames, null)?.tiles).toHaveLength(4);
    const both = conv ? beforeAfterSheet(conv, frames) : null;
    expect(both?.table).toEqual({ heads: ['filter 1', 'filter 2'], sides: ['step 0', 'step 10'] });
    expect([both?.limit, conv && beforeAfterSheet(conv, frames, 45)?.limit]).toEqual([20, 50]);
    expect(values(both)?.[2]).toEqual(Array.from(frames[1]?.weights.subarray(0, 9) ?? []));
  });

  it('have nothing before anything has changed', () => {
    expect(conv && filmSheet(conv, [], 0)).toBeNull();
    expect(conv && beforeAfterSheet(conv, frames.slice(0, 1))).toBeNull();
  });
});
