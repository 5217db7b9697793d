import { expect, test } from 'vitest';
import { Bench } from '../testing/bench.js';

/** @param {Bench} bench */
const costs = (bench) => bench.of('costs').map((event) => event.costs);

test('Costs estimate an epoch before the first step, and measure it when it has passed', async () => {
  const bench = new Bench();
  bench.session.rehearsalTakes = 2;
  bench.open();
  await bench.idle();
  // 16 images take 2 ms, and an epoch has 640.
  expect(costs(bench)).toMatchObject([{ estimated: 0.08, measured: null, workers: 1 }]);
  bench.send({ type: 'train' });
  await bench.idle();
  // 20 steps of 1 ms.
  expect(costs(bench).at(-1)).toMatchObject({ estimated: 0.08, measured: 0.02 });
});

test('Costs wait for the test images to estimate, and give way to training', async () => {
  const bench = new Bench();
  bench.session.rehearsalTakes = 2;
  bench.session.loadedTest = 0;
  bench.open();
  await bench.idle();
  expect(costs(bench)).toEqual([]);
  bench.session.loadedTest = 100;
  bench.send({ type: 'train' });
  while (bench.session.position().epoch < 1) await bench.turns(1);
  expect(costs(bench).at(-1)).toMatchObject({ estimated: null, measured: expect.any(Number) });
});

test('Costs estimate an epoch in a pause as well, if training left no time for it before', async () => {
  const bench = new Bench();
  bench.session.rehearsalTakes = 2;
  bench.open();
  bench.send({ type: 'train' });
  await bench.turns(3);
  bench.send({ type: 'pause' });
  expect(costs(bench).every(({ estimated }) => estimated === null)).toBe(true);
  await bench.idle();
  expect(bench.session.position().step).toBeGreaterThan(0);
  expect(costs(bench).at(-1)).toMatchObject({ estimated: 0.08 });
});

test('Costs do not compare an epoch whose settings were changed with the estimate', async () => {
  const bench = new Bench().open();
  bench.send({ type: 'train' });
  await bench.turns(1);
  const { training } = bench.of('built')[0]?.spec ?? {};
  if (!training) throw new Error('nothing was built');
  bench.send({ type: 'configure', training });
  while (bench.session.position().epoch < 1) await bench.turns(1);
  expect(costs(bench).at(-1)).toMatchObject({ measured: null });
});
