import { beforeAll, beforeEach, expect, test } from 'vitest';
import { Pool } from '../pool/pool.js';
import { Tuner } from '../pool/tuner.js';
import { SPEC } from '../testing/bench.js';
import { loadEngine, sessionWithDigits } from '../testing/real-engine.js';
import { Commands } from './commands.js';

/** @type {ReturnType<typeof sessionWithDigits>} */
let session;
/** @type {Commands} */
let commands;
/** @type {import('../protocol.js').Event[]} */
let events = [];

const LAYERS = /** @type {import('../../model/spec.js').LayerSpec[]} */ ([
  { type: 'flatten' },
  { type: 'dense', units: 10 },
]);

/** Two drawings that are no digits: a column is a 3, a row an 8. */
const EXAMPLES = {
  pixels: Uint8Array.from({ length: 2 * 784 }, (_, at) =>
    at < 784 ? (Math.floor((at % 28) / 3) === 2 ? 255 : 0) : Math.floor((at - 784) / 84) === 2 ? 255 : 0,
  ),
  labels: Uint8Array.of(3, 8),
};

beforeAll(() => void (session = sessionWithDigits()));

beforeEach(() => {
  const nextTask = () => /** @type {Promise<void>} */ (new Promise((resolve) => setImmediate(resolve)));
  const now = () => performance.now();
  const pool = new Pool({ session, createWorker: null, tuner: new Tuner(0), now, nextTask });
  events = [];
  commands = new Commands({
    ...{ session, engine: loadEngine(), pool, nextTask, now, later: () => {}, fetch: () => new Promise(() => {}) },
    emit: (event) => void events.push(event),
  });
  // The digits are there already.
  commands.data.use = (set, summary, start) => {
    start();
    return false;
  };
  commands.obey({ type: 'open', dataUrl: 'http://data/', spec: { ...SPEC, layers: LAYERS }, checkpoint: null });
  for (let step = 0; step < 30; step++) {
    session.compute(0, session.beginStep());
    session.finishStep();
  }
});

/** @param {'teach' | 'undoTeaching'} name @param {any} ask @returns {Promise<any>} */
async function ask(name, ask) {
  const id = events.length;
  commands.obey({ type: 'request', id, name, ask });
  const answered = () => events.find((event) => event.type === 'answered' && event.id === id);
  while (!answered()) await new Promise((resolve) => setImmediate(resolve));
  return answered();
}

const last = (/** @type {string} */ type) => /** @type {any} */ (events.findLast((event) => event.type === type));

test('teach: the examples are learnt, the run is marked, and says how far it has come', async () => {
  const before = session.fingerprint();
  const { answer } = await ask('teach', EXAMPLES);
  expect(answer).toMatchObject({ step: 30, after: 2, of: 2 });
  expect(session.fingerprint()).not.toBe(before);
  expect(session.position().step).toBe(30);
  expect(events).toContainEqual({ type: 'taught', step: 30, examples: 2 });
  expect(last('teaching').done).toBe(last('teaching').of);
  expect(last('checkpoint').checkpoint.touched).toEqual(['taught']);
  expect(commands.reporting.provenance.touched).toEqual(['taught']);
});

test('undoTeaching: the weights and what is said of the run are as before, once', async () => {
  const before = session.fingerprint();
  await ask('teach', EXAMPLES);
  expect(await ask('undoTeaching', {})).toMatchObject({ problem: null });
  expect(session.fingerprint()).toBe(before);
  expect(last('untaught')).toEqual({ type: 'untaught', step: 30 });
  expect(last('checkpoint').checkpoint.touched).toBeUndefined();
  expect((await ask('undoTeaching', {})).problem.code).toBe('not_ready');
});

test('teach refuses impossible examples, and nothing has changed then', async () => {
  const before = session.fingerprint();
  for (const examples of [
    { pixels: EXAMPLES.pixels, labels: Uint8Array.of(3) },
    { pixels: EXAMPLES.pixels, labels: Uint8Array.of(3, 10) },
    { pixels: new Uint8Array(), labels: new Uint8Array() },
  ]) {
    expect((await ask('teach', examples)).problem.code).toBe('impossible_shape');
  }
  expect(session.fingerprint()).toBe(before);
  expect(commands.reporting.provenance.touched).toEqual([]);
});

test('a run that is replaced in the middle ends the teaching, and is not touched by it', async () => {
  const answer = ask('teach', EXAMPLES);
  commands.obey({ type: 'restart', spec: { ...SPEC, layers: LAYERS, seed: 5 } });
  expect((await answer).problem.code).toBe('not_ready');
  const taught = session.fingerprint();
  session.start({ ...SPEC, layers: LAYERS, seed: 5 });
  expect(session.fingerprint()).toBe(taught);
  expect(commands.reporting.provenance.touched).toEqual([]);
});
