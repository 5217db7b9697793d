import { beforeAll, describe, expect, test } from 'vitest';
import { makeRun } from '../engine/experiment/runner.js';
import { inquiryOf, loadEngine, sessionWithDigits } from '../engine/testing/real-engine.js';
import { valuesByGroup, verdictOn } from './claims.js';
import { EXPERIMENT_FILES, experiments } from './experiments.js';
import { readExperiment } from './form.js';

/** @type {ReturnType<typeof sessionWithDigits>} */
let session;

beforeAll(() => void (session = sessionWithDigits()));

test('there are at least ten, none is malformed, and the file has the name of the experiment', () => {
  const all = experiments();
  expect(all.length).toBeGreaterThanOrEqual(10);
  for (const entry of all) expect(entry).toMatchObject({ experiment: { id: entry.id } });
});

describe.each(EXPERIMENT_FILES.map(({ json }) => readExperiment(json)))('$title', (experiment) => {
  // Its runs take seconds; the limit is for a machine that is a hundred times slower.
  test('has the outcome it claims', { tags: 'slow', timeout: 600_000 }, async () => {
    const all = [];
    for (const run of experiment.runs) {
      const around = {
        ...{ block: loadEngine().facts().block, report: () => {} },
        ...{ inquire: async (/** @type {Uint8Array} */ bytes) => inquiryOf(bytes), pause: async () => true },
      };
      const result = await makeRun(session, run, experiment, around);
      all.push(result?.values ?? {});
    }
    const values = valuesByGroup(experiment.runs, all);
    const failed = experiment.claims.filter((claim) => !verdictOn(claim, values).holds);
    expect(failed, JSON.stringify(values, null, 1)).toEqual([]);
  });
});
