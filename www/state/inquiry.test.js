import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_PRESET } from '../model/presets.js';
import { SUMMARY } from '../runs/testing/summary.js';
import { Inquiry, LOADING_MS, PAUSE_MS } from './inquiry.svelte.js';
import { Lab } from './lab.svelte.js';
import { FakeClient } from './testing/fake-client.js';
import { FakeInquiryClient } from './testing/fake-inquiry-client.js';

/** @type {FakeClient} */
let engine;
/** @type {FakeInquiryClient} */
let client;
/** @type {Lab} */
let lab;
/** @type {Inquiry} */
let inquiry;
/** The step that the run is at. */
let step = 0;

const PIXELS = new Uint8Array(784);
const READ = { pixels: PIXELS, off: [] };

/** @param {number} at @param {Partial<import('../model/reports.js').ProbeReading>} [reading] */
function snapshot(at, reading = {}) {
  step = at;
  const probabilities = new Float32Array(10);
  const whole = /** @type {any} */ ({
    probe: { kind: 'test', index: 0 },
    label: 7,
    pixels: PIXELS.slice(),
    probabilities,
  });
  const snapshot = { step, reading: { ...whole, ...reading }, filters: [], parameters: [], backward: null };
  engine.says({ type: 'snapshot', snapshot });
}

beforeEach(() => {
  vi.useFakeTimers();
  engine = new FakeClient();
  engine.answers = {
    checkpoint: () => ({ step, bytes: Uint8Array.of(step) }),
    sample: ({ from, count }) => ({ pixels: new Uint8Array(count), labels: new Uint8Array(count).fill(from / 500) }),
  };
  lab = new Lab({ client: /** @type {any} */ (engine) });
  lab.open();
  client = new FakeInquiryClient();
  inquiry = new Inquiry(lab, { client, now: () => Date.now() });
  engine.says({ type: 'built', spec: DEFAULT_PRESET.spec, summary: SUMMARY, step: 0, run: null });
  engine.says({ type: 'phase', phase: 'ready' });
  snapshot(0);
});

afterEach(() => {
  inquiry.dispose();
  lab.dispose();
  vi.useRealTimers();
});

/** What was taken from the run, by step. */
const taken = () => client.of('useNetwork').map(({ checkpoint }) => checkpoint[0]);

test('Inquiry takes the network with the first question, once, and says of which step an answer is', async () => {
  step = 3;
  expect(client.asked).toEqual([]);
  const [first, second] = await Promise.all([
    inquiry.ask('read', READ),
    inquiry.ask('inputGradient', { pixels: PIXELS, class: 1 }),
  ]);
  expect([first.step, second.step, inquiry.step]).toEqual([3, 3, 3]);
  expect(first.answer?.probabilities).toHaveLength(10);
  expect(taken()).toEqual([3]);
  expect(inquiry.version).toBe(1);
});

test('Inquiry sends the images that accuracies are of once for a data set, in pieces', async () => {
  await inquiry.ask('accuracy', { off: [] });
  await inquiry.ask('channelCosts', { layer: 0, to: 'zero', off: [] });
  expect(engine.asked.filter(([name]) => name === 'sample')).toHaveLength(4);
  const [{ labels }] = client.of('useImages');
  expect([labels.length, labels[0], labels[1999]]).toEqual([2000, 0, 3]);
  await inquiry.ask('read', { ...READ, off: [{ layer: 0, channel: 1, to: 'mean' }] });
  expect(client.of('useImages')).toHaveLength(1);
  client.started = 2;
  await inquiry.ask('accuracy', { off: [] });
  expect(client.of('useImages')).toHaveLength(2);
  expect(taken()).toHaveLength(2);
});

test('a question about accuracy waits for images that are still being loaded, and for none that cannot be read', async () => {
  const { sample } = engine.answers;
  const problem = { code: 'not_ready', message: 'The validation image 0 has not been loaded yet.', layer: null };
  engine.answers.sample = () => ({ answer: null, problem });
  const waiting = inquiry.ask('accuracy', { off: [] });
  await vi.advanceTimersByTimeAsync(5 * LOADING_MS);
  expect(client.of('accuracy')).toEqual([]);
  engine.answers = { ...engine.answers, sample: /** @type {any} */ (sample) };
  await vi.advanceTimersByTimeAsync(LOADING_MS);
  expect((await waiting).answer).not.toBe(null);
  engine.answers.sample = () => ({ answer: null, problem });
  engine.says({ type: 'dataFailed', problem });
  client.started = 2;
  expect((await inquiry.ask('accuracy', { off: [] })).problem).toEqual(problem);
});

test('a question cancels the one before it in its lane, and no other', async () => {
  await inquiry.refresh();
  const replies = [inquiry.ask('read', READ), inquiry.ask('read', READ, { lane: 'other' }), inquiry.ask('read', READ)];
  const [first, other, last] = await Promise.all(replies);
  expect(first).toEqual({ answer: null, problem: null, step: null });
  expect([other?.answer, last?.answer].every(Boolean)).toBe(true);
  const left = inquiry.ask('read', READ);
  inquiry.cancel();
  expect((await left).answer).toBe(null);
});

test('a question that is cancelled while the network is taken is not asked', async () => {
  const controller = new AbortController();
  const reply = inquiry.ask('read', READ, { signal: controller.signal });
  controller.abort();
  expect((await reply).answer).toBe(null);
  expect(client.of('read')).toEqual([]);
});

test('a question to another network takes none from the run', async () => {
  const { step } = await inquiry.ask('read', READ, { checkpoint: { step: 40, bytes: Uint8Array.of(9) } });
  expect([step, client.asked.at(-1)?.checkpoint]).toEqual([40, Uint8Array.of(9)]);
  expect(taken()).toEqual([]);
});

test('Inquiry says why the network could not be taken, and tries again', async () => {
  const problem = { code: 'not_ready', message: 'There is no run yet.', layer: null };
  engine.answers.checkpoint = () => ({ answer: null, problem });
  expect(await inquiry.ask('read', READ)).toEqual({ answer: null, problem, step: null });
  expect(inquiry.problem).toBe('There is no run yet.');
  engine.answers.checkpoint = () => {
    throw new Error('gone');
  };
  expect((await inquiry.ask('read', READ)).problem?.message).toContain('started anew');
  engine.answers.checkpoint = () => ({ step: 5, bytes: Uint8Array.of(5) });
  expect((await inquiry.ask('read', READ)).step).toBe(5);
  expect(inquiry.problem).toBe('');
});

test('follow takes the network when another is shown: at once at rest, once a second while it trains', async () => {
  let stop = inquiry.follow();
  await vi.advanceTimersByTimeAsync(0);
  /** As the effect of a component does when what is shown changes. @param {number} at */
  const shows = (at) => {
    stop?.();
    snapshot(at);
    stop = inquiry.follow();
  };
  shows(1);
  expect(inquiry.isStale).toBe(true);
  await vi.advanceTimersByTimeAsync(0);
  expect([taken(), inquiry.isStale]).toEqual([[0, 1], false]);
  engine.says({ type: 'phase', phase: 'training' });
  for (let at = 2; at < 22; at++) {
    shows(at);
    await vi.advanceTimersByTimeAsync(PAUSE_MS / 10);
  }
  expect(taken()).toEqual([0, 1, 11, 21]);
  shows(30);
  stop?.();
  await vi.advanceTimersByTimeAsync(2 * PAUSE_MS);
  expect(taken()).toHaveLength(4);
});

test('image is the same object until another image is viewed', () => {
  const { image } = inquiry;
  expect(image).toMatchObject({ label: 7, split: 'test', index: 0 });
  snapshot(1);
  expect(inquiry.image).toBe(image);
  snapshot(2, { probe: { kind: 'drawing', pixels: PIXELS }, label: null });
  expect(inquiry.image).toMatchObject({ label: null, split: null });
});
