import { expect, test, vi } from 'vitest';
import { DEFAULT_PRESET } from '../model/presets.js';
import { Archive } from './archive.js';
import { Run } from './run.js';
import { SUMMARY } from './testing/summary.js';

/** @param {number} step */
const checkpoint = (step) => ({ step, elapsed: 0, bytes: Uint8Array.of(step) });

/** Filters whose only weight is the step of the checkpoint, and no filters in an odd one. */
const readFilters = vi.fn(async (/** @type {Uint8Array} */ bytes, /** @type {number} */ _layer) =>
  Number(bytes[0]) % 2 === 0 ? Float32Array.from(bytes) : null,
);

test('film reads the filters of each kept step once, and leaves out what cannot be read', async () => {
  const archive = new Archive({ storage: null, failed() {}, readFilters });
  const run = new Run({ id: 'a', spec: DEFAULT_PRESET.spec, summary: SUMMARY });
  for (const step of [0, 5, 10]) {
    run.keep({ step, elapsed: 0, size: 1 });
    archive.hold(run, checkpoint(step));
  }
  const frames = [0, 10].map((step) => ({ step, weights: Float32Array.of(step) }));
  expect(await archive.film(run, 0)).toEqual(frames);
  archive.save(run);
  readFilters.mockClear();
  expect(await archive.film(run, 0)).toEqual(frames);
  expect(readFilters.mock.calls.map(([bytes, layer]) => [bytes[0], layer])).toEqual([[5, 0]]);
  expect((await archive.film(run, 1)).map(({ step }) => step)).toEqual([0, 10]);
});
