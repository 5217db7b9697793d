import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { DataSum, fnv1a64 } from './data-sum.js';
import { Bench, SPEC } from '../testing/bench.js';

const now = async () => {};
/** Another content for each file. @param {unknown} url */
const content = (url) => Buffer.from(String(url).replace('http://data/', '').repeat(100));
let asked = 0;
const fetch = /** @type {typeof globalThis.fetch} */ (
  async (url) => {
    asked += 1;
    return new Response(gzipSync(content(url)));
  }
);
const IN_ORDER = ['train-images-idx3', 'train-labels-idx1', 't10k-images-idx3', 't10k-labels-idx1'];
const whole = Buffer.concat(IN_ORDER.map((name) => content(`${name}-ubyte.gz`)));

/** @param {Uint8Array} bytes */
function inBigIntegers(bytes) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}

test('DataSum is of the unpacked files one after the other, which are read once', async () => {
  asked = 0;
  const sum = new DataSum({ url: 'http://data/', fetch, nextTask: now });
  const hex = createHash('sha256').update(whole).digest('hex');
  expect(await Promise.all([sum.get(), sum.get()])).toEqual(Array(2).fill({ algorithm: 'sha256', hex }));
  expect(asked).toBe(4);
});

test('fnv1a64 is what the engine computes', async () => {
  expect(await fnv1a64(new Uint8Array(), now)).toBe('cbf29ce484222325');
  expect(await fnv1a64(Uint8Array.from([97]), now)).toBe('af63dc4c8601ec8c');
  const bytes = Uint8Array.from({ length: 3_000 }, (_, i) => (i * 7919) % 256);
  expect(await fnv1a64(bytes, now)).toBe(inBigIntegers(bytes));
});

test('DataSum rejects when a file does not arrive, and tries again when asked again', async () => {
  let broken = true;
  const moody = /** @type {typeof globalThis.fetch} */ (
    async (url, init) => (broken ? new Response('', { status: 503 }) : fetch(url, init))
  );
  const sum = new DataSum({ url: 'http://data/', fetch: moody, nextTask: now });
  await expect(sum.get()).rejects.toThrow('could not be fetched');
  broken = false;
  expect((await sum.get()).algorithm).toBe('sha256');
});

/** @param {Bench} bench */
const receiptOf = (bench) => bench.ask('receipt', {});

test('trainTo pauses at its step, and the receipt says where the run is', async () => {
  const bench = new Bench(fetch).open();
  bench.send({ type: 'trainTo', step: 7 });
  await bench.idle();
  expect(bench.phases).toEqual(['ready', 'training', 'paused']);
  expect(bench.session.position().step).toBe(7);
  expect(await receiptOf(bench)).toMatchObject({
    problem: null,
    answer: { spec: SPEC, step: 7, weights: '0000000000000007', version: 'test', touched: [] },
  });
});

test('receipt names the run that it was asked of, whatever is started meanwhile', async () => {
  const bench = new Bench(fetch).open();
  const training = { ...SPEC.training, epochs: 3 };
  bench.send({ type: 'configure', training });
  const receipt = bench.ask('receipt', {});
  bench.send({ type: 'restart', spec: { ...SPEC, seed: 99 } });
  expect((await receipt).answer?.spec).toEqual({ ...SPEC, training });
});

test('trainTo ends the run at its last step, and does nothing for a step that has been made', async () => {
  const bench = new Bench(fetch).open();
  bench.send({ type: 'trainTo', step: 40 });
  await bench.idle();
  expect(bench.phases.at(-1)).toBe('finished');
  bench.forget();
  bench.send({ type: 'trainTo', step: 3 });
  await bench.idle();
  expect(bench.phases).toEqual([]);
});

test('receipt says that settings were changed in the middle of the run, also after a restore', async () => {
  const bench = new Bench(fetch).open();
  const training = { ...SPEC.training, epochs: 3 };
  bench.send({ type: 'configure', training });
  bench.send({ type: 'trainTo', step: 5 });
  await bench.idle();
  expect((await receiptOf(bench)).answer?.touched).toEqual([]);
  bench.send({ type: 'configure', training });
  expect((await receiptOf(bench)).answer?.touched).toEqual([]);
  bench.send({ type: 'configure', training: { ...training, batch_size: 16 } });
  expect((await receiptOf(bench)).answer).toMatchObject({ touched: [], spec: { training } });
  bench.send({ type: 'trainTo', step: 6 });
  await bench.idle();
  expect((await receiptOf(bench)).answer?.touched).toEqual(['settings']);
  const checkpoint = bench.of('checkpoint').at(-1)?.checkpoint ?? null;
  const next = new Bench(fetch);
  next.send({ type: 'open', dataUrl: 'http://data/', spec: SPEC, checkpoint });
  expect((await receiptOf(next)).answer?.touched).toEqual(['settings']);
});
