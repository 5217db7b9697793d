import { expect, test } from 'vitest';
import { geometryOf, inputWindow, outputWindow } from './geometry.js';

/** @param {[number, number]} kernel @param {[number, number]} stride @param {[number, number]} padding @param {number} side @param {number} out */
const geometry = (kernel, stride, padding, side, out) => ({
  ...{ layer: 0, spec: /** @type {const} */ ({ type: 'relu' }), kernel, stride, padding },
  ...{ input: { channels: 1, height: side, width: side }, output: { channels: 1, height: out, width: out } },
});

test('inputWindow and outputWindow agree on which number reads which', () => {
  for (const [kernel, stride, padding, side, out] of [
    [3, 1, 0, 6, 4],
    [3, 2, 1, 7, 4],
    [2, 2, 0, 6, 3],
    [2, 3, 0, 8, 3],
    [5, 1, 2, 6, 6],
  ]) {
    const made = geometry([kernel, kernel], [stride, stride], [padding, padding], side, out);
    for (let row = 0; row < side; row++) {
      const readers = Array.from({ length: out }, (_, at) => at).filter((at) => {
        const window = inputWindow(made, { row: at, column: 0 });
        return row >= window.row && row < window.row + window.height;
      });
      const window = outputWindow(made, { row, column: 0 });
      expect(window.height).toBeGreaterThanOrEqual(0);
      expect(Array.from({ length: window.height }, (_, at) => window.row + at)).toEqual(readers);
    }
  }
});

test('geometryOf: units are maps of one number, and a layer without a window reads its own place', () => {
  const training = /** @type {any} */ (null);
  const spec = /** @type {any} */ ({ layers: [{ type: 'flatten' }, { type: 'dense', units: 3 }], training });
  const summary = { input: [2, 4, 5], layers: [{ shape: [40] }, { shape: [3] }], classes: 3 };
  const dense = geometryOf(spec, /** @type {any} */ (summary), 1);
  expect(dense?.input).toEqual({ channels: 40, height: 1, width: 1 });
  expect(dense?.output).toEqual({ channels: 3, height: 1, width: 1 });
  expect(geometryOf(spec, /** @type {any} */ (summary), 0)?.input).toEqual({ channels: 2, height: 4, width: 5 });
  expect(geometryOf(spec, /** @type {any} */ (summary), 2)).toBeNull();
});
