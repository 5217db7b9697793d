import { beforeEach, expect, test } from 'vitest';
import { FakeInquiry } from '../testing/fake-inquiry.js';
import { Inquiring } from './inquiring.js';

/** @type {any[]} */
let said;
/** @type {FakeInquiry[]} */
let networks;
/** @type {Inquiring} */
let inquiring;
let lastId = 0;

/** @type {() => Promise<void>} */
const nextTask = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  [said, networks] = [[], []];
  /** @param {Uint8Array} checkpoint */
  const open = (checkpoint) => {
    networks.push(new FakeInquiry(checkpoint));
    return /** @type {any} */ (networks.at(-1));
  };
  inquiring = new Inquiring({ open, send: (answer) => said.push(answer), nextTask, now: () => FakeInquiry.time });
});

/** @param {string} name @param {any} ask @param {Uint8Array | null} [checkpoint] */
const begin = (name, ask, checkpoint = null) => {
  const id = (lastId += 1);
  const ended = inquiring.receive(/** @type {any} */ ({ id, name, ask, checkpoint }));
  return { id, ended };
};

/** @param {string} name @param {any} ask @param {Uint8Array | null} [checkpoint] */
async function reply(name, ask, checkpoint) {
  const { id, ended } = begin(name, ask, checkpoint);
  await ended;
  return said.find((answer) => answer.id === id && !answer.progress);
}

const READ = { pixels: Uint8Array.of(1), off: [] };
const FOOL = { ...{ pixels: READ.pixels, label: 1, method: 'sign', target: 0 }, strength: null, most: 64, steps: 10 };
const use = (form = 1) => reply('useNetwork', { checkpoint: Uint8Array.of(form) });
const useImages = (form = 1) => reply('useImages', { pixels: new Uint8Array(3 * form), labels: new Uint8Array(3) });

test('a question needs a network, and a refusal is passed on with its code', async () => {
  expect((await reply('read', READ)).problem.code).toBe('not_ready');
  await use();
  expect((await reply('read', READ)).answer.logits).toEqual(Float32Array.of(1));
  expect((await reply('useNetwork', { checkpoint: new Uint8Array() })).problem.code).toBe('bad_file');
  expect((await reply('useImages', { pixels: new Uint8Array(9), labels: new Uint8Array(3) })).problem.code).toBe(
    'impossible_shape',
  );
});

test('a long question is answered in slices, with reports, and a short one in between', async () => {
  await use();
  const long = begin('accuracy', { off: [] });
  const short = begin('read', READ);
  await Promise.all([long.ended, short.ended]);
  const order = said.filter(({ progress }) => !progress).map(({ id }) => id);
  expect(order.slice(-2)).toEqual([short.id, long.id]);
  const reports = said.filter(({ progress }) => progress).map(({ progress }) => progress);
  expect(reports).toEqual([{ correct: 12, images: 192, done: 12, of: 20 }]);
  expect(said.at(-1).answer).toEqual({ correct: 20, images: 320 });
  expect(networks[0]?.jobs).toBe(0);
});

test('a job that says nothing before its end is not asked before it', async () => {
  await use();
  expect((await reply('fool', FOOL)).answer).toEqual({ strength: 3 });
  expect(networks[0]?.calls).toEqual([['fool', FOOL.pixels, 1, 'sign', 0, undefined, 64, 10]]);
  expect(said.some(({ progress }) => progress)).toBe(false);
});

test('a cancelled question ends with its slice, is freed and not answered', async () => {
  await use();
  const { id, ended } = begin('accuracy', { off: [] });
  await nextTask();
  inquiring.receive({ cancel: id });
  const before = FakeInquiry.time;
  await ended;
  expect(FakeInquiry.time - before).toBeLessThanOrEqual(20);
  expect(said.some((answer) => answer.id === id && !answer.progress)).toBe(false);
  expect(networks[0]?.jobs).toBe(0);
});

test('the means are measured, in slices, before a channel goes to its mean', async () => {
  await use();
  await useImages();
  await reply('read', { ...READ, off: [{ layer: 2, channel: 5, to: 'zero' }] });
  expect(networks[0]?.measured).toBe(0);
  await reply('read', { ...READ, off: [{ layer: 2, channel: 5, to: 'mean' }] });
  expect(networks[0]?.measured).toBe(4);
  expect(networks[0]?.calls.map(([, , off]) => [...off])).toEqual([
    [2, 5, 0],
    [2, 5, 1],
  ]);
  await use();
  await reply('channelCosts', { layer: 2, to: 'mean', off: [{ layer: 0, channel: 1, to: 'zero' }] });
  expect([networks[0]?.measured, networks[0]?.calls.at(-1)]).toEqual([
    4,
    ['channelCosts', 2, 1, Uint32Array.of(0, 1, 0)],
  ]);
});

test('accuracies are shares of the images, by what was done to them', async () => {
  await use();
  const ask = { strengths: [0, 8, 16], kinds: ['sign', 'noise'], images: 10, steps: 10, seed: 1 };
  const { answer } = await reply('robustness', ask);
  expect(answer.images).toBe(10);
  expect(answer.accuracies.sign).toEqual(Float32Array.of(0, 0.1, 0.2));
  expect(answer.accuracies.noise).toEqual(Float32Array.of(0.3, 0.4, 0.5));
});

test('another network answers for itself alone, knows the images, and is freed', async () => {
  await use();
  await useImages();
  const { answer } = await reply('read', READ, Uint8Array.of(7));
  expect(answer.logits).toEqual(Float32Array.of(7));
  await reply('accuracy', { off: [] }, Uint8Array.of(1));
  expect(networks.map(({ kept, freed }) => [kept, freed])).toEqual([
    [3, false],
    [0, true],
    [3, true],
  ]);
  expect((await reply('read', READ)).answer.logits).toEqual(Float32Array.of(1));
});

test('images that do not fit another network are there again when they do', async () => {
  await use();
  await useImages();
  await use(4);
  expect(networks[0]?.images()).toBe(0);
  await use(1);
  expect(networks[0]?.images()).toBe(3);
});

test('a trap is reported as a crash', async () => {
  await use();
  if (networks[0]) networks[0].trapsAt = 3;
  expect((await reply('accuracy', { off: [] })).problem.code).toBe('engine_crashed');
});
