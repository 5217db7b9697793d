import { expect, test } from 'vitest';
import { unitPicture } from './unit-picture.js';

/** @param {number} units @param {number} inputs @returns {import('../../explain/geometry.js').Geometry} */
const dense = (units, inputs) => ({
  ...{ layer: 3, spec: { type: 'dense', units }, kernel: [1, 1], stride: [1, 1], padding: [0, 0] },
  ...{ input: { channels: inputs, height: 1, width: 1 }, output: { channels: units, height: 1, width: 1 } },
});
const weights = Float32Array.from({ length: 36 }, (_, index) => index);

test('unitPicture arranges the weights of a unit after a flatten as the maps they read', () => {
  const maps = { channels: 2, height: 2, width: 3 };
  const picture = unitPicture(dense(3, 12), maps, weights, { layer: 3, kind: 'weight', index: 17 }, 'dense 1');
  expect(picture?.filter).toMatchObject({ ...maps, count: 12, name: 'dense 1, unit 2' });
  expect(Array.from(picture?.filter.weights ?? []).slice(0, 2)).toEqual([12, 13]);
  expect(picture).toMatchObject({ first: 12, chosen: 5 });
});

test('unitPicture of a unit that reads units is one picture, whose last row may not be full', () => {
  const maps = { channels: 12, height: 1, width: 1 };
  const picture = unitPicture(dense(3, 12), maps, weights, { layer: 3, kind: 'bias', index: 2 }, 'dense 2');
  expect(picture?.filter).toMatchObject({ channels: 1, height: 3, width: 4, count: 12, name: 'dense 2, unit 3' });
  expect(picture).toMatchObject({ first: 24, chosen: null });
});

test('unitPicture names a unit of the last layer by the class it scores', () => {
  const maps = { channels: 12, height: 1, width: 1 };
  const place = /** @type {const} */ ({ layer: 3, kind: 'bias', index: 2 });
  const picture = unitPicture(dense(3, 12), maps, weights, place, 'dense 2', ['0', '1', '2']);
  expect(picture?.filter.name).toBe('dense 2, score for 2');
});

test('unitPicture arranges the weights of a filter channel by channel', () => {
  const geometry = {
    ...dense(2, 2),
    ...{ spec: /** @type {any} */ ({ type: 'conv2d' }), kernel: /** @type {[number, number]} */ ([3, 3]) },
  };
  const picture = unitPicture(geometry, geometry.input, weights, { layer: 0, kind: 'weight', index: 20 }, 'conv 1');
  expect(picture?.filter).toMatchObject({ channels: 2, height: 3, width: 3, name: 'conv 1, filter 2' });
  expect(picture).toMatchObject({ first: 18, chosen: 2 });
});

test('unitPicture is null for weights of another network', () => {
  const maps = { channels: 2, height: 2, width: 3 };
  expect(unitPicture(dense(3, 12), maps, weights.subarray(1), { layer: 3, kind: 'weight', index: 0 }, '')).toBeNull();
});
