import { expect, test } from 'vitest';
import { PRESETS } from '../../model/presets.js';
import { stripsOf } from './film.js';

const spec = /** @type {import('../../model/spec.js').Spec} */ (PRESETS[0]?.spec);

/** @param {string} name @param {number} steps @param {object} [change] */
const planned = (name, steps, change = {}) => ({ name, group: name, steps, nudges: [], spec: { ...spec, ...change } });
/** @param {number[]} steps */
const filmed = (...steps) => ({ filters: steps.map((step) => ({ step, weights: [step] })) });

test('a run that is the beginning of a longer one is a part of its strip, which has a column for its end', () => {
  const [strip, ...others] = stripsOf(
    [planned('short', 15), planned('long', 60)],
    [filmed(0, 10, 15), filmed(0, 10, 20)],
  );
  expect(others).toEqual([]);
  expect(strip?.columns).toEqual([
    { step: 0, name: '', weights: [0] },
    { step: 10, name: '', weights: [10] },
    { step: 15, name: 'short', weights: [15] },
    { step: 20, name: '', weights: [20] },
    { step: 50, name: '', weights: null },
    { step: 60, name: 'long', weights: null },
  ]);
});

test('runs that differ have strips of their own, each with the size of its filters', () => {
  const strips = stripsOf([planned('a', 10), planned('b', 20, { seed: 9 })], [filmed(), filmed()]);
  expect(strips.map(({ name }) => name)).toEqual(['a', 'b']);
  const [first] = spec.layers;
  if (first?.type !== 'conv2d') throw new Error('the preset begins with a convolution');
  expect(strips[0]).toMatchObject({ filters: first.filters, height: first.kernel_size[0] });
});
