import { describe, expect, it } from 'vitest';
import { SETS } from '../../model/data-sets.js';
import { KINDS } from '../../model/layer-kinds.js';
import { inspected, sentenceOf } from './inspected.js';

/** @type {import('./columns.js').Column} */
const conv = {
  key: 'layer 0',
  kind: 'maps',
  layer: 0,
  type: 'conv2d',
  title: 'conv',
  heading: 'conv',
  detail: '',
  shape: '',
  parameters: 0,
  multiplyAdds: 0,
  images: 2,
  height: 1,
  width: 2,
  filters: { channels: 1, height: 1, width: 3 },
};

/** @type {import('../../model/reports.js').Snapshot} */
const snapshot = {
  step: 0,
  reading: {
    probe: { kind: 'test', index: 0 },
    label: 7,
    pixels: new Uint8Array(784).fill(7),
    probabilities: new Float32Array(10),
    logits: new Float32Array(10),
    activations: [Float32Array.of(1, 2, -3, 5)],
  },
  filters: [{ layer: 0, weights: Float32Array.of(1, 2, 3, 4, 5, 6) }],
  parameters: [],
  backward: null,
};

describe('a picture under inspection', () => {
  it('has the numbers of its own map and the weights of its own filter', () => {
    const picture = inspected(conv, 1, snapshot);
    expect(picture).toMatchObject({ least: -3, most: 5, mean: 1, rows: 1, columns: 2 });
    expect(Array.from(picture?.filter?.weights ?? [])).toEqual([4, 5, 6]);
  });

  it('lays the units of a dense layer out in a square', () => {
    const units = { ...conv, kind: /** @type {const} */ ('units'), filters: null, images: 4 };
    expect(inspected(units, 0, snapshot)).toMatchObject({ rows: 2, columns: 2, units: true });
  });

  it('has its own filter of several channels, and is counted from 1', () => {
    const column = { ...conv, filters: { channels: 2, height: 1, width: 1 } };
    const weights = Float32Array.of(1, 2, 3, 4, 5, 6);
    const picture = inspected({ ...column, images: 3 }, 1, { ...snapshot, filters: [{ layer: 0, weights }] });
    expect(Array.from(picture?.filter?.weights ?? [])).toEqual([3, 4]);
    expect([picture?.name, picture?.filter?.name]).toEqual(['conv, map 2', 'conv, filter 2']);
  });

  it('has gradients in the backward pass, and those of the logits for the answer', () => {
    const activations = [Float32Array.of(1, 1, 8, 9), Float32Array.of(-1, 1)];
    const backward = {
      input: Float32Array.of(5, 6),
      activations,
      filters: [{ layer: 0, weights: new Float32Array(6) }],
    };
    const back = /** @type {any} */ ({ ...snapshot, backward });
    const values = (/** @type {any} */ column) => [...Array.from(inspected(column, 0, back, 'backward')?.values ?? [])];
    expect(values({ ...conv, kind: 'answer', layer: null, images: 2 })).toEqual([-1, 1]);
    expect(values({ ...conv, kind: 'input', layer: null, images: 1 })).toEqual([5, 6]);
    expect(Array.from(inspected(conv, 0, back, 'backward')?.filter?.weights ?? [])).toEqual([0, 0, 0]);
    expect(Array.from(inspected({ ...conv, kind: 'input', layer: null }, 0, snapshot)?.values ?? [])).toEqual([7, 7]);
  });

  it('is nothing before there is something to show', () => {
    expect(inspected(conv, 0, null)).toBeNull();
    expect(inspected(conv, 0, { ...snapshot, reading: null })).toBeNull();
    const reading = /** @type {any} */ ({ ...snapshot.reading, activations: [new Float32Array()] });
    expect(inspected(conv, 0, { ...snapshot, reading })).toBeNull();
  });
});

it('sentenceOf describes each kind of layer', () => {
  const kinds = /** @type {import('../../model/layer-kinds.js').LayerKind[]} */ (Object.keys(KINDS));
  const sentences = kinds.map((type) => sentenceOf({ ...conv, type }, SETS.mnist));
  const bends = expect.stringContaining('Applies a curve');
  expect(sentences).toEqual([
    expect.stringContaining('A filter slides'),
    expect.stringContaining('max(x, 0)'),
    ...[bends, bends, bends],
    expect.stringContaining('x × Φ(x)'),
    expect.stringContaining('The largest number of each window'),
    expect.stringContaining('The mean of each window'),
    expect.stringContaining('row by row'),
    expect.stringContaining('weighted sum of all numbers'),
    expect.stringContaining('Sets numbers to 0'),
  ]);
});
