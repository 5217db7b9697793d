import { beforeEach, expect, test } from 'vitest';
import { LETTERS, ownName, specOn, TINY } from '../../model/testing/own-set.js';
import { bytesOf, KINDS } from '../data/sources.js';
import { Bench, SPEC } from '../testing/bench.js';
import { filesOf } from '../testing/own-files.js';

const SHORT = { batch_size: 32, epochs: 2 };

/** @param {typeof LETTERS} own */
function onSet(own) {
  const spec = specOn(own);
  return { ...spec, training: { ...spec.training, ...SHORT } };
}

/** @param {typeof LETTERS} own */
const offer = (own) => ({ type: /** @type {const} */ ('offerSet'), ...own, files: filesOf(own.about) });
const restart = (/** @type {import('../../model/spec.js').Spec} */ spec) => ({
  type: /** @type {const} */ ('restart'),
  spec,
});

/** @type {Bench} */
let bench;
beforeEach(() => {
  bench = new Bench();
});

async function loaded() {
  do await bench.idle();
  while (!bench.of('loading').at(-1)?.loading.done && bench.of('dataFailed').length + bench.of('failed').length === 0);
}

test('a set that is offered is opened, read whole and trained on', async () => {
  bench.send(offer(LETTERS));
  bench.open(onSet(LETTERS));
  expect(bench.of('seeking')).toEqual([]);
  await loaded();
  expect(bench.of('built')).toMatchObject([{ summary: { input: [3, 32, 32], classes: 26 } }]);
  for (const [at, kind] of KINDS.entries()) {
    const { bytes, finished } = bench.session.files[kind] ?? { bytes: [], finished: false };
    expect([finished, bytes.length, new Set(bytes)]).toEqual([true, bytesOf(kind, LETTERS.about), new Set([at])]);
  }
  const total = KINDS.reduce((sum, kind) => sum + bytesOf(kind, LETTERS.about), 0);
  expect(bench.of('loading').at(-1)?.loading).toMatchObject({ loaded: total, total, done: true });
  bench.send({ type: 'train' });
  await bench.idle();
  expect(bench.session.position().step).toBe(40);
});

test('bytesOf is what an IDX file of the set has, in colour with one number more in its header', () => {
  expect(bytesOf('trainImages', LETTERS.about)).toBe(20 + 690 * 3 * 32 * 32);
  expect(bytesOf('testImages', TINY.about)).toBe(16 + 100 * 8 * 12);
  expect([bytesOf('trainLabels', TINY.about), bytesOf('testLabels', TINY.about)]).toEqual([698, 108]);
});

test('a set that was not offered is rejected with what is missing, and the run goes on', async () => {
  bench.open();
  bench.send({ type: 'train' });
  await bench.turns(2);
  bench.send(restart(onSet({ ...LETTERS, set: ownName('c') })));
  expect(bench.of('rejected')).toMatchObject([{ command: 'restart', problem: { code: 'no_data' } }]);
  expect(bench.of('rejected')[0]?.problem.message).toMatch(/: “Letters” \(set cccccccc\)\. Open their file/);
  await bench.idle();
  expect(bench.of('built')).toHaveLength(1);
  expect(bench.session.position().step).toBe(40);
});

test('what is said of a set that nobody has described is what its spec says', () => {
  const spec = { ...onSet(LETTERS), data: { ...SPEC.data, set: ownName('d') } };
  bench.open(spec);
  expect(bench.of('rejected')[0]?.problem.message).toBe(
    'This run needs images that are not on this device: 3×32×32 in 26 classes (set dddddddd). Open their file, or go on with MNIST.',
  );
  const checkpoint = { step: 1, elapsed: 0, bytes: Uint8Array.of(1, 0) };
  bench.send({ type: 'restore', run: 'x', set: spec.data.set, checkpoint });
  expect(bench.of('rejected')[1]).toMatchObject({ command: 'restore', problem: { code: 'no_data' } });
});

test('a network that does not fit the images is refused before the set under way is dropped', async () => {
  bench.send(offer(LETTERS));
  bench.open(onSet(LETTERS));
  await loaded();
  bench.send({ type: 'train' });
  await bench.turns(2);
  bench.send(offer(TINY));
  bench.send(restart({ ...onSet(TINY), input: [1, 28, 28] }));
  const [{ problem = null } = {}] = bench.of('rejected');
  expect(problem?.code).toBe('impossible_shape');
  expect(problem?.message).toContain('1×8×12 in 2 classes, but the network takes 1×28×28 and has 2');
  const { form, files } = bench.session;
  expect([form, files.trainImages?.finished]).toEqual([{ pixels: 3072, classes: 26 }, true]);
  await bench.idle();
  expect(bench.session.position().step).toBe(40);
});

test('a set is loaded again where the engine refuses a run on another after all', async () => {
  bench.send(offer(LETTERS));
  bench.open(onSet(LETTERS));
  await loaded();
  bench.send(offer(TINY));
  bench.session.checkpointSpec = onSet(TINY);
  bench.session.restore = () => {
    throw Object.assign(new Error('It is of another epoch.'), { code: 'bad_file' });
  };
  bench.forget();
  bench.send({
    type: 'restore',
    run: 'x',
    set: TINY.set,
    checkpoint: { step: 1, elapsed: 0, bytes: Uint8Array.of(1, 0) },
  });
  expect(bench.of('rejected')).toMatchObject([{ command: 'restore', problem: { code: 'bad_file' } }]);
  await loaded();
  expect(bench.session.form.pixels).toBe(3072);
  expect(bench.session.files.trainImages?.finished).toBe(true);
  expect(bench.of('built')).toEqual([]);
});

test('from a set of one form to another, and back to MNIST', async () => {
  const fetch = async () => new Response(Uint8Array.of(0, 0, 8, 3, 0));
  bench = new Bench(/** @type {any} */ (fetch)).open();
  await loaded();
  for (const [own, pixels] of /** @type {const} */ ([
    [LETTERS, 3072],
    [TINY, 96],
  ])) {
    bench.forget();
    bench.send(offer(own));
    bench.send(restart(onSet(own)));
    await loaded();
    expect([bench.of('built').length, bench.session.form.pixels]).toEqual([1, pixels]);
  }
  bench.forget();
  bench.send(restart(SPEC));
  await loaded();
  expect(bench.of('built')).toMatchObject([{ summary: { input: [1, 28, 28], classes: 10 } }]);
  expect(bench.session.form.pixels).toBe(784);
});

test('files that can no longer be read are named, and read from the set when it is offered again', async () => {
  const files = filesOf(LETTERS.about);
  const gone = new ReadableStream({ pull: (controller) => controller.error(new Error('NotReadableError')) });
  bench.send({ ...offer(LETTERS), files: { ...files, trainImages: /** @type {any} */ ({ stream: () => gone }) } });
  bench.open(onSet(LETTERS));
  await loaded();
  expect(bench.of('dataFailed')[0]?.problem.message).toContain(
    'train-images-idx3-ubyte of your images can no longer be read',
  );
  bench.forget();
  bench.send(offer(LETTERS));
  await loaded();
  expect(bench.of('loading').at(-1)?.loading.done).toBe(true);
});

test('the receipt of a run on one’s own images names their hash, and nothing is read for it', async () => {
  bench.send(offer(LETTERS));
  bench.open(onSet(LETTERS));
  const { answer } = await bench.ask('receipt', {});
  expect(answer?.data).toEqual({ algorithm: 'sha256', hex: 'a'.repeat(64) });
});

test('open continues from a checkpoint on the set that was offered', async () => {
  bench.send(offer(LETTERS));
  const checkpoint = { step: 3, elapsed: 1, bytes: Uint8Array.of(3, 0) };
  bench.send({ type: 'open', dataUrl: '', spec: onSet(LETTERS), checkpoint });
  expect(bench.of('built')).toMatchObject([{ step: 3, spec: { data: { set: LETTERS.set } } }]);
  const without = new Bench();
  without.send({ type: 'open', dataUrl: '', spec: onSet(LETTERS), checkpoint });
  expect(without.of('rejected')).toMatchObject([{ command: 'open', problem: { code: 'no_data' } }]);
});
