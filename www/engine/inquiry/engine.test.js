import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { Inquiry, initSync } from '../../../pkg/convscope_inquiry.js';
import { PRESETS } from '../../views/inquiry/dream.js';
import { argmax } from '../argmax.js';
import { SPEC } from '../testing/bench.js';
import { sessionWithDigits } from '../testing/real-engine.js';
import { withTrace } from '../trace.js';
import { Inquiring } from './inquiring.js';

/** @typedef {import('../../model/inquiry.js').Question} Question */
/** @typedef {import('../../model/inquiry.js').Questions} Questions */

const IMAGES = 100;

/** @type {ReturnType<typeof sessionWithDigits>} */
let session;
/** @type {Inquiring} */
let inquiring;
/** @type {(answer: any) => void} */
let hear = () => {};
let lastId = 0;

/** @type {() => Promise<void>} */
const nextTask = () => new Promise((resolve) => setImmediate(resolve));

beforeAll(async () => {
  session = sessionWithDigits();
  session.start(SPEC);
  for (let step = 0; step < 5; step++) {
    session.compute(0, session.beginStep());
    session.finishStep();
  }
  initSync({ module: readFileSync('pkg/convscope_inquiry_bg.wasm') });
  const open = (/** @type {Uint8Array} */ checkpoint) => new Inquiry(checkpoint);
  inquiring = new Inquiring({ open, send: (answer) => hear(answer), nextTask, now: () => performance.now() });
  await ask(/** @type {any} */ ('useNetwork'), /** @type {any} */ ({ checkpoint: session.checkpoint() }));
  await ask(/** @type {any} */ ('useImages'), /** @type {any} */ ({ pixels: images(), labels: labels() }));
});

const all = Array.from({ length: IMAGES }, (_, at) => at);
const images = () => Uint8Array.from(all.flatMap((at) => [...session.image('validation', at)]));
const labels = () => Uint8Array.from(all, (at) => session.label('validation', at));

/**
 * @template {Question} Name
 * @param {Name} name
 * @param {Questions[Name]['ask']} ask
 * @returns {Promise<Questions[Name]['answer']>}
 */
async function ask(name, ask) {
  const id = (lastId += 1);
  /** @type {any} */
  let reply = null;
  hear = (answer) => (reply = answer.progress ? reply : answer);
  await inquiring.receive(/** @type {any} */ ({ id, name, ask, checkpoint: null }));
  if (reply.problem) throw new Error(reply.problem.message);
  return reply.answer;
}

test('the network that is asked is that of the run: it reads the same, and has the same maps', async () => {
  const pixels = session.image('test', 3);
  const { logits } = await ask('read', { pixels, off: [] });
  const [own, maps] = withTrace(session, pixels, (trace) => [trace.logits(), trace.activation(0, 0)]);
  expect(logits).toHaveLength(own.length);
  logits.forEach((logit, label) => expect(logit).toBeCloseTo(Number(own[label]), 4));
  const found = await ask('maps', { pixels, layer: 0, off: [] });
  expect(found).toHaveLength(maps.length);
  found.forEach((value, at) => expect(value).toBeCloseTo(Number(maps[at]), 4));
});

test('accuracy counts what the run classifies correctly, and a channel that is off costs what it is said to', async () => {
  const right = all.filter(
    (at) => argmax(session.predict(session.image('validation', at))) === session.label('validation', at),
  );
  expect(await ask('accuracy', { off: [] })).toMatchObject({ correct: right.length, images: IMAGES });
  const costs = await ask('channelCosts', { layer: 0, to: 'mean', off: [] });
  const without = await ask('accuracy', { off: [{ layer: 0, channel: 1, to: 'mean' }] });
  expect([costs.correct, costs.correctWithout[1]]).toEqual([right.length, without.correct]);
});

test('a dream excites its class more than noise does, and is the same for the same seed', async () => {
  const layer = SPEC.layers.length - 1;
  const dream = { layer, channels: [2, 5], seed: 4, ...PRESETS.readable };
  const first = await ask('dream', { ...dream, steps: 1 });
  const last = await ask('dream', dream);
  expect(last.pixels).toHaveLength(2 * 784);
  [0, 1].forEach((at) => expect(last.values[at]).toBeGreaterThan(Number(first.values[at])));
  expect(await ask('dream', dream)).toEqual(last);
  const { logits } = await ask('read', { pixels: last.pixels, off: [] });
  expect(logits[2]).toBeCloseTo(Number(last.values[0]), 3);
  await expect(ask('dream', { ...dream, layer: 99 })).rejects.toThrow(/layer/);
});

test('what fools it is within its strength, and the other changes are as large', async () => {
  const pixels = session.image('test', 3);
  const label = argmax(session.predict(pixels));
  const attack = {
    pixels,
    label,
    method: /** @type {const} */ ('sign'),
    target: 0,
    strength: null,
    most: 64,
    steps: 10,
  };
  const { strength, pixels: attacked } = await ask('fool', attack);
  const largest = Math.max(...attacked.map((value, at) => Math.abs(value - Number(pixels[at]))));
  expect(largest).toBeLessThanOrEqual(strength);
  const rows = await ask('compare', { pixels, attacked, seed: 1 });
  expect(rows.map(({ kind }) => kind)).toEqual(['attack', 'noise', 'blur', 'rotation', 'occlusion']);
});

test('every other question has an answer of the form that the page expects', async () => {
  const pixels = session.image('test', 3);
  const strengths = [0, 16];
  const { accuracies, images: seen } = await ask('robustness', {
    ...{ strengths, kinds: ['sign', 'noise'], images: 32, steps: 2, seed: 1 },
  });
  expect([accuracies.sign?.length, accuracies.noise?.length, seen]).toEqual([2, 2, 32]);
  expect((await ask('morph', { from: pixels, to: session.image('test', 4), points: 5 })).logits).toHaveLength(50);
  expect((await ask('occlusion', { pixels, class: 1, size: 4, stride: 2, fill: 0 })).map).toHaveLength(784);
  const { map, rows, columns } = await ask('classActivation', { pixels, class: 1, layer: 0 });
  expect(map).toHaveLength(rows * columns);
  const { sum, difference } = await ask('integrated', { pixels, class: 1, baseline: 'black', points: 64 });
  expect(Math.abs(sum - difference)).toBeLessThan(0.05 * Math.abs(difference) + 0.01);
  expect((await ask('inputGradient', { pixels, class: 1 })).map).toHaveLength(784);
});
