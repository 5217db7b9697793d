import { beforeEach, describe, expect, test } from 'vitest';
import { makeRun } from './runner.js';

/** @typedef {import('../../experiments/reports.js').RunProgress} Progress */

const WANTED = {
  measures: /** @type {import('../../experiments/measures.js').Measure[]} */ ([]),
  picture: /** @type {const} */ ('curves'),
  chart: /** @type {const} */ ('loss'),
  layers: false,
};
const SUMMARY = { layers: [{ type: 'dense', parameters: 4, shape: [2] }], multiply_adds: 12 };

/** An engine whose loss is 1 / step, and whose accuracy on validation images is a hundredth of the step. */
class FakeSession {
  step = 0;
  diverges = Infinity;
  /** @type {Float32Array} */
  weights = Float32Array.of(1, 2, 3, 4);

  start = () => SUMMARY;
  parameter = () => this.weights.slice();
  setParameter = (/** @type {string} */ name, /** @type {Float32Array} */ values) => {
    expect(name).toBe('0.weight');
    this.weights = values;
  };
  beginStep = () => 1;
  compute = () => {};
  finishStep = () => {
    this.step += 1;
    if (this.step >= this.diverges) return undefined;
    return { loss: 1 / this.step, accuracy: this.step % 2, learningRate: 0.1 };
  };
  diverged = () => (this.step >= this.diverges ? { step: this.step, layer: null, message: '' } : undefined);
  beginEvaluation = () => {};
  continueEvaluation = () => true;
  evaluation = () => ({ loss: 0.5, accuracy: this.step / 100 });
  traceTest = (/** @type {number} */ _, /** @type {number} */ count) => ({
    labels: () => new Uint8Array(count),
    activation: () => Float32Array.of(2),
    free() {},
  });
  backward = () => ({ at: () => Float32Array.of(0.5), parameter: () => Float32Array.of(0.25), free() {} });
  checkpoint = () => Uint8Array.of(this.step);
}

/** @type {FakeSession} */
let session;
/** @type {Progress[]} */
let reports;

beforeEach(() => {
  [session, reports] = [new FakeSession(), []];
});

/** @param {object} run @param {object} [wanted] @param {() => Promise<boolean>} [pause] */
function make(run, wanted = {}, pause = async () => true) {
  const planned = { name: 'a', spec: {}, steps: 25, nudges: [], ...run };
  const inquire = () => Promise.reject(new Error('nothing is asked of this network'));
  const around = { block: 16, report: (/** @type {Progress} */ progress) => reports.push(progress), inquire, pause };
  return makeRun(/** @type {any} */ (session), /** @type {any} */ (planned), { ...WANTED, ...wanted }, around);
}

describe('a run', () => {
  test('that diverges keeps the weights it diverged with', async () => {
    session.diverges = 13;
    const result = await make({ steps: 25 });
    expect(result?.stops.map(({ step }) => step)).toEqual([0, 10, 12]);
  });

  test('is reported a few steps at a time, and ends where it is to end', async () => {
    const result = await make({ steps: 25 }, { measures: ['multiplyAdds'] });
    expect(reports.map(({ step, losses }) => [step, losses.length])).toEqual([
      [10, 10],
      [20, 10],
      [25, 5],
    ]);
    expect(reports.flatMap(({ validations }) => validations)).toEqual([]);
    expect(result?.values).toEqual({ multiplyAdds: 12 });
    expect(result?.stops).toEqual([0, 10, 20, 25].map((step) => ({ step, bytes: Uint8Array.of(step) })));
  });

  test('can be stopped between', async () => {
    expect(await make({}, {}, async () => false)).toBeNull();
    expect(reports).toHaveLength(1);
  });

  test('begins with the weights that were set by hand, and no other changed', async () => {
    const nudges = [{ place: { layer: 0, kind: 'weight', index: 2 }, value: 9 }];
    await make({ steps: 1, nudges });
    expect([...session.weights]).toEqual([1, 2, 9, 4]);
  });

  test('reports the sizes by layer before its first step, where they are wanted', async () => {
    await make({ steps: 1 }, { layers: true });
    expect(reports[0]).toMatchObject({
      step: 0,
      losses: [],
      sizes: { activations: [2], gradients: [8], firstWeights: 0.25 },
    });
    reports.length = 0;
    const result = await make({ steps: 1 }, { measures: ['startLogits', 'startGradient'] });
    expect(result?.values).toEqual({ startLogits: 2, startGradient: 0.25 });
  });

  test('reports its first filters at the start, at kept steps and at the end, where they are drawn', async () => {
    await make({ steps: 25 }, { picture: 'filters' });
    const frames = reports.flatMap(({ filters }) => filters ?? []);
    expect(frames.map(({ step }) => step)).toEqual([0, 10, 20, 25]);
    expect(Array.from(frames[0]?.weights ?? [])).toEqual([1, 2, 3, 4]);
  });

  test('evaluates the validation images evenly and at its end, where that is drawn', async () => {
    await make({ steps: 335 }, { chart: 'accuracy' });
    const steps = () => reports.flatMap(({ validations }) => validations.map(({ step }) => step));
    expect(steps()).toEqual([30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330, 335]);
    expect(reports.at(-1)?.validations).toEqual([{ step: 335, loss: 0.5, accuracy: 3.35 }]);
    [session, reports] = [new FakeSession(), []];
    await make({ steps: 160 }, { chart: 'accuracy' });
    expect(steps()).toHaveLength(16);
  });

  test('ends where its loss is not a number, and is not evaluated then', async () => {
    session.diverges = 15;
    const result = await make({ steps: 40 }, { chart: 'accuracy', measures: ['diverged', 'loss'] });
    expect(reports.map(({ losses, validations }) => [losses.length, validations.length])).toEqual([
      [10, 1],
      [4, 0],
    ]);
    expect(result?.values.diverged).toBe(1);
    expect(result?.values.loss).toBeCloseTo(reports.flatMap(({ losses }) => losses).reduce((a, b) => a + b) / 14);
  });
});
