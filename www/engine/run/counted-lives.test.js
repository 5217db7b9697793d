import { expect, test } from 'vitest';
import { isCorrect, lossOf } from '../../model/lives.js';
import { Pool } from '../pool/pool.js';
import { Tuner } from '../pool/tuner.js';
import { SPEC } from '../testing/bench.js';
import { loadEngine, sessionWithDigits } from '../testing/real-engine.js';
import { Commands } from './commands.js';

/** Dropout and warps, and ten steps an epoch of which the last is not full. @type {import('../../model/spec.js').Spec} */
const RUN = {
  ...SPEC,
  data: { ...SPEC.data, training_images: 620, wrong_labels: 0.3 },
  layers: [
    { type: 'conv2d', filters: 4, kernel_size: [5, 5], stride: [3, 3], padding: [0, 0] },
    { type: 'relu' },
    { type: 'dropout', rate: 0.2 },
    { type: 'flatten' },
    { type: 'dense', units: 10 },
  ],
  training: { ...SPEC.training, batch_size: 64, epochs: 3 },
};

/** A helper's worker, in this thread. */
class EngineHelper {
  /** @type {any} */
  onmessage = null;
  onerror = null;
  /** @type {any} */
  #helper = null;

  /** @param {any} command */
  postMessage(command) {
    setImmediate(() => this.onmessage?.({ data: this.#obey(command) }));
  }

  terminate() {}

  /** @param {any} command */
  #obey({ type, spec, buffer, length }) {
    if (type === 'build') {
      this.#helper = new (loadEngine().Helper)(spec);
      return { type: 'built' };
    }
    return { type: 'answer', length: this.#helper.answer(new Uint8Array(buffer), length), buffer };
  }
}

/** @param {number} helpers that take part in every step */
function runWith(helpers) {
  const session = sessionWithDigits();
  const nextTask = () => /** @type {Promise<void>} */ (new Promise((resolve) => setImmediate(resolve)));
  const now = () => performance.now();
  const tuner = helpers > 0 ? { helpers, likely: helpers, measured() {}, restart() {} } : new Tuner(0);
  const pool = new Pool({ session, createWorker: () => new EngineHelper(), tuner, now, nextTask });
  /** @type {Map<number, (reply: any) => void>} */
  const asked = new Map();
  const commands = new Commands({
    ...{ session, engine: loadEngine(), pool, nextTask, now, later: () => {}, fetch: () => new Promise(() => {}) },
    emit: (event) => void (event.type === 'answered' && asked.get(event.id)?.(event)),
  });
  // The digits are here already: no files are waited for.
  commands.data.use = (_set, _summary, start) => {
    start();
    return false;
  };
  commands.obey({ type: 'open', dataUrl: 'http://data/', spec: RUN, checkpoint: null });
  /** @param {any} request */
  const ask = (request) => {
    const id = asked.size;
    const reply = new Promise((resolve) => asked.set(id, resolve));
    commands.obey({ type: 'request', id, ...request });
    return /** @type {Promise<any>} */ (reply);
  };
  const trainTo = async (/** @type {number} */ step) => {
    await pool.started();
    commands.obey({ type: 'trainTo', step });
    while (session.position().step < step) await nextTask();
  };
  return { session, commands, ask, trainTo, pool };
}

test('lives are the same however many workers share the steps, and the run is as it would be', async () => {
  const [alone, shared] = [runWith(0), runWith(2)];
  for (const run of [alone, shared]) await run.trainTo(25);
  expect([alone.pool.workers, shared.pool.workers]).toEqual([1, 3]);
  const [{ answer }, { answer: other }] = [
    await alone.ask({ name: 'lives', ask: {} }),
    await shared.ask({ name: 'lives', ask: {} }),
  ];
  expect(other).toEqual(answer);
  expect(shared.session.fingerprint()).toBe(alone.session.fingerprint());
  expect(answer).toMatchObject({ step: 25, since: 0, firstEpoch: 1, epochs: 2, images: 620, isFull: false });
  // Every image has passed as often: the third epoch is under way.
  expect(answer.passes.every((/** @type {number} */ count) => count === 2)).toBe(true);
  expect(answer.running).toMatchObject({ epoch: 3, passed: 5 * 64 });
  expect(answer.running.learned).toBeLessThanOrEqual(620 - answer.learned.filter(Boolean).length);
});

test('lives after going back to a kept step are those of a run that never went further', async () => {
  const [straight, back] = [runWith(0), runWith(0)];
  await straight.trainTo(13);
  await back.trainTo(10);
  const bytes = back.session.checkpoint();
  await back.trainTo(18);
  const checkpoint = { step: 10, elapsed: 0, bytes };
  back.commands.obey({ type: 'restore', run: 'a', set: 'mnist', checkpoint });
  expect((await back.ask({ name: 'lives', ask: {} })).answer).toMatchObject({ step: 10, epochs: 1 });
  await back.trainTo(13);
  const [{ answer }, { answer: expected }] = [
    await back.ask({ name: 'lives', ask: {} }),
    await straight.ask({ name: 'lives', ask: {} }),
  ];
  expect(answer).toEqual(expected);
});

test('livesOf returns the passes of an image, its labels, and what the network says of it', async () => {
  const { session, ask, trainTo } = runWith(0);
  await trainTo(20);
  const { answer } = await ask({ name: 'livesOf', ask: { images: [7, 619] } });
  const { answer: lives } = await ask({ name: 'lives', ask: {} });
  expect(answer).toHaveLength(2);
  for (const { image, pixels, label, own, predicted, confidence, passes } of answer) {
    expect(pixels).toEqual(session.image('training', image));
    expect(own).toBe(session.label('training', image));
    expect(label).toBe(lives.labels[image]);
    expect(session.predict(pixels)[predicted]).toBe(confidence);
    expect(passes).toHaveLength(2);
    expect(lossOf(passes[1])).toBeCloseTo(lives.meanLoss[image], 5);
    expect(isCorrect(passes[1])).toBe(isCorrect(lives.last[image]));
  }
  const wrong = [...lives.labels].filter((label, image) => label !== session.label('training', image)).length;
  // Three in ten are drawn at random, one in ten of them happens to be right.
  expect(wrong / 620).toBeGreaterThan(0.2);
  expect(wrong / 620).toBeLessThan(0.34);
  expect((await ask({ name: 'livesOf', ask: { images: [55_000] } })).problem.code).toBe('not_found');
});
