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

test('the sum is that of the unpacked files one after the other, and they are read once', async () => {
  asked = 0;
  const sum = new DataSum({ url: 'http://data/', fetch, nextTask: now });
  const hex = createHash('sha256').update(whole).digest('hex');
  expect(await Promise.all([sum.get(), sum.get()])).toEqual(Array(2).fill({ algorithm: 'sha256', hex }));
  expect(asked).toBe(4);
});

test('without a secure connection it is FNV-1a, as the engine computes it', async () => {
  expect(await fnv1a64(new Uint8Array(), now)).toBe('cbf29ce484222325');
  expect(await fnv1a64(Uint8Array.from([97]), now)).toBe('af63dc4c8601ec8c');
  const bytes = Uint8Array.from({ length: 3_000 }, (_, i) => (i * 7919) % 256);
  expect(await fnv1a64(bytes, now)).toBe(inBigIntegers(bytes));
});

test('a file that does not arrive is an error, and the next question tries again', async () => {
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

test('a run trains to a step and pauses there, and its receipt says where it is', async () => {
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

test('a receipt asked for before a restart names the run it was asked of', async () => {
  const bench = new Bench(fetch).open();
  const training = { ...SPEC.training, epochs: 3 };
  bench.send({ type: 'configure', training });
  const receipt = bench.ask('receipt', {});
  bench.send({ type: 'restart', spec: { ...SPEC, seed: 99 } });
  expect((await receipt).answer?.spec).toEqual({ ...SPEC, training });
});

test('to the last step is to the end of the run, and back is nowhere', async () => {
  const bench = new Bench(fetch).open();
  bench.send({ type: 'trainTo', step: 40 });
  await bench.idle();
  expect(bench.phases.at(-1)).toBe('finished');
  bench.forget();
  bench.send({ type: 'trainTo', step: 3 });
  await bench.idle();
  expect(bench.phases).toEqual([]);
});

test('settings changed in the middle of a run are remembered, also by its checkpoints; those before it are not', async () => {
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
