import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FILES, STALL_MS } from './loader.js';
import { Bench, settled } from '../testing/bench.js';

/** Stands for any file: what matters here is that it arrives byte for byte. */
const CONTENT = Uint8Array.from({ length: 5_000 }, (_, i) => (i * 31 + 1) % 251);
const NAMES = FILES.map(({ name }) => name);

/** @typedef {(signal: AbortSignal | null) => Response | Promise<Response>} Answer */

/** A server of the four files, each in its own way. */
class Server {
  /** @type {Record<string, Answer>} */
  answers = {};
  /** @type {string[]} */
  asked = [];

  fetch = async (/** @type {unknown} */ url, /** @type {RequestInit | undefined} */ init) => {
    const name = String(url).replace('http://data/mnist/', '');
    this.asked.push(name);
    const answer = this.answers[name] ?? (() => new Response(gzipSync(CONTENT)));
    return answer(init?.signal ?? null);
  };
}

/** @param {Uint8Array} bytes @param {number} size @returns {Response} the bytes in chunks of `size` */
function inChunks(bytes, size) {
  let at = 0;
  const pull = (/** @type {ReadableStreamDefaultController} */ controller) => {
    if (at >= bytes.length) return controller.close();
    controller.enqueue(bytes.slice(at, (at += size)));
  };
  return new Response(new ReadableStream({ pull }));
}

/** @type {Server} */
let server;
/** @type {Bench} */
let bench;

beforeEach(() => {
  server = new Server();
  bench = new Bench(server.fetch);
});

afterEach(() => vi.useRealTimers());

async function load() {
  bench.open();
  await loaded();
}

async function loaded() {
  do await bench.idle();
  while (!bench.of('loading').at(-1)?.loading.done && bench.of('dataFailed').length === 0);
}

const failure = () => bench.of('dataFailed')[0]?.problem;

test('all four files arrive byte for byte, test images first and training images last', async () => {
  await load();
  expect(server.asked).toEqual(NAMES);
  expect(NAMES[0]).toContain('t10k-images');
  expect(NAMES[3]).toContain('train-images');
  for (const { kind } of FILES) {
    expect(bench.session.files[kind]?.finished).toBe(true);
    expect(bench.session.files[kind]?.bytes).toEqual([...CONTENT]);
  }
});

test('loading is reported in bytes and ends at the total', async () => {
  await load();
  const reports = bench.of('loading').map(({ loading }) => loading);
  expect(reports[0]).toMatchObject({ loaded: 0, done: false });
  expect(reports.at(-1)).toMatchObject({ loaded: 54_950_048, total: 54_950_048, done: true });
});

test('a file that the server has already unpacked is taken as it is', async () => {
  for (const name of NAMES) server.answers[name] = () => new Response(CONTENT);
  await load();
  for (const { kind } of FILES) expect(bench.session.files[kind]?.bytes).toEqual([...CONTENT]);
});

test.each([1, 2, 3, 977])('chunks of %i bytes make the same file', async (size) => {
  for (const name of NAMES) server.answers[name] = () => inChunks(gzipSync(CONTENT), size);
  await load();
  for (const { kind } of FILES) expect(bench.session.files[kind]?.bytes).toEqual([...CONTENT]);
});

test('a missing file is named, and a retry asks only for what is missing', async () => {
  const [, labels = ''] = NAMES;
  server.answers[labels] = () => new Response('', { status: 404 });
  await load();
  expect(failure()).toMatchObject({ code: 'missing_file', message: expect.stringContaining(labels) });
  delete server.answers[labels];
  bench.forget();
  bench.send({ type: 'reload' });
  await loaded();
  expect(server.asked).toEqual([...NAMES.slice(0, 2), ...NAMES.slice(1)]);
  expect(bench.of('loading').at(-1)?.loading.done).toBe(true);
});

test('a cut-off gzip file is one sentence that names it', async () => {
  const [images = ''] = NAMES;
  server.answers[images] = () => new Response(gzipSync(CONTENT).subarray(0, 60));
  await load();
  expect(failure()).toMatchObject({ code: 'bad_file', message: expect.stringContaining(images) });
});

test('a damaged gzip file is one sentence that names it', async () => {
  const [images = ''] = NAMES;
  const bytes = gzipSync(CONTENT);
  bytes.fill(0xff, 20, 200);
  server.answers[images] = () => new Response(bytes);
  await load();
  expect(failure()).toMatchObject({ code: 'bad_file', message: expect.stringContaining(images) });
});

test('a cut-off file without gzip is refused by the engine, and named', async () => {
  const [images = ''] = NAMES;
  server.answers[images] = () => new Response(CONTENT.slice(0, 3));
  await load();
  expect(failure()?.message).toBe(`${images}: The images end too early.`);
});

test('an empty file is refused', async () => {
  const [images = ''] = NAMES;
  server.answers[images] = () => new Response(new Uint8Array());
  await load();
  expect(failure()?.code).toBe('bad_file');
});

test('a web page in place of a file is refused', async () => {
  const [images = ''] = NAMES;
  server.answers[images] = () => new Response('<!doctype html><title>Not here</title>');
  await load();
  expect(failure()).toMatchObject({ code: 'bad_file', message: expect.stringContaining(images) });
});

test('a server error and a lost connection are distinguished from damage', async () => {
  const [images = ''] = NAMES;
  server.answers[images] = () => new Response('', { status: 503 });
  await load();
  expect(failure()).toMatchObject({ code: 'network', message: expect.stringContaining('503') });
  bench.forget();
  server.answers[images] = () => Promise.reject(new TypeError('Failed to fetch'));
  bench.send({ type: 'reload' });
  await loaded();
  expect(failure()).toMatchObject({ code: 'network', message: expect.stringContaining('connection') });
});

test('a connection lost in the middle of a gzip file is not called damage', async () => {
  const [images = ''] = NAMES;
  const bytes = gzipSync(CONTENT);
  let sent = false;
  const pull = (/** @type {ReadableStreamDefaultController} */ controller) => {
    if (sent) return controller.error(new TypeError('network error'));
    sent = true;
    controller.enqueue(bytes.subarray(0, 60));
  };
  server.answers[images] = () => new Response(new ReadableStream({ pull }));
  await load();
  expect(failure()).toMatchObject({ code: 'network', message: expect.stringContaining(images) });
});

test('a connection that brings nothing is given up, and its request is aborted', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const [images = ''] = NAMES;
  /** @type {AbortSignal | null} */
  let signal = null;
  server.answers[images] = (given) => {
    signal = given;
    return new Promise(() => {});
  };
  bench.open();
  await settled();
  vi.advanceTimersByTime(STALL_MS + 1);
  await settled();
  expect(failure()).toMatchObject({ code: 'network', message: expect.stringContaining('20 seconds') });
  expect(/** @type {AbortSignal | null} */ (signal)?.aborted).toBe(true);
});

test('retrying while files are still arriving asks for nothing twice', async () => {
  bench.open();
  bench.send({ type: 'reload' });
  await loaded();
  expect(server.asked).toEqual(NAMES);
});
