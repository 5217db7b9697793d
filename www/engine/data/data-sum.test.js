import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
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

test('a file that does not come is an error, and the next question tries again', async () => {
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
async function receiptOf(bench) {
  const before = bench.of('receipt').length;
  bench.run.receipt({ type: 'receipt', request: 1 });
  await vi.waitFor(() => expect(bench.of('receipt').length).toBeGreaterThan(before));
  return bench.of('receipt').at(-1);
}

test('a run trains to a step and pauses there, and its receipt tells where it stands', async () => {
  const bench = new Bench(fetch).open();
  bench.run.trainTo({ type: 'trainTo', step: 7 });
  await bench.idle();
  expect(bench.of('paused')).toEqual([{ type: 'paused', reason: 'user' }]);
  expect(bench.session.position().step).toBe(7);
  expect(await receiptOf(bench)).toMatchObject({
    ...{ request: 1, problem: null },
    receipt: { spec: SPEC, step: 7, weights: '0000000000000007', version: 'test', touched: [] },
  });
});

test('a receipt asked for before a restart names the run it was asked of', async () => {
  const bench = new Bench(fetch).open();
  const training = { ...SPEC.training, epochs: 3 };
  bench.run.configure({ type: 'configure', training });
  bench.run.receipt({ type: 'receipt', request: 1 });
  bench.run.restart({ type: 'restart', spec: { ...SPEC, seed: 99 } });
  await vi.waitFor(() => expect(bench.of('receipt')).toHaveLength(1));
  expect(bench.of('receipt')[0]?.receipt?.spec).toEqual({ ...SPEC, training });
});

test('to the last step is to the end of the run, and back is nowhere', async () => {
  const bench = new Bench(fetch).open();
  bench.run.trainTo({ type: 'trainTo', step: 40 });
  await bench.idle();
  expect(bench.of('paused')).toEqual([{ type: 'paused', reason: 'finished' }]);
  bench.forget();
  bench.run.trainTo({ type: 'trainTo', step: 3 });
  await bench.idle();
  expect(bench.of('training')).toEqual([]);
});

test('settings changed in the middle of a run are remembered, also by its checkpoints; those before it are not', async () => {
  const bench = new Bench(fetch).open();
  const training = { ...SPEC.training, epochs: 3 };
  bench.run.configure({ type: 'configure', training });
  bench.run.trainTo({ type: 'trainTo', step: 5 });
  await bench.idle();
  expect((await receiptOf(bench))?.receipt?.touched).toEqual([]);
  bench.run.configure({ type: 'configure', training });
  expect((await receiptOf(bench))?.receipt?.touched).toEqual([]);
  bench.run.configure({ type: 'configure', training: { ...training, epochs: 4 } });
  expect((await receiptOf(bench))?.receipt?.touched).toEqual(['settings']);
  const checkpoint = bench.of('checkpoint').at(-1)?.checkpoint ?? null;
  const next = new Bench(fetch);
  next.run.open({ type: 'open', dataUrl: 'http://data/', spec: SPEC, checkpoint });
  expect((await receiptOf(next))?.receipt?.touched).toEqual(['settings']);
});
