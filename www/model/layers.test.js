import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PRESETS } from './presets.js';
import { FILTERS, HIGHEST_RATE, KINDS, LAYERS, OFFERED, relatives, UNITS, WINDOW_SIDE } from './layer-kinds.js';
import * as change from './layers.js';

/** @typedef {import('./spec.js').LayerSpec} LayerSpec */
/** @typedef {import('./layer-kinds.js').Field} Field */

/** @type {LayerSpec} */
const CONV = { type: 'conv2d', filters: 4, kernel_size: [3, 5], stride: [1, 1], padding: [0, 0] };
/** @type {LayerSpec} */
const RELU = { type: 'relu' };
/** @type {LayerSpec} */
const FLATTEN = { type: 'flatten' };
/** @type {LayerSpec} */
const DENSE = { type: 'dense', units: 10 };

const types = (/** @type {LayerSpec[]} */ layers) => layers.map(({ type }) => type);
const field = (/** @type {LayerSpec} */ { type }, /** @type {string} */ key) =>
  /** @type {Field} */ (KINDS[type].fields.find((one) => one.key === key));

test('FILTERS, UNITS, WINDOW_SIDE and LAYERS are the limits of the engine', () => {
  const limits = readFileSync('src/spec/limits.rs', 'utf8');
  const of = (/** @type {string} */ name) => Number(limits.match(new RegExp(`${name}: (\\d+),`))?.[1]);
  expect([FILTERS, UNITS, WINDOW_SIDE, LAYERS]).toEqual(['filters', 'units', 'window_side', 'layers'].map(of));
  expect(readFileSync('src/spec/validate/layers.rs', 'utf8')).toContain(`"rate", rate, 0.0, ${HIGHEST_RATE})`);
});

test('KINDS has a field for every setting of every layer of the presets', () => {
  for (const layer of PRESETS.flatMap(({ spec }) => spec.layers)) {
    const keys = KINDS[layer.type].fields.map(({ key }) => key);
    expect(keys.toSorted()).toEqual(
      Object.keys(layer)
        .filter((key) => key !== 'type')
        .toSorted(),
    );
  }
});

test('OFFERED and relatives lead to every kind', () => {
  const reached = OFFERED.flatMap(({ kind }) => relatives(kind));
  expect(reached.toSorted()).toEqual(Object.keys(KINDS).toSorted());
});

test('writeField writes one side or both, and leaves the original layer alone', () => {
  expect(change.writeField(CONV, field(CONV, 'kernel_size'), 1, 7)).toMatchObject({ kernel_size: [3, 7] });
  expect(change.writeField(CONV, field(CONV, 'stride'), 'both', 2)).toMatchObject({ stride: [2, 2] });
  expect(change.writeField(CONV, field(CONV, 'filters'), 'both', 9)).toMatchObject({ filters: 9 });
  expect(CONV).toMatchObject({ filters: 4, kernel_size: [3, 5], stride: [1, 1] });
  expect(change.readField(CONV, field(CONV, 'kernel_size'))).toEqual([3, 5]);
});

test('squared makes a window square', () => {
  expect(change.isSquare(CONV)).toBe(false);
  expect(change.squared(CONV)).toEqual({ ...CONV, kernel_size: [3, 3] });
  expect(change.isSquare(change.squared(CONV))).toBe(true);
  expect(change.isSquare(RELU)).toBe(true);
});

test('asKind keeps the window of a pool, and only settings that the new kind has', () => {
  /** @type {LayerSpec} */
  const pool = { type: 'max_pool2d', kernel_size: [3, 3], stride: [2, 2], padding: [1, 1] };
  const mean = change.asKind(pool, 'avg_pool2d');
  expect(mean).toEqual({ type: 'avg_pool2d', kernel_size: [3, 3], stride: [2, 2] });
  expect(change.asKind(mean, 'max_pool2d')).toEqual({ ...pool, padding: [0, 0] });
  expect(change.asKind(RELU, 'leaky_relu')).toEqual({ type: 'leaky_relu', slope: 0.01 });
});

test('insert adds the flatten that a dense layer after maps needs', () => {
  const { layers, added } = change.insert([CONV, FLATTEN, DENSE], 1, 'dense');
  expect(types(layers)).toEqual(['conv2d', 'flatten', 'dense', 'flatten', 'dense']);
  expect(layers.indexOf(added)).toBe(2);
  expect(types(change.insert([CONV, FLATTEN, DENSE], 2, 'dense').layers)).toEqual([
    'conv2d',
    'flatten',
    'dense',
    'dense',
  ]);
  expect(types(change.insert([], 0, 'conv2d').layers)).toEqual(['conv2d']);
});

test('givesAnswers finds the layer of the outputs, and withAnswer restores it', () => {
  expect(change.givesAnswers([CONV, FLATTEN, DENSE], 2, 10)).toBe(true);
  expect(change.givesAnswers([FLATTEN, DENSE, DENSE], 1, 10)).toBe(false);
  expect(change.givesAnswers([FLATTEN, { type: 'dense', units: 11 }], 1, 10)).toBe(false);
  expect(change.givesAnswers([FLATTEN, { type: 'dense', units: 26 }], 1, 26)).toBe(true);
  expect(change.withAnswer([CONV], 10)).toEqual([CONV, FLATTEN, DENSE]);
  expect(change.withAnswer([FLATTEN], 10)).toEqual([FLATTEN, DENSE]);
});

test('move, copy and remove change the layers', () => {
  const layers = [CONV, RELU, FLATTEN];
  expect(types(change.move(layers, 0, 2))).toEqual(['relu', 'flatten', 'conv2d']);
  expect(change.move(layers, 0, -1)).toEqual(layers);
  expect(change.move(layers, 0, 3)).toEqual(layers);
  const copied = change.copy(layers, 0);
  expect(types(copied)).toEqual(['conv2d', 'conv2d', 'relu', 'flatten']);
  expect(copied[0]).toBe(CONV);
  expect(copied[1]).not.toBe(CONV);
  expect(types(change.remove(layers, 1))).toEqual(['conv2d', 'flatten']);
});
