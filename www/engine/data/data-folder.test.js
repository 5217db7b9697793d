import { gzipSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { withSet } from '../../model/data-sets.js';
import { absence } from './data-folder.js';
import { KINDS, ZIPPED_NAMES } from './sources.js';
import { Bench, settled, SPEC } from '../testing/bench.js';

const CLOTHES = withSet(SPEC, 'fashion');
const HERE = 'http://data/';
const PAGE = '<!doctype html><title>Not here</title>';
const answering = (/** @type {string | Uint8Array} */ body, status = 200) =>
  /** @type {typeof fetch} */ (async () => new Response(/** @type {any} */ (body), { status }));

/** A host of both sets; each file holds the name of its own address. */
class Host {
  /** @type {string[]} */
  asked = [];
  hasFashion = true;
  /** A part of an address that is answered late. @type {string | null} */
  stalls = null;
  arrivesLate = () => {};
  /** @type {AbortSignal[]} */
  signals = [];

  /** @type {typeof fetch} */
  fetch = async (url, init) => {
    const address = String(url);
    this.asked.push(address.replace(HERE, ''));
    if (init?.signal) this.signals.push(init.signal);
    if (this.stalls && address.includes(this.stalls)) {
      await /** @type {Promise<void>} */ (new Promise((resolve) => (this.arrivesLate = resolve)));
    }
    if (address.includes('/fashion/') && !this.hasFashion) return new Response(PAGE);
    return new Response(gzipSync(address));
  };
}

const restart = (/** @type {import('../../model/spec.js').Spec} */ spec) => ({
  type: /** @type {const} */ ('restart'),
  spec,
});

/** @param {Bench} bench */
async function loaded(bench) {
  do await bench.idle();
  while (!bench.of('loading').at(-1)?.loading.done);
}

/** @param {Bench} bench @param {string} set */
function expectFilesOf({ session }, set) {
  for (const kind of KINDS) {
    expect(String.fromCharCode(...(session.files[kind]?.bytes ?? []))).toBe(`${HERE}${set}/${ZIPPED_NAMES[kind]}`);
  }
}

test('absence finds a file that begins as gzip or as IDX does', async () => {
  expect(await absence(HERE, 'fashion', answering(gzipSync('labels')))).toBeNull();
  expect(await absence(HERE, 'fashion', answering(Uint8Array.of(0, 0, 8, 1, 0)))).toBeNull();
});

test.each([
  ['an answer of 404', answering('', 404)],
  ['an answer of 410', answering('', 410)],
  ['a web page in its place', answering(PAGE)],
  ['nothing at all', answering('')],
])('%s is reported in one sentence that says what to do', async (_, fetch) => {
  expect(await absence(HERE, 'fashion', fetch)).toMatchObject({
    code: 'no_data',
    message:
      'Fashion-MNIST is not on this site. Choose MNIST. If the site is yours, create the files with “cargo xtask data --set fashion”.',
  });
});

test('absence distinguishes a lost connection and a broken server from a missing folder', async () => {
  const lost = /** @type {typeof fetch} */ (() => Promise.reject(new TypeError('Failed to fetch')));
  expect((await absence(HERE, 'fashion', lost))?.message).toContain('connection');
  expect((await absence(HERE, 'fashion', answering('', 503)))?.message).toContain('server');
});

test('absence does not wait for the host for ever', async () => {
  const host = new Host();
  await absence(HERE, 'fashion', host.fetch);
  expect(host.signals).toHaveLength(1);
});

test('restart on another data set loads it in place of the one before, and back', async () => {
  const host = new Host();
  const bench = new Bench(host.fetch).open();
  await loaded(bench);
  expectFilesOf(bench, 'mnist');
  for (const [spec, set] of /** @type {const} */ ([
    [CLOTHES, 'fashion'],
    [SPEC, 'mnist'],
  ])) {
    bench.forget();
    bench.send(restart(spec));
    await settled();
    expect(bench.of('built')).toMatchObject([{ spec: { data: { set } } }]);
    await loaded(bench);
    expectFilesOf(bench, set);
  }
});

test('restart on another data set ends the loading of the one before', async () => {
  const host = new Host();
  host.stalls = 'mnist/train-images';
  const bench = new Bench(host.fetch).open();
  // Files before it are unpacked elsewhere, which takes its time.
  await vi.waitFor(() => expect(host.asked.at(-1)).toContain('mnist/train-images'), 20_000);
  bench.forget();
  bench.send(restart(CLOTHES));
  await settled();
  host.arrivesLate();
  await loaded(bench);
  expect(host.signals.find((_, at) => host.asked[at]?.includes('mnist/train-images'))?.aborted).toBe(true);
  expect(bench.of('dataFailed')).toEqual([]);
  const bytes = bench.of('loading').map(({ loading }) => loading.loaded);
  expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
  expect(bench.of('loading').filter(({ loading }) => loading.done)).toHaveLength(1);
  expectFilesOf(bench, 'fashion');
});

test('restart on a data set whose files are missing is rejected, and the run goes on', async () => {
  const host = new Host();
  host.hasFashion = false;
  const bench = new Bench(host.fetch).open();
  await loaded(bench);
  bench.send({ type: 'train' });
  await bench.turns(2);
  bench.send(restart(CLOTHES));
  expect(bench.of('seeking')).toMatchObject([{ set: 'fashion' }]);
  await bench.idle();
  expect(bench.of('rejected')).toMatchObject([{ command: 'restart', problem: { code: 'no_data' } }]);
  expect(bench.of('built')).toHaveLength(1);
  expect(bench.session.position().step).toBe(40);
  expectFilesOf(bench, 'mnist');
});

test('open with a data set whose files are missing is rejected, and the default set is not searched for', async () => {
  const host = new Host();
  host.hasFashion = false;
  const bench = new Bench(host.fetch).open(CLOTHES);
  await bench.idle();
  expect(bench.of('rejected')).toMatchObject([{ command: 'open', problem: { code: 'no_data' } }]);
  bench.forget();
  bench.send(restart(SPEC));
  expect(bench.of('built')).toHaveLength(1);
  expect(bench.of('seeking')).toEqual([]);
});

test('seek reports on the latest request alone', async () => {
  const bench = new Bench(new Host().fetch).open();
  await loaded(bench);
  bench.send(restart(CLOTHES));
  bench.send(restart({ ...SPEC, seed: 9 }));
  await loaded(bench);
  expect(bench.of('built').map(({ spec }) => [spec.data.set, spec.seed])).toEqual([
    ['mnist', SPEC.seed],
    ['mnist', 9],
  ]);
});

test('restore loads the data set of its run', async () => {
  const bench = new Bench(new Host().fetch).open(CLOTHES);
  await settled();
  await loaded(bench);
  const checkpoint = /** @type {import('../../model/reports.js').Checkpoint} */ (
    bench.of('checkpoint').at(-1)?.checkpoint
  );
  // The stand-in does not write the spec into its checkpoints.
  bench.session.checkpointSpec = CLOTHES;
  bench.send(restart(SPEC));
  await settled();
  await loaded(bench);
  bench.forget();
  bench.send({ type: 'restore', run: 'clothes', set: 'fashion', checkpoint });
  await settled();
  await loaded(bench);
  expect(bench.of('built')).toMatchObject([{ run: 'clothes' }]);
  expectFilesOf(bench, 'fashion');
});
