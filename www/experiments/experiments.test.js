import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { initSync, Session } from '../../pkg/convscope.js';
import { verdictOn } from './claims.js';
import { EXPERIMENT_FILES, experiments } from './experiments.js';
import { readExperiment } from './form.js';
import { makeRun } from '../engine/experiment/runner.js';

/** @type {Session} */
let session;

beforeAll(() => {
  initSync({ module: readFileSync('pkg/convscope_bg.wasm') });
  session = new Session();
  for (const [kind, name] of [
    ['trainImages', 'train-images-idx3'],
    ['trainLabels', 'train-labels-idx1'],
    ['testImages', 't10k-images-idx3'],
    ['testLabels', 't10k-labels-idx1'],
  ]) {
    session.beginFile(kind);
    session.appendFile(kind, gunzipSync(readFileSync(`data/mnist/${name}-ubyte.gz`)));
    session.finishFile(kind);
  }
});

test('there are at least ten, none is malformed, and the file has the name of the experiment', () => {
  const all = experiments();
  expect(all.length).toBeGreaterThanOrEqual(10);
  for (const entry of all) expect(entry).toMatchObject({ experiment: { id: entry.id } });
});

describe.each(EXPERIMENT_FILES.map(({ json }) => readExperiment(json)))('$title', (experiment) => {
  // Its runs take seconds; the limit is for a machine that is a hundred times slower.
  test('comes out as it says', { tags: 'slow', timeout: 600_000 }, async () => {
    /** @type {import('./claims.js').Values} */
    const values = {};
    for (const run of experiment.runs) {
      const around = { told: () => {}, pause: async () => true };
      const result = await makeRun(/** @type {any} */ (session), run, experiment, around);
      values[run.name] = result?.values ?? {};
    }
    const failed = experiment.claims.filter((claim) => !verdictOn(claim, values).holds);
    expect(failed, JSON.stringify(values, null, 1)).toEqual([]);
  });
});
