import { expect, test } from 'vitest';
import { Refusal } from '../problem.js';
import { Bench, SPEC } from '../testing/bench.js';

const impossible = { ...SPEC, layers: [] };

test('open reports the version, what was built, its phase and a first checkpoint', () => {
  const bench = new Bench().open();
  expect(bench.events.map(({ type }) => type).slice(0, 4)).toEqual(['opened', 'built', 'phase', 'checkpoint']);
  expect(bench.of('built')[0]).toMatchObject({ spec: SPEC, step: 0 });
});

test('open with a checkpoint continues from its step and its time', async () => {
  const first = new Bench().open();
  first.send({ type: 'step' });
  await first.idle();
  first.send({ type: 'configure', training: SPEC.training });
  const checkpoint = first.of('checkpoint').at(-1)?.checkpoint ?? null;
  const second = new Bench();
  second.send({ type: 'open', dataUrl: '', spec: SPEC, checkpoint: checkpoint && { ...checkpoint, elapsed: 60 } });
  expect(second.of('built')[0]?.step).toBe(1);
  expect(second.of('progress')[0]?.progress).toMatchObject({ step: 1, elapsed: 60 });
});

test('restart rejects an impossible spec, and the run before it goes on', async () => {
  const bench = new Bench().open();
  bench.send({ type: 'train' });
  await bench.turns(1);
  bench.send({ type: 'restart', spec: impossible });
  expect(bench.of('rejected')).toMatchObject([{ command: 'restart', problem: { code: 'impossible_shape' } }]);
  expect(bench.of('built')).toHaveLength(1);
  await bench.idle();
  expect(bench.session.position().step).toBe(40);
});

test('restart begins at step 0, and rests there', async () => {
  const bench = new Bench().open();
  bench.send({ type: 'train' });
  await bench.turns(2);
  bench.send({ type: 'restart', spec: SPEC });
  await bench.idle();
  expect(bench.session.position().step).toBe(0);
  expect(bench.of('built')).toHaveLength(2);
  expect(bench.phases).toEqual(['ready', 'training', 'ready']);
});

test('configure rejects impossible settings, and nothing is changed', () => {
  const bench = new Bench().open();
  bench.send({ type: 'configure', training: { ...SPEC.training, batch_size: 0 } });
  expect(bench.of('rejected')).toMatchObject([{ command: 'configure', problem: { code: 'out_of_range' } }]);
  expect(bench.of('configured')).toEqual([]);
});

test('probe with an image of the wrong size does no harm', async () => {
  const bench = new Bench().open();
  bench.send({ type: 'probe', probe: { kind: 'drawing', pixels: new Uint8Array(3) }, drawnAt: 0 });
  expect(bench.of('prediction')).toEqual([]);
  expect(bench.of('failed')).toEqual([]);
});

test('Commands report a trap once, and do not call the engine again', async () => {
  const bench = new Bench().open();
  bench.session.trapsAt = 5;
  bench.send({ type: 'train' });
  await bench.idle();
  expect(bench.of('failed')).toEqual([
    {
      type: 'failed',
      problem: { code: 'engine_crashed', message: expect.stringContaining('unreachable'), layer: null },
    },
  ]);
  bench.forget();
  bench.send({ type: 'train' });
  bench.send({ type: 'probe', probe: { kind: 'drawing', pixels: new Uint8Array(784) }, drawnAt: 0 });
  await bench.idle();
  expect(bench.events).toEqual([]);
  expect(bench.session.calls).toEqual([]);
});

test('Commands that change the run wait for the step under way, and a drawing does not', async () => {
  const bench = new Bench().open();
  const finish = bench.holdSteps();
  bench.send({ type: 'train' });
  await bench.turns(1);
  bench.forget();
  bench.send({ type: 'pause' });
  bench.send({ type: 'restart', spec: SPEC });
  const pixels = new Uint8Array(784).fill(1);
  bench.send({ type: 'probe', probe: { kind: 'drawing', pixels }, drawnAt: 5 });
  expect(bench.events.map(({ type }) => type)).toEqual(['prediction']);
  finish();
  await bench.idle();
  expect(bench.of('progress')[0]?.progress.step).toBe(1);
  const order = bench.events.flatMap((event) =>
    event.type === 'built' ? 'built' : event.type === 'phase' ? event.phase : [],
  );
  expect(order).toEqual(['paused', 'built', 'ready']);
});

test('train is rejected, and does not crash, when the engine refuses a step', async () => {
  const bench = new Bench().open();
  const { share } = bench.pool;
  bench.pool.share = async () => {
    throw new Refusal('impossible_shape', 'The step does not fit.');
  };
  bench.send({ type: 'train' });
  await bench.idle();
  expect(bench.of('failed')).toEqual([]);
  expect(bench.of('rejected')).toMatchObject([{ command: 'train', problem: { message: 'The step does not fit.' } }]);
  expect(bench.phases).toEqual(['ready', 'training', 'ready']);
  bench.pool.share = share;
  bench.send({ type: 'train' });
  await bench.idle();
  expect(bench.session.position().step).toBe(40);
});

test('watch shows nothing of what the engine refuses, and the run goes on', async () => {
  const bench = new Bench();
  bench.send({ type: 'probe', probe: { kind: 'drawing', pixels: new Uint8Array(3) }, drawnAt: 0 });
  bench.open();
  bench.session.traceTest = bench.session.continueSurvey = () => {
    throw new Refusal('impossible_shape', 'That does not fit.');
  };
  bench.send({
    type: 'watch',
    watched: { instruments: ['backward', 'histograms', 'census'], layers: [], label: null },
  });
  bench.send({ type: 'train' });
  await bench.idle();
  expect(bench.of('snapshot').map(({ snapshot }) => snapshot.reading)).toEqual([null]);
  expect(bench.of('failed')).toEqual([]);
  expect(bench.session.position().step).toBe(40);
});

test('Commands free every pass, whatever is viewed', async () => {
  const bench = new Bench().open();
  bench.send({ type: 'watch', watched: { instruments: ['backward', 'histograms'], layers: [0], label: null } });
  for (let turn = 0; turn < 50; turn += 1) {
    await bench.turns(1);
    bench.send({ type: 'painted' });
    if (turn % 10 === 0) bench.send({ type: 'step' });
  }
  expect(bench.session.calls.filter((call) => call === 'backward').length).toBeGreaterThan(5);
  expect(bench.session.unfreed).toBe(0);
});

test('Commands report the phase of every run that is built', () => {
  const bench = new Bench().open();
  bench.send({ type: 'restart', spec: SPEC });
  expect(bench.events.flatMap(({ type }) => (type === 'built' || type === 'phase' ? type : []))).toEqual([
    ...['built', 'phase', 'built', 'phase'],
  ]);
});
