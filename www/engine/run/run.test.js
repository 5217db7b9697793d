import { expect, test } from 'vitest';
import { Refusal } from '../problem.js';
import { Bench, SPEC } from '../testing/bench.js';

const impossible = { ...SPEC, layers: [] };

test('opening tells the version, what was built and a first checkpoint', () => {
  const bench = new Bench().open();
  expect(bench.events.map(({ type }) => type).slice(0, 3)).toEqual(['opened', 'built', 'checkpoint']);
  expect(bench.of('built')[0]).toMatchObject({ spec: SPEC, step: 0 });
});

test('opening with a checkpoint goes on from its step and its time', async () => {
  const first = new Bench().open();
  first.run.step();
  await first.idle();
  first.run.configure({ type: 'configure', training: SPEC.training });
  const checkpoint = first.of('checkpoint').at(-1)?.checkpoint ?? null;
  const second = new Bench();
  second.run.open({ type: 'open', dataUrl: '', spec: SPEC, checkpoint: checkpoint && { ...checkpoint, elapsed: 60 } });
  expect(second.of('built')[0]?.step).toBe(1);
  expect(second.of('progress')[0]?.progress).toMatchObject({ step: 1, elapsed: 60 });
});

test('an impossible spec is rejected and the run before it goes on', async () => {
  const bench = new Bench().open();
  bench.run.train();
  await bench.turns(1);
  bench.run.restart({ type: 'restart', spec: impossible });
  expect(bench.of('rejected')).toMatchObject([{ command: 'restart', problem: { code: 'impossible_shape' } }]);
  expect(bench.of('built')).toHaveLength(1);
  await bench.idle();
  expect(bench.session.position().step).toBe(40);
});

test('a restart begins at step 0, standing still', async () => {
  const bench = new Bench().open();
  bench.run.train();
  await bench.turns(2);
  bench.run.restart({ type: 'restart', spec: SPEC });
  await bench.idle();
  expect(bench.session.position().step).toBe(0);
  expect(bench.of('built')).toHaveLength(2);
  expect(bench.of('paused')).toEqual([]);
});

test('impossible settings are rejected and nothing is changed', () => {
  const bench = new Bench().open();
  bench.run.configure({ type: 'configure', training: { ...SPEC.training, batch_size: 0 } });
  expect(bench.of('rejected')).toMatchObject([{ command: 'configure', problem: { code: 'out_of_range' } }]);
  expect(bench.of('configured')).toEqual([]);
});

test('a checkpoint is read without going on from it, and what is none is refused', () => {
  const bench = new Bench().open();
  bench.run.readCheckpoint({ type: 'readCheckpoint', request: 3, bytes: Uint8Array.of(7, 1) });
  bench.run.readCheckpoint({ type: 'readCheckpoint', request: 4, bytes: Uint8Array.of(7) });
  expect(bench.of('checkpointRead')).toMatchObject([
    { request: 3, spec: SPEC, step: 263, problem: null },
    { request: 4, spec: null, problem: { code: 'bad_file' } },
  ]);
  expect(bench.session.position().step).toBe(0);
});

test('a question is answered with its number, whether the spec is possible or not', () => {
  const bench = new Bench().open();
  bench.run.validate({ type: 'validate', request: 7, spec: SPEC });
  bench.run.validate({ type: 'validate', request: 8, spec: impossible });
  expect(bench.of('validated')).toMatchObject([
    { request: 7, summary: { classes: 10 }, problem: null },
    { request: 8, summary: null, problem: { code: 'impossible_shape' } },
  ]);
});

test('of the test images asked for, those that have come are given', () => {
  const bench = new Bench().open();
  bench.run.testImages({ type: 'testImages', request: 1, indices: [3, 99, 100, 1_000_000] });
  expect(bench.of('testImages')[0]?.images.map(({ index, label }) => [index, label])).toEqual([
    [3, 3],
    [99, 9],
  ]);
});

/** Lets the fake engine read every digit rightly but those of `wrong`, a millisecond each. @param {Bench} bench @param {number[]} wrong */
function misreads({ session }, wrong) {
  session.predict = ([index = 0]) => {
    session.time += 1;
    const read = wrong.includes(index) ? index + 1 : index;
    return Float32Array.from({ length: 10 }, (_, digit) => Number(digit === read % 10));
  };
}

test('the next misread digit is found behind the one given, and from the last on the search goes round', async () => {
  const bench = new Bench().open();
  misreads(bench, [5, 40]);
  for (const after of [-1, 5, 40]) bench.run.nextWrong({ type: 'nextWrong', request: after, after });
  await bench.idle();
  expect(bench.of('nextWrong').map(({ request, index }) => [request, index])).toEqual([
    [-1, 5],
    [5, 40],
    [40, 5],
  ]);
});

test('where no digit is misread, and before there is any, none is found', async () => {
  const bench = new Bench().open();
  misreads(bench, []);
  bench.run.nextWrong({ type: 'nextWrong', request: 1, after: 7 });
  await bench.idle();
  bench.session.loadedTest = 0;
  bench.run.nextWrong({ type: 'nextWrong', request: 2, after: 7 });
  await bench.idle();
  expect(bench.of('nextWrong').map(({ index }) => index)).toEqual([null, null]);
});

test('without a network the search is answered, with nothing', () => {
  const bench = new Bench();
  bench.session.predict = () => {
    throw new Refusal('not_ready', 'There is no network yet.');
  };
  bench.run.nextWrong({ type: 'nextWrong', request: 1, after: 0 });
  expect(bench.of('nextWrong')).toMatchObject([{ request: 1, index: null }]);
});

test('training goes on while misread digits are looked for', async () => {
  const bench = new Bench().open();
  misreads(bench, [99]);
  bench.run.train();
  bench.run.nextWrong({ type: 'nextWrong', request: 1, after: 0 });
  while (bench.of('nextWrong').length === 0) await bench.turns(1);
  expect(bench.of('nextWrong')[0]?.index).toBe(99);
  expect(bench.session.position().step).toBeGreaterThan(0);
  expect(bench.of('progress').length).toBeGreaterThan(0);
});

test('a search ends with the engine', async () => {
  const bench = new Bench().open();
  misreads(bench, []);
  bench.session.trapsAt = 1;
  bench.run.train();
  bench.run.nextWrong({ type: 'nextWrong', request: 1, after: 0 });
  await bench.idle();
  expect(bench.of('failed')).toHaveLength(1);
  expect(bench.of('nextWrong')).toEqual([]);
});

test('an image of the wrong size is refused without harm', async () => {
  const bench = new Bench().open();
  bench.run.probe({ type: 'probe', probe: { kind: 'drawing', pixels: new Uint8Array(3) }, drawnAt: 0 });
  expect(bench.of('prediction')).toEqual([]);
  expect(bench.of('failed')).toEqual([]);
});

test('a trap is told once as a short text, and the engine is not called again', async () => {
  const bench = new Bench().open();
  bench.session.trapsAt = 5;
  bench.run.train();
  await bench.idle();
  expect(bench.of('failed')).toEqual([
    {
      type: 'failed',
      problem: { code: 'engine_crashed', message: expect.stringContaining('unreachable'), layer: null },
    },
  ]);
  bench.forget();
  bench.run.train();
  bench.run.probe({ type: 'probe', probe: { kind: 'drawing', pixels: new Uint8Array(784) }, drawnAt: 0 });
  await bench.idle();
  expect(bench.events).toEqual([]);
  expect(bench.session.calls).toEqual([]);
});

test('what changes the run waits for the step under way, and a drawing does not', async () => {
  const bench = new Bench().open();
  let finish = () => {};
  bench.pool.share = async (/** @type {number} */ blocks) => {
    await new Promise((resolve) => (finish = () => resolve(undefined)));
    bench.session.compute(0, blocks);
    return bench.session.finishStep();
  };
  bench.run.train();
  await bench.turns(1);
  bench.forget();
  bench.run.pause();
  bench.run.restart({ type: 'restart', spec: SPEC });
  const pixels = new Uint8Array(784).fill(1);
  bench.run.probe({ type: 'probe', probe: { kind: 'drawing', pixels }, drawnAt: 5 });
  expect(bench.events.map(({ type }) => type)).toEqual(['prediction']);
  finish();
  await bench.idle();
  expect(bench.of('progress')[0]?.progress.step).toBe(1);
  const order = bench.events.map(({ type }) => type).filter((type) => type === 'paused' || type === 'built');
  expect(order).toEqual(['paused', 'built']);
});
