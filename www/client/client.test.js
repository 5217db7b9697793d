import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Client, PING_MS } from './client.js';
import { DEFAULT_PRESET } from '../model/presets.js';
import { LETTERS, specOn, TINY } from '../model/testing/own-set.js';
import { SUMMARY } from '../engine/testing/fake-session.js';
import { FakeWorker } from '../engine/testing/fake-worker.js';

/** @typedef {import('../engine/protocol.js').Command} Command */
/** @typedef {import('../engine/protocol.js').Event} WorkerEvent */
/** @typedef {FakeWorker<Command, WorkerEvent>} RunWorker */

const SPEC = DEFAULT_PRESET.spec;

/** @type {RunWorker[]} */
let workers;
/** @type {import('./client.js').ClientEvent[]} */
let events;
/** @type {Client} */
let client;

const worker = () => /** @type {RunWorker} */ (workers.at(-1));
const of = (/** @type {string} */ type) => events.filter((event) => event.type === type);
const built = (step = 0) => worker().says({ type: 'built', spec: SPEC, summary: SUMMARY, step, run: null });
const checkpoint = (/** @type {number} */ step) =>
  worker().says({ type: 'checkpoint', checkpoint: { step, elapsed: step / 100, bytes: Uint8Array.of(step) } });

beforeEach(() => {
  vi.useFakeTimers();
  workers = [];
  events = [];
  client = new Client({
    dataUrl: 'http://data/',
    createWorker: () => {
      workers.push(new FakeWorker());
      return /** @type {any} */ (worker());
    },
  });
  client.on((event) => events.push(event));
  client.open(SPEC);
  built();
});

afterEach(() => {
  client.dispose();
  vi.useRealTimers();
});

test('open starts one worker with the spec and no checkpoint', () => {
  expect(workers).toHaveLength(1);
  expect(worker().commands[0]).toEqual({ type: 'open', dataUrl: 'http://data/', spec: SPEC, checkpoint: null });
});

test('Client replaces a worker that breaks while training, and continues from its last checkpoint', () => {
  worker().says({ type: 'phase', phase: 'training' });
  checkpoint(300);
  checkpoint(700);
  const dead = worker();
  dead.breaks();
  expect(dead.terminated).toBe(true);
  expect(workers).toHaveLength(2);
  expect(worker().commands[0]).toMatchObject({ type: 'open', checkpoint: { step: 700, elapsed: 7 } });
  expect(worker().heard('train')).toHaveLength(1);
  expect(of('recovering')).toMatchObject([{ step: 700, problem: { code: 'worker_error' } }]);
});

test('Client replaces a worker that breaks while paused, and the run stays paused', () => {
  worker().says({ type: 'phase', phase: 'training' });
  checkpoint(300);
  worker().says({ type: 'phase', phase: 'paused' });
  worker().breaks();
  expect(worker().heard('train')).toEqual([]);
});

test('Client replaces a worker that reports a trap, and passes its text on', () => {
  worker().says({ type: 'failed', problem: { code: 'engine_crashed', message: 'Crashed.', layer: null } });
  expect(workers).toHaveLength(2);
  expect(of('recovering')).toMatchObject([{ problem: { message: 'Crashed.' } }]);
});

test('Client tells a new worker what to watch, and how fast to train, before it trains', () => {
  const watched = { instruments: [], layers: [] };
  client.send({ type: 'watch', watched: /** @type {any} */ (watched) });
  client.send({ type: 'pace', stepsPerSecond: 10 });
  worker().says({ type: 'phase', phase: 'training' });
  worker().breaks();
  expect(worker().commands.map(({ type }) => type)).toEqual(['open', 'watch', 'pace', 'ping', 'train']);
  expect(worker().heard('pace')).toEqual([{ type: 'pace', stepsPerSecond: 10 }]);
});

test('Client ignores later messages of a dead worker', () => {
  const dead = worker();
  dead.breaks();
  events = [];
  dead.says({ type: 'phase', phase: 'training' });
  expect(events).toEqual([]);
});

test('Client keeps settings that were changed after the last checkpoint', () => {
  const training = { ...SPEC.training, epochs: 77 };
  worker().says({ type: 'configured', training, step: 5 });
  worker().breaks();
  expect(worker().commands[0]).toMatchObject({ spec: { training: { epochs: 77 } } });
});

test('Client forgets its checkpoint when another run is built', () => {
  checkpoint(300);
  built();
  worker().breaks();
  expect(worker().commands[0]).toMatchObject({ checkpoint: null });
});

test('Client replaces a worker that is silent, and keeps one that answers its pings', () => {
  for (let i = 0; i < 30; i += 1) {
    vi.advanceTimersByTime(PING_MS);
    worker().says({ type: 'alive' });
  }
  expect(workers).toHaveLength(1);
  expect(worker().heard('ping').length).toBeGreaterThan(20);
  vi.advanceTimersByTime(12 * PING_MS);
  expect(workers).toHaveLength(2);
  expect(of('recovering')).toMatchObject([{ problem: { code: 'worker_silent' } }]);
});

test('Client waits for a worker that is still being fetched', () => {
  client.open(SPEC);
  vi.advanceTimersByTime(100 * PING_MS);
  expect(workers).toHaveLength(2);
});

test('Client gives a network whose step takes a minute that minute', () => {
  const summary = { ...SUMMARY, multiply_adds: 200_000_000 };
  worker().says({
    type: 'built',
    spec: { ...SPEC, training: { ...SPEC.training, batch_size: 512 } },
    summary,
    run: null,
    step: 0,
  });
  vi.advanceTimersByTime(60_000);
  expect(workers).toHaveLength(1);
});

test('Client gives up after workers that die again and again without progress', () => {
  checkpoint(300);
  for (let i = 0; i < 3; i += 1) {
    worker().breaks();
    built(300);
    checkpoint(300);
  }
  expect(workers).toHaveLength(3);
  expect(of('lost')).toMatchObject([{ problem: { code: 'worker_error' } }]);
  expect(worker().terminated).toBe(true);
});

test('Client does not add up deaths with progress between them', () => {
  for (let step = 100; step <= 1000; step += 100) {
    checkpoint(step);
    worker().breaks();
  }
  expect(of('lost')).toEqual([]);
});

test('Client does not try an engine again that this browser cannot run', () => {
  worker().says({ type: 'failed', problem: { code: 'engine_unavailable', message: 'No SIMD.', layer: null } });
  expect(workers).toHaveLength(1);
  expect(of('lost')).toHaveLength(1);
});

test('open starts over after a loss', () => {
  worker().says({ type: 'failed', problem: { code: 'engine_unavailable', message: 'No SIMD.', layer: null } });
  client.open(SPEC);
  expect(workers).toHaveLength(2);
});

test('ask resolves with the answer that bears its id, which is no event', async () => {
  const first = client.ask('validate', { spec: SPEC });
  const second = client.ask('images', { split: 'test', indices: [1] });
  const third = client.ask('nextWrong', { after: 7 });
  const [a, b, c] = /** @type {any[]} */ (worker().commands.slice(-3));
  expect(c).toEqual({ type: 'request', id: c.id, name: 'nextWrong', ask: { after: 7 } });
  const problem = { code: 'not_ready', message: 'There is no network yet.', layer: null };
  worker().says({ type: 'answered', id: c.id, answer: null, problem });
  worker().says({ type: 'answered', id: b.id, answer: [], problem: null });
  worker().says({ type: 'answered', id: a.id, answer: SUMMARY, problem: null });
  expect(await first).toEqual({ answer: SUMMARY, problem: null });
  expect(await second).toEqual({ answer: [], problem: null });
  expect(await third).toEqual({ answer: null, problem });
  expect(of('answered')).toEqual([]);
});

test('ask rejects when the worker dies', async () => {
  const request = client.ask('validate', { spec: SPEC });
  worker().breaks();
  await expect(request).rejects.toThrow('restarted');
});

test('ask rejects without an answer in time, and a late answer is dropped', async () => {
  const request = client.ask('validate', { spec: SPEC });
  const refused = expect(request).rejects.toThrow('in time');
  const { id } = /** @type {any} */ (worker().commands.at(-1));
  for (let i = 0; i < 12; i += 1) {
    vi.advanceTimersByTime(PING_MS);
    worker().says({ type: 'alive' });
  }
  await refused;
  expect(() => worker().says({ type: 'answered', id, answer: null, problem: null })).not.toThrow();
});

test('dispose ends the worker, the timers and every request', async () => {
  const request = client.ask('validate', { spec: SPEC });
  client.dispose();
  await expect(request).rejects.toThrow();
  expect(worker().terminated).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
  await expect(client.ask('validate', { spec: SPEC })).rejects.toThrow('not running');
});

test('on returns what ends the listening', () => {
  const heard = vi.fn();
  client.on(heard)();
  worker().says({ type: 'phase', phase: 'training' });
  expect(heard).not.toHaveBeenCalled();
});

test('Client hands a new worker the set of one’s own that its run is on, before it opens, and no other', () => {
  /** @param {typeof LETTERS} own @returns {any} */
  const offer = (own) => ({ type: 'offerSet', ...own, files: {} });
  client.send(offer(LETTERS));
  worker().says({ type: 'built', spec: specOn(LETTERS), summary: SUMMARY, step: 0, run: null });
  client.send(offer(TINY));
  worker().breaks();
  expect(worker().commands.slice(0, 2)).toMatchObject([
    { type: 'offerSet', set: LETTERS.set },
    { type: 'open', spec: { data: { set: LETTERS.set } } },
  ]);
  expect(worker().heard('offerSet')).toHaveLength(1);
  built();
  worker().breaks();
  expect(worker().heard('offerSet')).toEqual([]);
});

test('Client offers before there is a worker', () => {
  client.dispose();
  client.send(/** @type {any} */ ({ type: 'offerSet', ...LETTERS, files: {} }));
  client.open(specOn(LETTERS));
  expect(
    worker()
      .commands.slice(0, 2)
      .map(({ type }) => type),
  ).toEqual(['offerSet', 'open']);
});
