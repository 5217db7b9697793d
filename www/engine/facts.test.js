import { beforeAll, expect, test } from 'vitest';
import { readExperiment } from '../experiments/form.js';
import { FILTERS, LAYERS, UNITS, WINDOW_SIDE } from '../model/layer-kinds.js';
import { SETTINGS } from '../model/settings.js';
import filters from '../experiments/filters.json' with { type: 'json' };
import { loadEngine } from './testing/real-engine.js';

/** @type {import('../model/reports.js').EngineFacts} */
let facts;

beforeAll(() => void (facts = loadEngine().facts()));

/** @param {string} key */
const most = (key) => /** @type {{ max?: number }} */ (SETTINGS.find((setting) => setting.key === key)).max;

test('what the forms of the page let through is what the engine accepts', () => {
  const { limits } = facts;
  expect([LAYERS, FILTERS, UNITS, WINDOW_SIDE]).toEqual([
    ...[limits.layers, limits.filters, limits.units, limits.window_side],
  ]);
  expect(most('training.batch_size')).toBe(limits.batch_size);
  expect(most('training.epochs')).toBe(limits.epochs);
  expect(most('seed')).toBeLessThanOrEqual(limits.seed);
});

test('an experiment can change any weight of the largest network, and no other', () => {
  const change = (/** @type {number} */ layer, /** @type {number} */ index) =>
    readExperiment({
      ...filters,
      runs: filters.runs.map((run) => ({ ...run, nudges: [{ layer, kind: 'weight', index, value: 0 }] })),
    });
  const { limits } = facts;
  expect(() => change(limits.layers - 1, limits.parameters)).not.toThrow();
  expect(() => change(limits.layers, 0)).toThrow('whole number');
  expect(() => change(0, limits.parameters + 1)).toThrow('whole number');
});
