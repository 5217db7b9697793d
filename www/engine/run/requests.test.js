import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { verdictOf } from '../../explain/gradient-verdict.js';
import { Pool } from '../pool/pool.js';
import { Tuner } from '../pool/tuner.js';
import { Refusal } from '../problem.js';
import { Bench, SPEC } from '../testing/bench.js';
import { loadEngine, sessionWithDigits } from '../testing/real-engine.js';
import { Commands } from './commands.js';

/** @typedef {import('../protocol.js').RequestName} RequestName */
/** @typedef {import('../../model/spec.js').Spec} Spec */

const place = /** @type {const} */ ({ layer: 0, kind: 'weight', index: 3 });
const nowhere = { ...place, index: 1e6 };

/** @type {Spec} */
const KERAS_LIKE = {
  ...SPEC,
  layers: [
    { type: 'conv2d', filters: 4, kernel_size: [3, 3], stride: [2, 2], padding: [0, 0] },
    { type: 'tanh' },
    { type: 'dropout', rate: 0.5 },
    { type: 'flatten' },
    { type: 'dense', units: 10 },
  ],
};

describe('answered by the engine', () => {
  /** @type {ReturnType<typeof sessionWithDigits>} */
  let session;
  /** @type {Commands} */
  let commands;
  /** @type {Map<number, (reply: any) => void>} */
  const asked = new Map();

  beforeAll(() => void (session = sessionWithDigits()));

  beforeEach(() => {
    const nextTask = () => /** @type {Promise<void>} */ (new Promise((resolve) => setImmediate(resolve)));
    const now = () => performance.now();
    const pool = new Pool({ session, createWorker: null, tuner: new Tuner(0), now, nextTask });
    commands = new Commands({
      ...{ session, engine: loadEngine(), pool, nextTask, now, later: () => {}, fetch: () => new Promise(() => {}) },
      emit: (event) => void (event.type === 'answered' && asked.get(event.id)?.(event)),
    });
    // The digits are here already: no files are waited for.
    commands.data.use = (_set, _summary, start) => {
      start();
      return false;
    };
    commands.obey({ type: 'open', dataUrl: 'http://data/', spec: KERAS_LIKE, checkpoint: null });
    for (let step = 0; step < 3; step++) makeStep();
  });

  function makeStep() {
    session.compute(0, session.beginStep());
    session.finishStep();
  }

  /**
   * @template {RequestName} Name
   * @param {Name} name
   * @param {import('../protocol.js').Ask<Name>} ask
   * @returns {Promise<import('../protocol.js').Reply<Name>>}
   */
  function ask(name, ask) {
    const id = asked.size;
    const reply = new Promise((resolve) => asked.set(id, ({ answer, problem }) => void resolve({ answer, problem })));
    commands.obey(/** @type {import('../protocol.js').RequestCommand} */ ({ type: 'request', id, name, ask }));
    return reply;
  }

  test('validate returns the summary, or why a spec is impossible', async () => {
    const { answer } = await ask('validate', { spec: KERAS_LIKE });
    expect(answer).toMatchObject({ classes: 10, layers: { length: 5 }, stages: { length: 5 } });
    const refused = await ask('validate', { spec: { ...SPEC, layers: [] } });
    expect(refused).toMatchObject({ answer: null, problem: { code: expect.any(String), layer: null } });
  });

  test('readCheckpoint returns what a checkpoint is of, and refuses what is not one', async () => {
    const bytes = session.checkpoint();
    makeStep();
    expect((await ask('readCheckpoint', { bytes })).answer).toMatchObject({ step: 3, spec: KERAS_LIKE });
    expect((await ask('readCheckpoint', { bytes: bytes.slice(1) })).problem?.code).toBe('bad_file');
    expect(session.position().step).toBe(4);
  });

  test('unlikeness finds noise further away than validation images are, and leaves the run as it was', async () => {
    for (let step = 0; step < 60; step++) makeStep();
    const before = session.fingerprint();
    const { answer: noise } = await ask('unlikeness', {
      pixels: Uint8Array.from({ length: 784 }, (_, at) => (at * 97) % 256),
    });
    expect(noise?.distance).toBeGreaterThan(Number(noise?.threshold));
    const distances = [];
    for (let index = 4_000; index < 4_060; index++) {
      const { answer } = await ask('unlikeness', { pixels: session.image('validation', index) });
      distances.push(answer?.distance ?? NaN);
    }
    const beyond = distances.filter((distance) => !(distance <= Number(noise?.threshold))).length;
    // One in twenty is expected.
    expect(beyond).toBeLessThan(10);
    expect(session.fingerprint()).toBe(before);
    makeStep();
    const { answer: later } = await ask('unlikeness', { pixels: session.image('validation', 4_000) });
    expect(later?.threshold).not.toBe(noise?.threshold);
  });

  test('freshSeed returns one that specs can have', async () => {
    const { answer: seed } = await ask('freshSeed', {});
    expect((await ask('validate', { spec: { ...SPEC, seed: Number(seed) } })).problem).toBeNull();
  });

  test('images returns those that exist, of each split', async () => {
    const { answer } = await ask('images', { split: 'test', indices: [3, 9_999, 10_000] });
    expect(answer?.map(({ index }) => index)).toEqual([3, 9_999]);
    expect(answer?.[0]).toEqual({ index: 3, label: 0, pixels: session.image('test', 3) });
    expect((await ask('images', { split: 'validation', indices: [4_999, 5_000] })).answer).toHaveLength(1);
  });

  test('labels returns those of all images of a split', async () => {
    const { answer } = await ask('labels', { split: 'validation' });
    expect(answer).toHaveLength(5_000);
    expect(answer?.[7]).toBe(session.label('validation', 7));
    expect((await ask('labels', { split: 'test' })).answer).toHaveLength(10_000);
  });

  test('nextWrong returns the next test digit that is misclassified', async () => {
    const { answer } = await ask('nextWrong', { after: 20 });
    const wrong = (/** @type {number} */ index) => {
      const probabilities = [...session.predict(session.image('test', index))];
      return probabilities.indexOf(Math.max(...probabilities)) !== session.label('test', index);
    };
    expect(wrong(Number(answer))).toBe(true);
    for (let index = 21; index < Number(answer); index++) expect(wrong(index)).toBe(false);
  });

  test('traceWeight returns what the next step does to a weight', async () => {
    const { answer } = await ask('traceWeight', { place });
    expect(answer).toMatchObject({ place, step: 3, before: { value: session.parameter('0.weight')[3] } });
    makeStep();
    expect(session.parameter('0.weight')[3]).toBe(answer?.after.value);
    expect((await ask('traceWeight', { place: nowhere })).problem?.code).toBe('not_found');
  });

  test('checkGradient measures the slope before a dropout layer, and leaves the weight as it was', async () => {
    const weights = session.parameter('0.weight');
    const { answer } = await ask('checkGradient', { place, label: null });
    expect(answer).toMatchObject({ place, step: 3, label: session.label('test', 0) });
    const errors = answer?.measured.map(({ slope }) => Math.abs(slope - answer.analytic)) ?? [];
    expect(Math.min(...errors)).toBeLessThan(0.01 * Math.abs(Number(answer?.analytic)));
    expect(answer && verdictOf(answer).is).toBe('right');
    expect(session.parameter('0.weight')).toEqual(weights);
    expect((await ask('checkGradient', { place: nowhere, label: null })).problem?.code).toBe('not_found');
  });

  test('lossLine returns the loss along the next step', async () => {
    const { answer } = await ask('lossLine', { from: -1, to: 3, points: 5 });
    expect([...(answer?.at ?? [])]).toEqual([-1, 0, 1, 2, 3]);
    expect(answer?.losses).toHaveLength(5);
  });

  test('tryImage returns the answer to an image, and refuses one of another size', async () => {
    const pixels = session.image('test', 5);
    expect((await ask('tryImage', { pixels })).answer?.probabilities).toEqual(session.predict(pixels));
    expect((await ask('tryImage', { pixels: new Uint8Array(3) })).problem?.message).toContain('784');
  });

  test('contrast returns the difference of two scores, and refuses a class that does not exist', async () => {
    const pixels = session.image('test', 5);
    const before = session.fingerprint();
    const { answer } = await ask('contrast', { pixels, first: 9, second: 4 });
    const logits = (await ask('tryImage', { pixels })).answer?.logits;
    expect(answer).toMatchObject({ step: 3, first: 9, second: 4, layer: 4, logits });
    const weights = session.parameter('4.weight');
    const { features, slopes } = /** @type {import('../../model/reports.js').Contrast} */ (answer);
    const inputs = weights.length / 10;
    expect(features).toHaveLength(inputs);
    expect(slopes).toEqual(weights.subarray(9 * inputs).map((weight, at) => weight - weights[4 * inputs + at]));
    expect((await ask('contrast', { pixels, first: 10, second: 4 })).problem?.code).toBe('out_of_range');
    expect((await ask('contrast', { pixels: new Uint8Array(3), first: 9, second: 4 })).problem?.message).toContain(
      '784',
    );
    expect(session.fingerprint()).toBe(before);
  });

  test('contrast returns the gradient of the difference, as finite differences measure it', async () => {
    const pixels = session.image('test', 5);
    const { answer } = await ask('contrast', { pixels, first: 9, second: 4 });
    const differenceOf = async (/** @type {Uint8Array} */ image) => {
      const logits = (await ask('tryImage', { pixels: image })).answer?.logits ?? [];
      return Number(logits[9]) - Number(logits[4]);
    };
    const { deviation } = KERAS_LIKE.normalization;
    for (const index of [14 * 28 + 14, 10 * 28 + 12, 3]) {
      const [above, below] = [2, -2].map((by) => pixels.with(index, Math.min(Math.max(pixels[index] + by, 0), 255)));
      const moved = (above[index] - below[index]) / 255 / deviation;
      const slope = ((await differenceOf(above)) - (await differenceOf(below))) / moved;
      expect(Math.abs(slope - Number(answer?.gradient[index]))).toBeLessThan(0.01);
    }
  });

  test('checkpointFilters returns the weights of a layer, and refuses a layer without any', async () => {
    const bytes = session.checkpoint();
    const weights = session.parameter('0.weight');
    makeStep();
    expect((await ask('checkpointFilters', { bytes, layer: 0 })).answer).toEqual(weights);
    expect((await ask('checkpointFilters', { bytes, layer: 1 })).problem?.code).toBe('not_found');
    expect((await ask('checkpointFilters', { bytes: bytes.slice(0, 40), layer: 0 })).problem?.code).toBe('bad_file');
  });

  test('emptyCheckpoint returns a run of a spec that has not begun, and refuses an impossible spec', async () => {
    const { answer: bytes } = await ask('emptyCheckpoint', { spec: KERAS_LIKE });
    const { answer } = await ask('readCheckpoint', { bytes: /** @type {Uint8Array} */ (bytes) });
    expect(answer).toMatchObject({ step: 0, spec: { layers: { length: 5 } } });
    expect((await ask('emptyCheckpoint', { spec: { ...SPEC, layers: [] } })).problem?.code).toBe('out_of_range');
  });

  test('network returns a checkpoint with images and their logits, a misclassified one among them', async () => {
    const before = session.fingerprint();
    const { answer } = await ask('network', {});
    const { step, bytes, proofs } = /** @type {import('../../model/reports.js').TakenNetwork} */ (answer);
    expect([step, bytes]).toEqual([3, session.checkpoint()]);
    const wrong = (/** @type {{ label: number, logits: Float32Array }} */ { label, logits }) =>
      logits.indexOf(Math.max(...logits)) !== label;
    expect(proofs.filter(wrong)).toHaveLength(1);
    expect(new Set(proofs.map(({ index }) => index)).size).toBe(proofs.length);
    for (const { index, label, pixels, logits } of proofs) {
      expect([label, pixels]).toEqual([session.label('test', index), session.image('test', index)]);
      expect(logits).toEqual((await ask('tryImage', { pixels })).answer?.logits);
    }
    expect(session.fingerprint()).toBe(before);
  });

  test('checkpoint returns the run as it is, and leaves it so', async () => {
    const before = session.fingerprint();
    const { answer } = await ask('checkpoint', {});
    expect(answer).toEqual({ step: 3, bytes: session.checkpoint() });
    expect(session.fingerprint()).toBe(before);
  });

  test('sample returns images one after the other, fewer at the end of the split, and none beyond it', async () => {
    const { answer } = await ask('sample', { split: 'validation', from: 4_998, count: 5 });
    const last = [4_998, 4_999];
    expect(answer?.pixels).toEqual(Uint8Array.from(last.flatMap((at) => [...session.image('validation', at)])));
    expect(answer?.labels).toEqual(Uint8Array.from(last, (at) => session.label('validation', at)));
    expect((await ask('sample', { split: 'test', from: 10_000, count: 1 })).answer?.labels).toHaveLength(0);
    for (const [from, count] of /** @type {const} */ ([
      [-1, 1],
      [0.5, 1],
      [0, -1],
      [0, 1_001],
      [NaN, 1],
    ]))
      expect((await ask('sample', { split: 'test', from, count })).problem?.code).toBe('out_of_range');
  });

  test('facts returns sizes and limits', async () => {
    expect((await ask('facts', {})).answer).toMatchObject({ block: 16, rows: 28, columns: 28, limits: { layers: 64 } });
  });

  test('receipt is refused where the data files cannot be read again', async () => {
    expect((await ask('receipt', {})).problem).toMatchObject({ code: 'not_ready' });
  });
});

describe('while the run goes on', () => {
  /** Lets the stand-in classify every digit correctly but those of `wrong`, a millisecond each. @param {Bench} bench @param {number[]} wrong */
  function misclassifies({ session }, wrong) {
    session.predict = ([index = 0]) => {
      session.time += 1;
      const answer = wrong.includes(index) ? index + 1 : index;
      return Float32Array.from({ length: 10 }, (_, digit) => Number(digit === answer % 10));
    };
  }

  test('what reads the weights of a step waits for the steps under way, anything else does not', async () => {
    const bench = new Bench().open();
    const finish = bench.holdSteps();
    bench.send({ type: 'train' });
    await bench.turns(1);
    const check = bench.ask('checkGradient', { place, label: null });
    const tried = bench.ask('tryImage', { pixels: new Uint8Array(784) });
    expect((await tried).problem).toBeNull();
    expect(bench.of('answered')).toHaveLength(1);
    finish();
    expect((await check).answer?.step).toBe(1);
  });

  test('an image is tried without being viewed', async () => {
    const bench = new Bench().open();
    await bench.idle();
    bench.forget();
    await bench.ask('tryImage', { pixels: new Uint8Array(784) });
    await bench.idle();
    expect(bench.of('snapshot')).toEqual([]);
    expect(bench.session.unfreed).toBe(0);
  });

  test('nextWrong goes on from the last digit to the first', async () => {
    const bench = new Bench().open();
    misclassifies(bench, [5, 40]);
    const replies = [-1, 5, 40].map((after) => bench.ask('nextWrong', { after }));
    await bench.idle();
    expect((await Promise.all(replies)).map(({ answer }) => answer)).toEqual([5, 40, 5]);
  });

  test('nextWrong finds none where every digit is classified correctly, and before there are any', async () => {
    const bench = new Bench().open();
    misclassifies(bench, []);
    const none = bench.ask('nextWrong', { after: 7 });
    await bench.idle();
    bench.session.loadedTest = 0;
    expect([await none, await bench.ask('nextWrong', { after: 7 })]).toEqual(
      Array(2).fill({ answer: null, problem: null }),
    );
  });

  test('a request that needs a network is refused without one', async () => {
    const bench = new Bench();
    bench.session.predict = () => {
      throw new Refusal('not_ready', 'There is no network yet.');
    };
    expect((await bench.ask('nextWrong', { after: 0 })).problem?.code).toBe('not_ready');
    expect((await bench.ask('receipt', {})).problem?.code).toBe('not_ready');
    expect((await bench.ask('network', {})).problem?.code).toBe('not_ready');
    expect((await bench.ask('checkpoint', {})).problem?.code).toBe('not_ready');
    const contrast = bench.ask('contrast', { pixels: new Uint8Array(784), first: 9, second: 4 });
    expect((await contrast).problem?.code).toBe('not_ready');
    bench.session.loadedTest = 0;
    expect((await bench.ask('sample', { split: 'test', from: 0, count: 9 })).problem?.code).toBe('not_ready');
    expect((await bench.ask('checkGradient', { place, label: null })).problem?.code).toBe('not_ready');
    expect(bench.of('failed')).toEqual([]);
  });

  test('nextWrong searches for misclassified digits while training continues', async () => {
    const bench = new Bench().open();
    misclassifies(bench, [99]);
    bench.send({ type: 'train' });
    const reply = bench.ask('nextWrong', { after: 0 });
    while (bench.of('answered').length === 0) await bench.turns(1);
    expect((await reply).answer).toBe(99);
    expect(bench.session.position().step).toBeGreaterThan(0);
    expect(bench.of('progress').length).toBeGreaterThan(0);
  });

  /** A run that trains into a crash of the engine. @param {Bench} bench */
  async function crash(bench) {
    bench.session.trapsAt = 1;
    bench.send({ type: 'train' });
    await bench.idle();
    expect(bench.of('failed')).toHaveLength(1);
  }

  test('nextWrong stops searching when the engine crashes', async () => {
    const bench = new Bench().open();
    misclassifies(bench, []);
    const { predict } = bench.session;
    let classified = 0;
    bench.session.predict = (pixels) => {
      classified += 1;
      return predict(pixels);
    };
    bench.ask('nextWrong', { after: 0 });
    await crash(bench);
    expect(bench.of('answered')).toEqual([]);
    expect(classified).toBeLessThan(100);
  });

  test.each([
    ['is ready', () => /** @type {any} */ ({})],
    ['is refused', () => Promise.reject(new Error('gone'))],
  ])('a request is not answered if the engine has crashed by the time its answer %s', async (_, sum) => {
    const bench = new Bench().open();
    let release = () => {};
    const crashed = /** @type {Promise<void>} */ (new Promise((resolve) => (release = resolve)));
    bench.commands.data.sum = () => crashed.then(sum);
    bench.ask('receipt', {});
    await crash(bench);
    release();
    await bench.idle();
    expect(bench.of('answered')).toEqual([]);
  });
});
