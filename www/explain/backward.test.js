import { describe, expect, test } from 'vitest';
import { gradientTerms, largestOf, sumOf, turnedAround } from './backward.js';
import { indexOf, inputWindow } from './geometry.js';

/** @typedef {import('./backward.js').Pass} Pass */
/** @typedef {import('../model/spec.js').LayerSpec} LayerSpec */

/** Numbers that do not repeat. @param {number} length @param {number} seed */
const numbers = (length, seed) => Float32Array.from({ length }, (_, index) => Math.sin(1 + seed + 7.3 * index));

/**
 * @param {LayerSpec} spec
 * @param {import('./geometry.js').Size} input
 * @param {import('./geometry.js').Size} output
 * @param {Partial<Pass>} [rest]
 * @returns {Pass}
 */
function passOf(spec, input, output, rest = {}) {
  const { kernel_size: kernel = [1, 1], stride = [1, 1], padding = [0, 0] } = /** @type {any} */ (spec);
  const size = ({ channels, height, width } = output) => channels * height * width;
  return {
    geometry: { layer: 0, spec, input, output, kernel, stride, padding },
    ...{ inputs: numbers(size(input), 1), outputs: numbers(size(output), 2), gradients: numbers(size(output), 3) },
    ...{ weights: null, ...rest },
  };
}

/** The result of the chain rule when every weight of a convolution passes its gradient on. @param {Pass} pass */
function scattered({ geometry, gradients, weights }) {
  const { input, output, kernel } = geometry;
  const out = new Float64Array(input.channels * input.height * input.width);
  for (let filter = 0; filter < output.channels; filter++) {
    for (let place = 0; place < output.height * output.width; place++) {
      const window = inputWindow(geometry, { row: Math.floor(place / output.width), column: place % output.width });
      for (let index = 0; index < input.channels * kernel[0] * kernel[1]; index++) {
        const channel = Math.floor(index / (kernel[0] * kernel[1]));
        const row = window.row + (Math.floor(index / kernel[1]) % kernel[0]);
        const column = window.column + (index % kernel[1]);
        if (row < 0 || column < 0 || row >= input.height || column >= input.width) continue;
        const at = indexOf(input, channel, { row, column });
        const weight = Number(weights?.[filter * input.channels * kernel[0] * kernel[1] + index]);
        out[at] = Number(out[at]) + Number(gradients[filter * output.height * output.width + place]) * weight;
      }
    }
  }
  return out;
}

describe('the gradient of one number is the sum of its terms', () => {
  test('convolution, whatever its kernel, stride and padding', () => {
    for (const [kernel_size, stride, padding] of /** @type {[number, number][][]} */ ([
      [
        [3, 3],
        [1, 1],
        [0, 0],
      ],
      [
        [3, 2],
        [2, 1],
        [1, 0],
      ],
      [
        [2, 2],
        [3, 3],
        [0, 1],
      ],
    ])) {
      const spec = /** @type {LayerSpec} */ ({ type: 'conv2d', filters: 2, kernel_size, stride, padding });
      const out = (/** @type {0 | 1} */ axis, /** @type {number} */ size) =>
        Math.floor((size + 2 * Number(padding?.[axis]) - Number(kernel_size?.[axis])) / Number(stride?.[axis])) + 1;
      const output = { channels: 2, height: out(0, 6), width: out(1, 5) };
      const weights = numbers(2 * 3 * Number(kernel_size?.[0]) * Number(kernel_size?.[1]), 4);
      const pass = passOf(spec, { channels: 3, height: 6, width: 5 }, output, { weights });
      scattered(pass).forEach((expected, index) => {
        const at = { row: Math.floor(index / 5) % 6, column: index % 5 };
        const terms = gradientTerms(pass, Math.floor(index / 30), at) ?? [];
        expect(sumOf(terms)).toBeCloseTo(expected, 5);
      });
    }
  });

  test('a dense unit passes it through its weight, and nothing is said before the weights have arrived', () => {
    const sizes = /** @type {const} */ ([
      { channels: 4, height: 1, width: 1 },
      { channels: 3, height: 1, width: 1 },
    ]);
    const weights = numbers(12, 5);
    const pass = passOf({ type: 'dense', units: 3 }, ...sizes, { weights });
    const expected = [0, 1, 2].reduce(
      (sum, unit) => sum + Number(pass.gradients[unit]) * Number(weights[unit * 4 + 2]),
      0,
    );
    const terms = gradientTerms(pass, 2, { row: 0, column: 0 });
    expect(sumOf(terms ?? [])).toBeCloseTo(expected, 6);
    expect(terms?.map(({ weight }) => weight)).toEqual([2, 6, 10]);
    expect(gradientTerms({ ...pass, weights: null }, 2, { row: 0, column: 0 })).toBeNull();
  });

  test('a max pool sends it to its maximum alone, to the first of equals', () => {
    const spec = /** @type {const} */ ({ type: 'max_pool2d', kernel_size: [2, 2], stride: [1, 1], padding: [0, 0] });
    const pass = passOf(
      /** @type {any} */ (spec),
      { channels: 1, height: 2, width: 3 },
      { channels: 1, height: 1, width: 2 },
      {
        ...{ inputs: [0, 5, 5, 1, 2, 3], gradients: [10, 100] },
      },
    );
    const gradient = (/** @type {number} */ index) =>
      sumOf(gradientTerms(pass, 0, { row: Math.floor(index / 3), column: index % 3 }) ?? []);
    expect([0, 1, 2, 3, 4, 5].map(gradient)).toEqual([0, 110, 0, 0, 0, 0]);
    expect(largestOf(pass, 0, { row: 0, column: 1 })).toEqual({ row: 0, column: 1 });
    expect(largestOf({ ...pass, inputs: [9, NaN, 5, 1, 2, 3] }, 0, { row: 0, column: 0 })).toEqual({
      row: 0,
      column: 1,
    });
  });

  test('what lies around a map is never the maximum, though the next map lies there', () => {
    const spec = /** @type {const} */ ({ type: 'max_pool2d', kernel_size: [2, 2], stride: [2, 2], padding: [1, 1] });
    const size = { channels: 2, height: 2, width: 2 };
    const pass = passOf(/** @type {any} */ (spec), size, size, { inputs: [1, 2, 3, 4, 5, 6, 7, 8] });
    const places = [0, 1].flatMap((row) => [0, 1].map((column) => ({ row, column })));
    places.forEach((place) => expect(largestOf(pass, 0, place)).toEqual(place));
  });

  test('a mean pool shares it out', () => {
    const spec = /** @type {const} */ ({ type: 'avg_pool2d', kernel_size: [2, 2], stride: [2, 2] });
    const sizes = /** @type {const} */ ([
      { channels: 1, height: 2, width: 2 },
      { channels: 1, height: 1, width: 1 },
    ]);
    const pass = passOf(/** @type {any} */ (spec), ...sizes, { gradients: [10] });
    expect(sumOf(gradientTerms(pass, 0, { row: 1, column: 0 }) ?? [])).toBe(2.5);
  });

  test('an activation function passes it as steeply as it is', () => {
    const size = { channels: 1, height: 1, width: 2 };
    const given = { inputs: [-1, 2], outputs: [0.25, 0.5], gradients: [8, 8] };
    const gradients = (/** @type {LayerSpec} */ spec) =>
      [0, 1].map((column) => sumOf(gradientTerms(passOf(spec, size, size, given), 0, { row: 0, column }) ?? []));
    expect(gradients({ type: 'relu' })).toEqual([0, 8]);
    const [closed] =
      gradientTerms(passOf({ type: 'relu' }, size, size, { ...given, gradients: [-8, 8] }), 0, {
        ...{ row: 0, column: 0 },
      }) ?? [];
    expect(closed?.product).toBe(0);
    expect(gradients({ type: 'leaky_relu', slope: 0.5 })).toEqual([4, 8]);
    expect(gradients({ type: 'tanh' })).toEqual([7.5, 6]);
    expect(gradients({ type: 'sigmoid' })).toEqual([1.5, 2]);
    expect(gradients({ type: 'dropout', rate: 0.5 })).toEqual([8, 8]);
  });

  test('flatten returns each number its own gradient', () => {
    const pass = passOf(
      { type: 'flatten' },
      { channels: 2, height: 2, width: 2 },
      { channels: 8, height: 1, width: 1 },
    );
    expect(sumOf(gradientTerms(pass, 1, { row: 0, column: 1 }) ?? [])).toBe(pass.gradients[5]);
  });
});

test('a filter turned around begins with its last weight', () => {
  expect(Array.from(turnedAround([1, 2, 3, 4]))).toEqual([4, 3, 2, 1]);
});
