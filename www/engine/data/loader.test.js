import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { STALL_MS } from './loader.js';
import { KINDS, ZIPPED_NAMES } from './sources.js';
import { Bench, settled } from '../testing/bench.js';

/** Stands for any file: what matters here is that it arrives byte for byte. */
const CONTENT = Uint8Array.from({ length: 5_000 }, (_, i) => (i * 31 + 1) % 251);
const NAMES = KINDS.map((kind) => ZIPPED_NAMES[kind]);

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

test('Loader brings all four files byte for byte, test images first and training images last', async () => {
  await load();
  expect(server.asked).toEqual(NAMES);
  expect(NAMES[0]).toContain('t10k-images');
  expect(NAMES[3]).toContain('train-images');
  for (const kind of KINDS) {
    expect(bench.session.files[kind]?.finished).toBe(true);
    expect(bench.session.files[kind]?.bytes).toEqual([...CONTENT]);
  }
});

test('Loader reports its progress in bytes, up to the total', async () => {
  await load();
  const reports = bench.of('loading').map(({ loading }) => loading);
  expect(reports[0]).toMatchObject({ loaded: 0, done: false });
  expect(reports.at(-1)).toMatchObject({ loaded: 54_950_048, total: 54_950_048, done: true });
});

test('unpacked takes a file that the server has unpacked as it is', async () => {
  for (const name of NAMES) server.answers[name] = () => new Response(CONTENT);
  await load();
  for (const kind of KINDS) expect(bench.session.files[kind]?.bytes).toEqual([...CONTENT]);
});

test.each([1, 2, 3, 977])('Loader makes the same file of chunks of %i bytes', async (size) => {
  for (const name of NAMES) server.answers[name] = () => inChunks(gzipSync(CONTENT), size);
  await load();
  for (const kind of KINDS) expect(bench.session.files[kind]?.bytes).toEqual([...CONTENT]);
});

test('Loader names a missing file, and a retry asks only for what is missing', async () => {
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

test('Loader names a gzip file that is cut off', async () => {
  const [images = ''] = NAMES;
  server.answers[images] = () => new Response(gzipSync(CONTENT).subarray(0, 60));
  await load();
  expect(failure()).toMatchObject({ code: 'bad_file', message: expect.stringContaining(images) });
});

test('Loader names a gzip file that is damaged', async () => {
  const [images = ''] = NAMES;
  const bytes = gzipSync(CONTENT);
  bytes.fill(0xff, 20, 200);
  server.answers[images] = () => new Response(bytes);
  await load();
  expect(failure()).toMatchObject({ code: 'bad_file', message: expect.stringContaining(images) });
});

test('Loader names a file without gzip that is cut off', async () => {
  const [images = ''] = NAMES;
  server.answers[images] = () => new Response(CONTENT.slice(0, 3));
  await load();
  expect(failure()?.message).toBe(`${images}: The images end too early.`);
});

test('Loader refuses an empty file', async () => {
  const [images = ''] = NAMES;
  server.answers[images] = () => new Response(new Uint8Array());
  await load();
  expect(failure()?.code).toBe('bad_file');
});

test('Loader refuses a web page in place of a file', async () => {
  const [images = ''] = NAMES;
  server.answers[images] = () => new Response('<!doctype html><title>Not here</title>');
  await load();
  expect(failure()).toMatchObject({ code: 'bad_file', message: expect.stringContaining(images) });
});

test('Loader distinguishes a server error and a lost connection from damage', async () => {
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

test('Loader does not call a connection that is lost within a gzip file damage', async () => {
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

test('Loader gives up a connection that delivers nothing, and aborts its request', async () => {
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

test('reload asks for nothing twice while files are still arriving', async () => {
  bench.open();
  bench.send({ type: 'reload' });
  await loaded();
  expect(server.asked).toEqual(NAMES);
});
