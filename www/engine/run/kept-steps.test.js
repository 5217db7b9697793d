import { expect, test } from 'vitest';
import { Bench, SPEC } from '../testing/bench.js';

/** @param {Bench} bench */
const checkpoints = (bench) => bench.of('checkpoint').map(({ checkpoint }) => checkpoint.step);

test('a run sends its checkpoint at each kept step, exactly', async () => {
  const bench = new Bench().open();
  bench.send({ type: 'train' });
  await bench.idle();
  expect(checkpoints(bench)).toEqual([0, 10, 20, 40]);
});

test('restart sends the checkpoint of the run before it', async () => {
  const bench = new Bench().open();
  for (let step = 0; step < 3; step += 1) {
    bench.send({ type: 'step' });
    await bench.idle();
  }
  bench.send({ type: 'restart', spec: SPEC });
  const reported = bench.events.map(({ type }) => type);
  expect(checkpoints(bench)).toEqual([0, 3, 0]);
  expect(reported.lastIndexOf('built')).toBeGreaterThan(
    reported.indexOf('checkpoint', reported.indexOf('checkpoint') + 1),
  );
});

test('restore rests at the step of its checkpoint, even in the middle of training', async () => {
  const bench = new Bench().open();
  bench.send({ type: 'train' });
  await bench.turns(15);
  const checkpoint = bench.of('checkpoint').map((event) => event.checkpoint)[1];
  if (!checkpoint) throw new Error('there is no checkpoint');
  expect(checkpoint.step).toBe(10);
  bench.send({ type: 'restore', run: 'first', set: 'mnist', checkpoint });
  await bench.idle();
  expect(bench.of('built').at(-1)).toMatchObject({ run: 'first', step: 10, spec: SPEC });
  expect(bench.session.position().step).toBe(10);
});

test('restore evaluates the run where it is, and the next step does not wait for that', async () => {
  const bench = new Bench().open();
  bench.send({ type: 'step' });
  await bench.idle();
  const checkpoint = { step: 1, elapsed: 1, bytes: bench.session.checkpoint() };
  const restore = () => bench.send({ type: 'restore', run: 'first', set: 'mnist', checkpoint });
  restore();
  await bench.idle();
  expect(bench.of('evaluated').map(({ evaluation: { split, step } }) => [split, step])).toEqual([
    ['test', 1],
    ['training', 1],
    ['validation', 1],
  ]);
  bench.forget();
  restore();
  bench.send({ type: 'step' });
  await bench.idle();
  expect(bench.session.position().step).toBe(2);
  expect(bench.of('evaluated')).toEqual([]);
});

test('restore rejects bytes that are not a checkpoint, and the run goes on', async () => {
  const bench = new Bench().open();
  bench.send({ type: 'train' });
  await bench.turns(3);
  const checkpoint = { step: 5, elapsed: 1, bytes: new Uint8Array(0) };
  bench.send({ type: 'restore', run: 'first', set: 'mnist', checkpoint });
  await bench.idle();
  expect(bench.of('rejected')).toMatchObject([{ command: 'restore', problem: { code: 'bad_file' } }]);
  expect(bench.of('built')).toHaveLength(1);
});
