import { beforeEach, expect, test, vi } from 'vitest';
import { readExperiment } from '../experiments/form.js';
import { LETTERS, specOn } from '../model/testing/own-set.js';
import { ExperimentRun } from './experiment-run.svelte.js';

const EXPERIMENT = readExperiment({
  ...{ id: 'one', title: 'One', question: 'What?', guess: { options: ['a', 'b'], right: 1 } },
  base: { preset: 'codelab' },
  runs: ['a', 'b', 'c'].map((name) => ({ name, steps: 10 })),
  ...{ watch: { view: 'curves', text: 'Watch.' }, shows: ['This.'], maths: 'That.' },
  claims: [{ says: 'It is so.', run: 'a', measure: 'testAccuracy', above: 0.5 }],
});

class FakeWorker {
  /** @type {any[]} */
  asked = [];
  ended = false;
  /** @type {any} */
  onmessage = null;
  /** @type {any} */
  onerror = null;

  /** @param {any} message */
  postMessage(message) {
    this.asked.push(structuredClone(message));
  }

  terminate() {
    this.ended = true;
  }

  /** @param {object} event */
  says(event) {
    this.onmessage?.({ data: { index: this.asked.at(-1).index, ...event } });
  }

  /** @param {number} testAccuracy */
  makes(testAccuracy) {
    this.says({ type: 'made', result: { values: { testAccuracy }, stops: [] } });
  }
}

/** @type {FakeWorker[]} */
let workers;
/** @type {ExperimentRun} */
let experiment;

beforeEach(() => {
  workers = [];
  const createWorker = () => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  };
  experiment = new ExperimentRun(EXPERIMENT, { dataUrl: 'here/', cores: 2, createWorker });
});

test('ExperimentRun shares its runs out to as many workers as there are cores, and reports verdicts when all have ended', () => {
  experiment.start();
  expect(workers.map(({ asked }) => asked.map(({ run }) => run.name))).toEqual([['a'], ['b']]);
  workers[1]?.says({ type: 'progress', progress: { step: 2, losses: [2, 1], accuracies: [0, 0], validations: [] } });
  expect(experiment.runs[1]?.losses).toEqual([2, 1]);
  workers[1]?.makes(0.3);
  expect(workers[1]?.asked.at(-1)).toMatchObject({
    dataUrl: 'here/',
    index: 2,
    wanted: { measures: ['testAccuracy'], picture: 'curves', chart: 'loss', layers: false },
  });
  workers[0]?.makes(0.9);
  expect([experiment.phase, workers[0]?.ended, experiment.verdicts]).toEqual(['running', true, null]);
  workers[1]?.makes(0.4);
  expect(experiment.phase).toBe('ended');
  expect(experiment.verdicts).toMatchObject([{ run: 'a', value: 0.9, holds: true }]);
});

test('ExperimentRun loses only the run of a worker that dies', () => {
  experiment.start();
  workers[0]?.onerror({ preventDefault() {} });
  expect(experiment.runs[0]?.problem).toContain('stopped');
  expect(workers).toHaveLength(3);
  expect(workers[2]?.asked).toMatchObject([{ run: { name: 'c' } }]);
  workers[1]?.makes(0.5);
  workers[2]?.says({ type: 'failed', message: 'No images.' });
  expect([experiment.phase, experiment.runs[2]?.problem]).toEqual(['ended', 'No images.']);
  expect(experiment.verdicts).toMatchObject([{ holds: false }]);
});

test('ExperimentRun keeps what was measured in the middle of a run', () => {
  experiment.start();
  const sizes = { activations: [1], gradients: [2], firstWeights: 3 };
  workers[0]?.says({ type: 'progress', progress: { step: 0, losses: [], accuracies: [], validations: [], sizes } });
  for (const step of [5, 10]) {
    const validations = [{ step, loss: 1, accuracy: 0.5 }];
    const filters = { step, weights: [step] };
    workers[0]?.says({ type: 'progress', progress: { step, losses: [], accuracies: [], validations, filters } });
  }
  expect(experiment.runs[0]?.sizes).toEqual(sizes);
  expect(experiment.runs[0]?.validations.map(({ step }) => step)).toEqual([5, 10]);
  expect(experiment.runs[0]?.filters).toEqual([5, 10].map((step) => ({ step, weights: [step] })));
});

test('ExperimentRun ignores messages of workers it has ended', () => {
  experiment.start();
  const late = [...workers];
  const says = () => {
    for (const worker of late)
      worker.says({ type: 'progress', progress: { step: 1, losses: [9], accuracies: [0], validations: [] } });
  };
  experiment.stop();
  experiment.start();
  says();
  expect(experiment.runs.map(({ losses }) => losses.length)).toEqual([0, 0, 0]);
  late[0]?.onerror?.({ preventDefault() {} });
  expect(experiment.runs.map(({ problem }) => problem)).toEqual([null, null, null]);
  workers[2]?.makes(0.9);
  workers[3]?.makes(0.9);
  workers[2]?.makes(0.9);
  workers[3]?.says({ type: 'failed', message: 'Too late.' });
  expect(experiment.runs.map(({ problem }) => problem)).toEqual([null, null, null]);
});

test('stop ends all workers, and the next start begins with empty runs', () => {
  experiment.start();
  workers[0]?.says({ type: 'progress', progress: { step: 1, losses: [2], accuracies: [0], validations: [] } });
  experiment.stop();
  expect([experiment.phase, workers.every(({ ended }) => ended)]).toEqual(['asking', true]);
  experiment.start();
  expect(experiment.runs.map(({ losses }) => losses.length)).toEqual([0, 0, 0]);
  expect(workers).toHaveLength(4);
});

/** Lets all workers make their runs. */
function makeAll() {
  for (const worker of [...workers]) while (!worker.ended) worker.makes(0.9);
}

test('stop brings back the results of the run-through before, and which of its runs were looked into', () => {
  experiment.guess = 1;
  experiment.start();
  makeAll();
  const { runs } = experiment;
  experiment.opened[0] = 'looked into';
  expect([experiment.phase, experiment.right]).toEqual(['ended', true]);
  experiment.start();
  expect(experiment.opened).toEqual({});
  expect([experiment.phase, experiment.right, experiment.runs[0]?.values]).toEqual(['running', null, null]);
  experiment.stop();
  expect([experiment.phase, experiment.runs]).toEqual(['ended', runs]);
  expect(experiment.opened).toEqual({ 0: 'looked into' });
});

test('ExperimentRun hands its workers the set of one’s own that its runs are made on, and not once it is stopped', async () => {
  const spec = specOn(LETTERS);
  const own = /** @type {any} */ ({ ...LETTERS, files: {}, keptAt: 0, bytes: 0 });
  const onOwn = { ...EXPERIMENT, runs: EXPERIMENT.runs.slice(0, 1).map((run) => ({ ...run, spec })) };
  const worker = new FakeWorker();
  const parts = { dataUrl: '', cores: 1, createWorker: () => worker, findOwn: async () => own };
  const run = new ExperimentRun(onOwn, parts);
  run.start();
  await vi.waitFor(() => expect(worker.asked).toMatchObject([{ own: { set: LETTERS.set } }]));
  run.start();
  run.stop();
  await Promise.resolve();
  await Promise.resolve();
  expect(worker.asked).toHaveLength(1);
});
