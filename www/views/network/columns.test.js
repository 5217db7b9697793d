import { describe, expect, it, test } from 'vitest';
import { DEFAULT_PRESET } from '../../model/presets.js';
import { layerNames } from '../../model/layer-kinds.js';
import { columnsOf, linesOf } from './columns.js';

/** @type {import('../../model/spec.js').Summary} */
const summary = {
  input: [1, 28, 28],
  stages: [],
  classes: 10,
  parameters: 6_000,
  multiply_adds: 1_000_000,
  layers: [
    { type: 'conv2d', shape: [8, 24, 24], parameters: 208, multiply_adds: 115_200 },
    { type: 'relu', shape: [8, 24, 24], parameters: 0, multiply_adds: 0 },
    { type: 'max_pool2d', shape: [8, 12, 12], parameters: 0, multiply_adds: 0 },
    { type: 'conv2d', shape: [16, 8, 8], parameters: 3216, multiply_adds: 204_800 },
    { type: 'relu', shape: [16, 8, 8], parameters: 0, multiply_adds: 0 },
    { type: 'max_pool2d', shape: [16, 4, 4], parameters: 0, multiply_adds: 0 },
    { type: 'flatten', shape: [256], parameters: 0, multiply_adds: 0 },
    { type: 'dense', shape: [10], parameters: 2570, multiply_adds: 2560 },
  ],
};

describe('the columns of a network', () => {
  const columns = columnsOf(DEFAULT_PRESET.spec, summary);

  it('lead from the input through every layer to the answer', () => {
    expect(columns.map(({ title }) => title)).toEqual([
      'input',
      'conv 1',
      'ReLU 1',
      'pool 1',
      'conv 2',
      'ReLU 2',
      'pool 2',
      'flatten',
      'dense',
      'softmax',
    ]);
  });

  it('are headed by their number only where there is something to learn', () => {
    expect(columns.slice(1, 5).map(({ heading }) => heading)).toEqual(['conv 1', 'ReLU', 'pool', 'conv 2']);
  });

  it('know how their numbers lie', () => {
    expect(columns[1]).toMatchObject({ kind: 'maps', images: 8, height: 24, width: 24, shape: '8×24×24' });
    expect(columns[7]).toMatchObject({ kind: 'units', images: 256, height: 1, width: 1 });
    expect(columns[9]).toMatchObject({ kind: 'answer', images: 10 });
  });

  it('know the size of their filters', () => {
    expect(columns[1]?.filters).toEqual({ channels: 1, height: 5, width: 5 });
    expect(columns[4]?.filters).toEqual({ channels: 8, height: 5, width: 5 });
    expect(columns[2]?.filters).toBeNull();
  });
});

test('linesOf writes the height of a window that is not square first', () => {
  const conv = /** @type {const} */ ({
    type: 'conv2d',
    filters: 8,
    kernel_size: [3, 5],
    stride: [1, 2],
    padding: [0, 1],
  });
  const spec = { ...DEFAULT_PRESET.spec, layers: [conv, /** @type {const} */ ({ type: 'relu' })] };
  const [, made, relu] = columnsOf(/** @type {any} */ (spec), { ...summary, layers: summary.layers.slice(0, 2) });
  expect(made).toMatchObject({ detail: '3×5, stride 1×2, padding 0×1', heading: 'conv', multiplyAdds: 115_200 });
  expect(made && linesOf(made, false)).toEqual(['3×5, stride 1×2, padding 0×1', '8×24×24']);
  expect(made && linesOf(made, true)).toEqual([
    ...['3×5', 'stride 1×2', 'padding 0×1', '8×24×24', '208 param.', '115,200 mul.'],
  ]);
  expect(relu && linesOf(relu, true)).toEqual(['8×24×24']);
  expect(made?.filters).toEqual({ channels: 1, height: 3, width: 5 });
  expect(relu?.heading).toBe('ReLU');
});

test('linesOf says in the backward pass what the column of the answer shows', () => {
  const answer = columnsOf(DEFAULT_PRESET.spec, summary).at(-1);
  expect(answer && linesOf(answer, false)).toEqual(['10']);
  expect(answer && linesOf(answer, false, 'backward')).toEqual(['probability', '− target']);
});

describe('the name of a layer', () => {
  it('has a number only where there are several of its kind', () => {
    expect(
      layerNames([{ type: 'flatten' }, { type: 'dense', units: 10 }, { type: 'relu' }, { type: 'dense', units: 10 }]),
    ).toEqual(['flatten', 'dense 1', 'ReLU', 'dense 2']);
  });
});
