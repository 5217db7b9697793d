import { describe, expect, it } from 'vitest';
import { receptiveField } from './receptive-field.js';

/** @typedef {[kernel: number, stride: number, padding: number]} Slide */

/**
 * A network of convolutions over a square image.
 * @param {number} side @param {Slide[]} slides
 */
function convolutions(side, slides) {
  let size = side;
  const layers = slides.map(([kernel, stride, padding]) => ({
    ...{ type: 'conv2d', filters: 2 },
    ...{ kernel_size: [kernel, kernel], stride: [stride, stride], padding: [padding, padding] },
  }));
  const shapes = slides.map(([kernel, stride, padding]) => {
    size = Math.floor((size + 2 * padding - kernel) / stride) + 1;
    return { shape: [2, size, size] };
  });
  const spec = /** @type {any} */ ({ layers });
  return { spec, summary: /** @type {any} */ ({ input: [1, side, side], layers: shapes }), size };
}

/** The places along one side that a number depends on, found one by one. @param {number} side @param {Slide[]} slides @param {number} at */
function dependsOn(side, slides, at) {
  let size = side;
  const sizes = slides.map(([kernel, stride, padding]) => {
    const before = size;
    size = Math.floor((size + 2 * padding - kernel) / stride) + 1;
    return before;
  });
  let places = new Set([at]);
  for (const [index, [kernel, stride, padding]] of [...slides.entries()].reverse()) {
    const seen = [...places].flatMap((place) =>
      Array.from({ length: kernel }, (_, offset) => place * stride - padding + offset),
    );
    places = new Set(seen.filter((place) => place >= 0 && place < Number(sizes[index])));
  }
  return [...places].sort((a, b) => a - b);
}

describe('the receptive field', () => {
  it('is what a number depends on, for any kernels, strides and paddings', () => {
    /** @type {Slide[][]} */
    const cases = [
      [[5, 1, 0]],
      [
        [5, 1, 0],
        [2, 2, 0],
        [5, 1, 0],
        [2, 2, 0],
      ],
      [
        [3, 2, 1],
        [3, 1, 1],
        [3, 2, 1],
      ],
      [
        [7, 3, 3],
        [2, 1, 0],
      ],
    ];
    for (const slides of cases) {
      const { spec, summary, size } = convolutions(28, slides);
      for (let at = 0; at < size; at++) {
        const places = dependsOn(28, slides, at);
        const found = receptiveField(spec, summary, slides.length - 1, 1, { row: at, column: size - 1 - at });
        expect([found.row, found.row + found.height - 1]).toEqual([places[0], places.at(-1)]);
        const across = dependsOn(28, slides, size - 1 - at);
        expect([found.column, found.column + found.width - 1]).toEqual([across[0], across.at(-1)]);
      }
    }
  });

  const flat = convolutions(28, [[5, 1, 0]]);
  const spec = { layers: [...flat.spec.layers, { type: 'flatten' }, { type: 'relu' }, { type: 'dense', units: 10 }] };
  const summary = {
    ...flat.summary,
    layers: [...flat.summary.layers, ...[1152, 1152, 10].map((n) => ({ shape: [n] }))],
  };
  const field = (/** @type {number} */ layer, /** @type {number} */ unit) =>
    receptiveField(/** @type {any} */ (spec), summary, layer, unit, { row: 0, column: 0 });

  it('of a flattened number is that of its place in its map', () => {
    const place = { row: 3, column: 7, height: 5, width: 5 };
    expect(field(1, 576 + 3 * 24 + 7)).toEqual(place);
    expect(field(2, 3 * 24 + 7)).toEqual(place);
  });

  it('of a flattened number is that of its place in maps that are no squares, however often it is flattened', () => {
    const twice = { layers: [{ type: 'flatten' }, { type: 'flatten' }] };
    const sizes = { input: [2, 3, 5], layers: [{ shape: [30] }, { shape: [30] }] };
    const found = receptiveField(/** @type {any} */ (twice), /** @type {any} */ (sizes), 1, 22, { row: 0, column: 0 });
    expect(found).toEqual({ row: 1, column: 2, height: 1, width: 1 });
  });

  it('of a dense unit is the whole image', () => {
    expect(field(3, 4)).toEqual({ row: 0, column: 0, height: 28, width: 28 });
  });

  it('of the image is a pixel', () => {
    expect(receptiveField(/** @type {any} */ (spec), summary, -1, 0, { row: 2, column: 3 })).toEqual({
      ...{ row: 2, column: 3, height: 1, width: 1 },
    });
  });
});
