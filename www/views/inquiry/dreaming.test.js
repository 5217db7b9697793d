import { beforeEach, expect, test } from 'vitest';
import { PRESETS } from './dream.js';
import { Dreaming, DreamFilm } from './dreaming.svelte.js';

/** @typedef {{ ask: any, options: any, reply: (answer: any, problem?: any) => Promise<void> }} Asked */
/** @type {Asked[]} */
let asked;
/** @type {any} */
let inquiry;
/** @type {Dreaming} */
let dreaming;

const ASK = { layer: 7, channels: [0, 1], seed: 1, ...PRESETS.readable };

/** Two pixels for each channel, all of one value. @param {number[]} channels @param {number} value */
const dreams = (channels, value) => ({
  pixels: new Uint8Array(2 * channels.length).fill(value),
  values: Float32Array.from(channels, (channel) => channel + value),
});

beforeEach(() => {
  asked = [];
  inquiry = {
    ask: (/** @type {string} */ _name, /** @type {any} */ ask, /** @type {any} */ options) =>
      new Promise((resolve) => {
        const reply = async (/** @type {any} */ answer, problem = null) => {
          resolve({ answer, problem, step: answer ? 120 : null });
          await Promise.resolve();
          await Promise.resolve();
        };
        asked.push({ ask, options, reply });
      }),
  };
  dreaming = new Dreaming(inquiry);
});

/** @param {number} at @returns {Asked} */
const question = (at) => /** @type {Asked} */ (asked.at(at));

/** What is shown, as the value of its pixels. */
const shown = () => [...dreaming.dreams].map(([channel, { pixels }]) => [channel, pixels[0]]);

test('Dreaming shows dreams as they become clearer, and of which step they are', async () => {
  dreaming.want(ASK, 1);
  expect(dreaming.progress).toEqual({ done: 0, of: 1 });
  question(0).options.onProgress({ ...dreams([0, 1], 40), done: 8, of: 96 });
  expect([shown(), dreaming.progress]).toEqual([
    [
      [0, 40],
      [1, 40],
    ],
    { done: 8, of: 96 },
  ]);
  await question(0).reply(dreams([0, 1], 200));
  expect(dreaming.dreams.get(1)).toEqual({ pixels: Uint8Array.of(200, 200), value: 201 });
  expect([dreaming.progress, dreaming.step]).toEqual([null, 120]);
});

test('Dreaming dreams again only what is missing, of another network, or with other settings', async () => {
  dreaming.want(ASK, 1);
  await question(0).reply(dreams([0, 1], 200));
  dreaming.want({ ...ASK, channels: [1] }, 1);
  expect(asked).toHaveLength(1);
  dreaming.want({ ...ASK, channels: [0, 1, 2] }, 1);
  expect(question(-1).ask.channels).toEqual([2]);
  await question(-1).reply(dreams([2], 90));
  expect(shown()).toEqual([
    [0, 200],
    [1, 200],
    [2, 90],
  ]);
  dreaming.want(ASK, 2);
  expect(question(-1).ask.channels).toEqual([0, 1]);
  expect(shown()).toHaveLength(3);
  await question(-1).reply(dreams([0, 1], 50));
  expect(shown()).toEqual([
    [0, 50],
    [1, 50],
  ]);
  dreaming.want({ ...ASK, seed: 2 }, 2);
  dreaming.again({ ...ASK, seed: 2 }, 2);
  expect(asked).toHaveLength(5);
  expect(question(-2).options.signal.aborted).toBe(true);
});

test('Dreaming shows nothing of another layer', async () => {
  dreaming.want(ASK, 1);
  await question(0).reply(dreams([0, 1], 200));
  dreaming.want({ ...ASK, layer: 2 }, 1);
  expect(shown()).toEqual([]);
});

test('stop keeps what has been dreamt, and nothing comes after it', async () => {
  dreaming.want(ASK, 1);
  question(0).options.onProgress({ ...dreams([0, 1], 40), done: 8, of: 96 });
  dreaming.stop();
  expect(question(0).options.signal.aborted).toBe(true);
  question(0).options.onProgress({ ...dreams([0, 1], 60), done: 9, of: 96 });
  await question(0).reply(null);
  expect([shown()[0], dreaming.progress, dreaming.stoppedAt]).toEqual([[0, 40], null, { done: 8, of: 96 }]);
});

test('Dreaming says why it cannot', async () => {
  dreaming.want(ASK, 1);
  await question(0).reply(null, { code: 'out_of_range', message: 'There is no layer 7.', layer: null });
  expect([dreaming.problem, dreaming.progress]).toEqual(['There is no layer 7.', null]);
});

test('DreamFilm dreams at kept steps one after the other, leaves out what is gone, and can be stopped', async () => {
  const film = new DreamFilm(inquiry);
  const run = /** @type {any} */ ({ steps: [0, 10, 20, 50] });
  const checkpointAt = async (/** @type {number} */ step) =>
    step === 10 ? null : { step, bytes: Uint8Array.of(step) };
  film.make({ ...ASK, channels: [3] }, run, /** @type {any} */ (checkpointAt));
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  await settled();
  expect(question(0).options.checkpoint.bytes).toEqual(Uint8Array.of(0));
  await question(0).reply(dreams([3], 10));
  await settled();
  expect(film.progress).toEqual({ done: 2, of: 4 });
  await question(1).reply(dreams([3], 20));
  await settled();
  expect(film.frames.map(({ step, value }) => [step, value])).toEqual([
    [0, 13],
    [20, 23],
  ]);
  film.stop();
  await question(2).reply(null);
  await settled();
  expect([film.frames.length, film.progress, asked.length]).toEqual([2, null, 3]);
});
