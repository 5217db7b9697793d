import { describe, expect, test } from 'vitest';
import { DEFAULT_PRESET } from './presets.js';
import { runDifferences } from './run-differences.js';

const SPEC = DEFAULT_PRESET.spec;

describe('runDifferences', () => {
  /** @param {Partial<import('./run-differences.js').Made>} made */
  const run = (made) => ({
    number: 1,
    spec: SPEC,
    changes: [],
    fork: null,
    fromFile: false,
    firstStep: 0,
    curves: { marks: [] },
    ...made,
  });

  test('is empty only for the same settings, seed and history', () => {
    expect(runDifferences(run({}), run({ number: 2 }))).toEqual([]);
    expect(runDifferences(run({}), run({ number: 2, spec: { ...SPEC, seed: 8 } }))).toHaveLength(1);
  });

  test('lists what was changed on the way, and where a fork comes from', () => {
    const marks = [{ step: 1500, label: 'Learning rate 0.05 → 0.5' }];
    const changed = run({ changes: [1500, 1600], curves: { marks } });
    const fork = run({ number: 2, fork: { of: 'Run 1', step: 10 } });
    expect(runDifferences(changed, fork)).toEqual([
      'Run 1 after step 1,500: Learning rate 0.05 → 0.5',
      'Run 1 after step 1,600: weights changed by hand',
      'Run 2 continues Run 1 from step 10',
    ]);
  });

  test('says which run began with the weights of a file', () => {
    expect(runDifferences(run({ fromFile: true }), run({ number: 2, fromFile: true, firstStep: 1200 }))).toEqual([
      'Run 1 began with the weights of a file',
      'Run 2 began with the weights of a file, after step 1,200',
    ]);
  });
});
