import { expect, test } from 'vitest';
import { Bench, SPEC } from './testing/bench.js';

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
