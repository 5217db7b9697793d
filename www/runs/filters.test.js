import { expect, test } from 'vitest';
import { DEFAULT_PRESET } from '../model/presets.js';
import { filtersIn } from './filters.js';

/** @type {import('../model/spec.js').LayerSpec} */
const CONV = { type: 'conv2d', filters: 2, kernel_size: [1, 2], stride: [1, 1], padding: [0, 0] };
const spec = { ...DEFAULT_PRESET.spec, layers: [CONV, { ...CONV, filters: 1 }] };
/** @type {import('../model/spec.js').Summary} */
const summary = {
  ...{ input: [1, 4, 4], classes: 4, parameters: 11, multiply_adds: 0 },
  layers: [
    { type: 'conv2d', shape: [2, 4, 3], parameters: 6, multiply_adds: 0 },
    { type: 'conv2d', shape: [1, 4, 2], parameters: 5, multiply_adds: 0 },
  ],
};

function checkpoint() {
  const header = 5;
  const bytes = new Uint8Array(12 + header + 3 * 4 * 11);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode('CVSC'));
  view.setUint32(4, 3, true);
  view.setUint32(8, header, true);
  for (let index = 0; index < 11; index += 1) view.setFloat32(17 + 4 * index, index, true);
  return bytes;
}

test('filters are read in PyTorch’s order, whatever stands before them', () => {
  const found = filtersIn(checkpoint(), spec, summary);
  expect([...(found?.get(0) ?? [])]).toEqual([0, 1, 2, 3]);
  // Inside, the two channels of each place lie side by side.
  expect([...(found?.get(1) ?? [])]).toEqual([6, 8, 7, 9]);
});

test('what is no checkpoint of this network has no filters', () => {
  const bytes = checkpoint();
  expect(filtersIn(bytes.subarray(0, 7), spec, summary)).toBeNull();
  expect(filtersIn(bytes.subarray(0, bytes.length - 4), spec, summary)).toBeNull();
  const other = checkpoint();
  other[0] = 0;
  expect(filtersIn(other, spec, summary)).toBeNull();
  bytes[4] = 9;
  expect(filtersIn(bytes, spec, summary)).toBeNull();
});
