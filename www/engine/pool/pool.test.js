import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Pool } from './pool.js';
import { SPEC, settled } from '../testing/bench.js';
import { FakeHelper } from '../testing/fake-helper.js';
import { FakeSession } from '../testing/fake-session.js';

/** @param {number} helpers wanted in each step */
function start(helpers, batch_size = 128) {
  const session = new FakeSession();
  /** @type {FakeHelper[]} */
  const workers = [];
  const createWorker = () => {
    const worker = new FakeHelper();
    workers.push(worker);
    return worker;
  };
  const tuner = { helpers, likely: helpers, measured: vi.fn(), restart: vi.fn() };
  const nextTask = async () => {
    session.time += 1;
    await settled();
  };
  const pool = new Pool({
    session: /** @type {any} */ (session),
    createWorker,
    tuner,
    now: () => session.time,
    nextTask,
  });
  const spec = { ...SPEC, training: { ...SPEC.training, batch_size } };
  session.start(spec);
  pool.begin(spec);
  return { session, workers, pool, tuner, spec };
}

/** A pool whose helpers have been built. @param {number} helpers */
async function built(helpers, batch_size = 128) {
  const bench = start(helpers, batch_size);
  await bench.pool.steps(1, 1);
  bench.workers.forEach((worker) => worker.built());
  return bench;
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

test('Pool makes steps without the helpers that are still starting', async () => {
  const { session, workers, pool } = start(2);
  const made = await pool.steps(3, 100);
  expect(made).toHaveLength(3);
  expect(workers.map(({ commands }) => commands)).toMatchObject([[{ type: 'build' }], [{ type: 'build' }]]);
  expect(session.computed).toEqual([{ first: 0, end: 8, here: true }]);
});

test('Pool shares blocks out evenly, each to one worker', async () => {
  const { session, workers, pool } = await built(2);
  const steps = pool.steps(1, 100);
  await settled();
  workers[1]?.answer();
  workers[0]?.answer();
  expect(await steps).toHaveLength(1);
  expect(session.computed).toEqual([
    { first: 0, end: 2, here: true },
    { first: 2, end: 5, here: false },
    { first: 5, end: 8, here: false },
  ]);
  expect(pool.workers).toBe(3);
});

test('Pool asks no more helpers than there are blocks', async () => {
  const { session, workers, pool } = await built(3, 32);
  const steps = pool.steps(1, 100);
  await settled();
  workers[0]?.answer();
  await steps;
  expect(session.computed.map(({ here }) => here)).toEqual([true, false]);
});

test('Pool computes what a helper that died owes, and starts another', async () => {
  const { session, workers, pool } = await built(1);
  const steps = pool.steps(1, 100);
  await settled();
  workers[0]?.says({ type: 'failed', message: 'unreachable' });
  expect(await steps).toHaveLength(1);
  expect(session.computed).toEqual([
    { first: 0, end: 4, here: true },
    { first: 4, end: 8, here: true },
  ]);
  expect(workers[0]?.terminated).toBe(true);
  await pool.steps(1, 100);
  expect(workers).toHaveLength(2);
});

test('Pool gives up a helper that does not answer', async () => {
  const { session, workers, pool } = await built(1);
  const steps = pool.steps(1, 100);
  // First it spins for a moment, then it sleeps.
  for (let turn = 0; turn < 10; turn += 1) await settled();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await steps).toHaveLength(1);
  expect(workers[0]?.terminated).toBe(true);
  expect(session.computed.every(({ here }) => here)).toBe(true);
});

test('Pool starts no more helpers after several have died', async () => {
  const { workers, pool } = await built(1);
  for (let turn = 0; turn < 10; turn += 1) {
    workers.at(-1)?.says({ type: 'failed', message: 'unreachable' });
    await pool.steps(1, 100);
  }
  expect(workers).toHaveLength(3);
});

test('Pool has each helper build a new network before it asks it again', async () => {
  const { session, workers, pool, spec } = await built(1);
  session.start(spec);
  pool.begin(spec);
  await pool.steps(1, 100);
  expect(session.computed).toEqual([{ first: 0, end: 8, here: true }]);
  workers[0]?.built();
  const steps = pool.steps(1, 100);
  await settled();
  expect(workers[0]?.commands.map(({ type }) => type)).toEqual(['build', 'build', 'compute']);
  workers[0]?.answer();
  await steps;
});

test('HelperClient sends the same buffer there and back', async () => {
  const { workers, pool } = await built(1);
  for (let turn = 0; turn < 3; turn += 1) {
    const steps = pool.steps(1, 100);
    await settled();
    workers[0]?.answer();
    await steps;
  }
  const buffers = workers[0]?.commands.flatMap((command) => (command.type === 'compute' ? [command.buffer] : []));
  expect(buffers).toHaveLength(3);
  expect(new Set(buffers).size).toBe(1);
});

test('hurry ends the steps after the one under way', async () => {
  const { session, pool } = start(0);
  session.stepTakes = 0;
  const steps = pool.steps(1000, 100);
  pool.hurry();
  expect(await steps).toHaveLength(1);
});

test('configure has a new batch size measured, and passes other settings on', async () => {
  const { workers, pool, tuner, spec } = await built(1);
  tuner.restart.mockClear();
  pool.configure({ ...spec.training, epochs: 7 });
  expect(tuner.restart).not.toHaveBeenCalled();
  expect(workers[0]?.commands.at(-1)).toMatchObject({ type: 'configure', training: { epochs: 7 } });
  pool.configure({ ...spec.training, batch_size: 64 });
  expect(tuner.restart).toHaveBeenCalledOnce();
});
