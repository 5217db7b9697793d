import { beforeAll, expect, test } from 'vitest';
import { loadEngine } from '../engine/testing/real-engine.js';
import { DEFAULT_PRESET, PRESETS } from './presets.js';
import { epochTime } from './epoch-time.js';

/** @typedef {import('./reports.js').Costs} Costs */
/** @typedef {import('./spec.js').LayerSpec} LayerSpec */
/** @typedef {import('./spec.js').Spec} Spec */

const SPEC = DEFAULT_PRESET.spec;

beforeAll(() => void loadEngine());

/** @param {Spec} spec */
const network = (spec) => ({ spec, summary: loadEngine().validate(spec) });

const stage = (
  /** @type {number} */ first_layer,
  /** @type {number} */ last_layer,
  /** @type {number} */ forward,
  /** @type {number} */ weight_gradient,
  /** @type {number} */ input_gradient,
) => ({ first_layer, last_layer, forward, weight_gradient, input_gradient });

/** @type {Costs} */
const COSTS = {
  timing: {
    images: 1000,
    updates: 100,
    update: 0.02,
    stages: [
      stage(0, 2, 0.02, 0.01, 0),
      stage(3, 5, 0.03, 0.012, 0.01),
      stage(6, 6, 0, 0, 0),
      stage(7, 7, 0.001, 0.001, 0.001),
    ],
  },
  workers: 1,
  estimated: 6,
  measured: 5,
};
const UNTIMED = { ...COSTS, timing: { images: 0, updates: 0, update: 0, stages: [] }, measured: null };

/** @param {(layers: LayerSpec[]) => LayerSpec[]} changed @returns {Spec} */
const draft = (changed) => ({ ...SPEC, layers: changed(SPEC.layers) });

/** @param {number} filters */
const withFilters = (filters) =>
  draft((layers) => layers.map((layer, index) => (index === 3 ? { ...layer, filters } : layer)));

/** @param {Costs} costs @param {Spec} spec */
const then = (costs, spec) => epochTime(costs, network(SPEC), network(spec))?.then ?? NaN;

test('epochTime is null before anything has been measured', () => {
  expect(epochTime(null, network(SPEC), network(SPEC))).toBeNull();
  expect(epochTime({ ...UNTIMED, estimated: null }, network(SPEC), network(SPEC))).toBeNull();
});

test('epochTime of the same network is the time it took, whatever is known of it', () => {
  for (const costs of [COSTS, UNTIMED, { ...COSTS, workers: 3 }]) {
    expect(then(costs, SPEC)).toBeCloseTo(costs.measured ?? 6);
  }
});

test('epochTime doubles the time of a stage with twice the filters, by its own timing', () => {
  const perImage = 0.02 + 0.01 + 0.03 + 0.012 + 0.01 + 0.003 + 0.02 / 32;
  const more = 0.052 + 0.003 + (0.02 / 32) * ((2 * 3216 + 208 + 5130) / 5994 - 1);
  expect(then(COSTS, withFilters(32))).toBeCloseTo((5 * (perImage + more)) / perImage, 5);
});

test('epochTime is never longer for less work, with timings and without', () => {
  for (const costs of [COSTS, UNTIMED]) {
    expect(then(costs, withFilters(4))).toBeLessThan(then(costs, SPEC));
    expect(then(costs, withFilters(64))).toBeGreaterThan(then(costs, withFilters(32)));
  }
});

test('epochTime is longer for a convolution without its pool, which receives all gradients', () => {
  const without = draft((layers) => layers.toSpliced(5, 1));
  expect(then(COSTS, without)).toBeGreaterThan(then(COSTS, SPEC));
});

test('epochTime estimates every preset from every other, before and after stages were timed', () => {
  for (const from of PRESETS) {
    for (const to of PRESETS) {
      for (const costs of [COSTS, UNTIMED]) {
        const time = epochTime(costs, network(from.spec), network(to.spec));
        expect(time?.then, `${from.id} to ${to.id}`).toBeGreaterThan(0);
      }
    }
  }
});

test('epochTime has no time for an impossible draft, only for the running network', () => {
  const broken = draft((layers) => layers.toSpliced(6, 1));
  expect(epochTime(COSTS, network(SPEC), { spec: broken, summary: null })).toEqual({ now: 5, then: null });
});

test('epochTime of a draft without a summary is close to its time with one', () => {
  const more = withFilters(32);
  const early = epochTime(COSTS, network(SPEC), { spec: more, summary: null })?.then ?? NaN;
  expect(Math.abs(early / then(COSTS, more) - 1)).toBeLessThan(0.1);
});
