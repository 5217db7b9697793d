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

test('nothing is known before something has been measured', () => {
  expect(epochTime(null, network(SPEC), network(SPEC))).toBeNull();
  expect(epochTime({ ...UNTIMED, estimated: null }, network(SPEC), network(SPEC))).toBeNull();
});

test('the same network takes as long as it did, whatever is known of it', () => {
  for (const costs of [COSTS, UNTIMED, { ...COSTS, workers: 3 }]) {
    expect(then(costs, SPEC)).toBeCloseTo(costs.measured ?? 6);
  }
});

test('a stage with twice the filters takes twice as long, as its own stage was timed', () => {
  const perImage = 0.02 + 0.01 + 0.03 + 0.012 + 0.01 + 0.003 + 0.02 / 32;
  const more = 0.052 + 0.003 + (0.02 / 32) * ((2 * 3216 + 208 + 5130) / 5994 - 1);
  expect(then(COSTS, withFilters(32))).toBeCloseTo((5 * (perImage + more)) / perImage, 5);
});

test('less work never takes longer, with times and without', () => {
  for (const costs of [COSTS, UNTIMED]) {
    expect(then(costs, withFilters(4))).toBeLessThan(then(costs, SPEC));
    expect(then(costs, withFilters(64))).toBeGreaterThan(then(costs, withFilters(32)));
  }
});

test('without its pool a convolution gets all gradients back, and takes longer', () => {
  const without = draft((layers) => layers.toSpliced(5, 1));
  expect(then(COSTS, without)).toBeGreaterThan(then(COSTS, SPEC));
});

test('every preset can be estimated from every other, before and after its stages were timed', () => {
  for (const from of PRESETS) {
    for (const to of PRESETS) {
      for (const costs of [COSTS, UNTIMED]) {
        const time = epochTime(costs, network(from.spec), network(to.spec));
        expect(time?.then, `${from.id} to ${to.id}`).toBeGreaterThan(0);
      }
    }
  }
});

test('of a draft that cannot work there is no time, only of what runs', () => {
  const broken = draft((layers) => layers.toSpliced(6, 1));
  expect(epochTime(COSTS, network(SPEC), { spec: broken, summary: null })).toEqual({ now: 5, then: null });
});

test('before the engine has said how the layers of a draft pass, its time is close to what it will be', () => {
  const more = withFilters(32);
  const early = epochTime(COSTS, network(SPEC), { spec: more, summary: null })?.then ?? NaN;
  expect(Math.abs(early / then(COSTS, more) - 1)).toBeLessThan(0.1);
});
