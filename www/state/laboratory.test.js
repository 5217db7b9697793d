import { beforeEach, expect, test } from 'vitest';
import { readExperiment } from '../experiments/form.js';
import { Laboratory } from './laboratory.svelte.js';

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
/** @type {Laboratory} */
let laboratory;

beforeEach(() => {
  workers = [];
  const createWorker = () => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  };
  laboratory = new Laboratory(EXPERIMENT, { dataUrl: 'here/', cores: 2, createWorker });
});

test('runs are shared out to as many workers as there are cores, and judged when all have ended', () => {
  laboratory.start();
  expect(workers.map(({ asked }) => asked.map(({ run }) => run.name))).toEqual([['a'], ['b']]);
  workers[1]?.says({ type: 'progress', progress: { step: 2, losses: [2, 1], accuracies: [0, 0], validations: [] } });
  expect(laboratory.runs[1]?.losses).toEqual([2, 1]);
  workers[1]?.makes(0.3);
  expect(workers[1]?.asked.at(-1)).toMatchObject({
    dataUrl: 'here/',
    index: 2,
    wanted: { measures: ['testAccuracy'], chart: 'loss', layers: false },
  });
  workers[0]?.makes(0.9);
  expect([laboratory.phase, workers[0]?.ended, laboratory.verdicts]).toEqual(['running', true, null]);
  workers[1]?.makes(0.4);
  expect(laboratory.phase).toBe('ended');
  expect(laboratory.verdicts).toMatchObject([{ run: 'a', value: 0.9, holds: true }]);
});

test('a worker that dies costs its run and no other', () => {
  laboratory.start();
  workers[0]?.onerror({ preventDefault() {} });
  expect(laboratory.runs[0]?.problem).toContain('stopped');
  expect(workers).toHaveLength(3);
  expect(workers[2]?.asked).toMatchObject([{ run: { name: 'c' } }]);
  workers[1]?.makes(0.5);
  workers[2]?.says({ type: 'failed', message: 'No images.' });
  expect([laboratory.phase, laboratory.runs[2]?.problem]).toEqual(['ended', 'No images.']);
  expect(laboratory.verdicts).toMatchObject([{ holds: false }]);
});

test('what was found out on the way is kept', () => {
  laboratory.start();
  const sizes = { activations: [1], gradients: [2], firstWeights: 3 };
  workers[0]?.says({ type: 'progress', progress: { step: 0, losses: [], accuracies: [], validations: [], sizes } });
  for (const step of [5, 10]) {
    const validations = [{ step, loss: 1, accuracy: 0.5 }];
    workers[0]?.says({ type: 'progress', progress: { step, losses: [], accuracies: [], validations } });
  }
  expect(laboratory.runs[0]?.sizes).toEqual(sizes);
  expect(laboratory.runs[0]?.validations.map(({ step }) => step)).toEqual([5, 10]);
});

test('what a worker said before it was ended, but is only heard afterwards, changes nothing', () => {
  laboratory.start();
  const late = [...workers];
  const says = () => {
    for (const worker of late)
      worker.says({ type: 'progress', progress: { step: 1, losses: [9], accuracies: [0], validations: [] } });
  };
  laboratory.stop();
  laboratory.start();
  says();
  expect(laboratory.runs.map(({ losses }) => losses.length)).toEqual([0, 0, 0]);
  late[0]?.onerror?.({ preventDefault() {} });
  expect(laboratory.runs.map(({ problem }) => problem)).toEqual([null, null, null]);
  workers[2]?.makes(0.9);
  workers[3]?.makes(0.9);
  workers[2]?.makes(0.9);
  workers[3]?.says({ type: 'failed', message: 'Too late.' });
  expect(laboratory.runs.map(({ problem }) => problem)).toEqual([null, null, null]);
});

test('stopping ends all workers, and a new start begins from nothing', () => {
  laboratory.start();
  workers[0]?.says({ type: 'progress', progress: { step: 1, losses: [2], accuracies: [0], validations: [] } });
  laboratory.stop();
  expect([laboratory.phase, workers.every(({ ended }) => ended)]).toEqual(['asking', true]);
  laboratory.start();
  expect(laboratory.runs.map(({ losses }) => losses.length)).toEqual([0, 0, 0]);
  expect(workers).toHaveLength(4);
});
