import { expect, test } from 'vitest';
import { DEFAULT_PRESET } from '../../model/presets.js';
import { costRows, errorOfEstimate } from './cost-rows.js';

/** @type {import('../../model/spec.js').Summary} */
const SUMMARY = {
  input: [1, 28, 28],
  layers: [
    { type: 'conv2d', shape: [8, 24, 24], parameters: 208, multiply_adds: 115_200 },
    { type: 'relu', shape: [8, 24, 24], parameters: 0, multiply_adds: 0 },
    { type: 'max_pool2d', shape: [8, 12, 12], parameters: 0, multiply_adds: 0 },
  ],
  stages: [{ first_layer: 0, last_layer: 2 }],
  classes: 10,
  parameters: 208,
  multiply_adds: 115_200,
};

test('costRows has one row for layers that pass as one, in microseconds per image and bytes', () => {
  const stage = { first_layer: 0, last_layer: 2, forward: 0.005, weight_gradient: 0.002, input_gradient: 0 };
  const timing = { images: 1, updates: 1, update: 0.01, stages: [stage] };
  const [row] = costRows(DEFAULT_PRESET.spec, SUMMARY, timing);
  expect(row).toMatchObject({ name: 'conv 1, ReLU, pool', multiplyAdds: 115_200, share: 1 });
  expect(row?.bytes).toBe(4 * (208 + 8 * 12 * 12));
  expect(row?.total).toBeCloseTo(7);
  const half = { ...stage, forward: 0.001, weight_gradient: 0.0025 };
  const rows = costRows(DEFAULT_PRESET.spec, SUMMARY, { ...timing, stages: [stage, half] });
  expect(rows.map(({ share }) => share)).toEqual([1, expect.closeTo(0.5)]);
});

test('costRows has no longest row before anything was timed', () => {
  const stage = { first_layer: 0, last_layer: 2, forward: 0, weight_gradient: 0, input_gradient: 0 };
  const rows = costRows(DEFAULT_PRESET.spec, SUMMARY, { images: 0, updates: 0, update: 0, stages: [stage] });
  expect(rows[0]?.share).toBe(0);
});

test('errorOfEstimate compares the estimate with the time an epoch took', () => {
  const costs = { timing: { images: 0, updates: 0, update: 0, stages: [] }, workers: 1 };
  expect(errorOfEstimate({ ...costs, estimated: 3, measured: 4 })).toBe(-0.25);
  expect(errorOfEstimate({ ...costs, estimated: null, measured: 4 })).toBeNull();
  expect(errorOfEstimate({ ...costs, estimated: 3, measured: null })).toBeNull();
  expect(errorOfEstimate({ ...costs, estimated: 3, measured: 0 })).toBeNull();
});
