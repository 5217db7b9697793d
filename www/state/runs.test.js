import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_PRESET } from '../model/presets.js';
import { writeRun } from '../runs/file.js';
import { Run } from '../runs/run.js';
import { MemoryStorage } from '../runs/storage.js';
import { SUMMARY } from '../runs/testing/summary.js';
import { Lab } from './lab.svelte.js';
import { FakeClient } from './testing/fake-client.js';

const SPEC = DEFAULT_PRESET.spec;
const OTHER = { ...SPEC, training: { ...SPEC.training, batch_size: 64 } };

/** A worker that restores whatever it is sent. */
class RestoringClient extends FakeClient {
  /** @override @type {FakeClient['answers']} */
  answers = { validate: () => SUMMARY };

  /** @override @param {import('../client/client.js').PlainCommand} command */
  send(command) {
    super.send(command);
    if (command.type !== 'restore') return;
    const { run, checkpoint } = command;
    this.says({ type: 'built', spec: SPEC, summary: SUMMARY, step: checkpoint.step, run });
    this.says({ type: 'phase', phase: checkpoint.step > 0 ? 'paused' : 'ready' });
    this.says({ type: 'checkpoint', checkpoint });
  }
}

/** @type {RestoringClient} */
let client;
/** @type {Lab} */
let lab;
/** @type {MemoryStorage} */
let storage;

function openPage() {
  client = new RestoringClient();
  lab = new Lab({ client: /** @type {any} */ (client), storage });
  lab.open();
  start();
}

function start(spec = SPEC) {
  client.says({ type: 'built', spec, summary: SUMMARY, step: 0, run: null });
  checkpoint(0);
}

/** @param {number} step */
const checkpoint = (step) =>
  client.says({ type: 'checkpoint', checkpoint: { step, elapsed: step / 100, bytes: Uint8Array.of(step) } });

/** Makes steps up to `to`, with a checkpoint of every tenth. @param {number} from @param {number} to */
function steps(from, to) {
  for (let step = from; step <= to; step += 1) {
    const standing = {
      step,
      epoch: 0,
      stepsPerEpoch: 100,
      totalSteps: 500,
      imagesPerSecond: 1,
      elapsed: 1,
      remaining: 1,
    };
    const made = { losses: Float32Array.of(1 / step), accuracies: Float32Array.of(0.5), firstStep: step };
    client.says({ type: 'progress', progress: { ...standing, learningRate: 0.1, workers: 1, ...made } });
    if (step % 10 === 0) checkpoint(step);
  }
}

/** @param {number} step */
async function goTo(step) {
  if (lab.runs.current) await lab.runs.goTo(lab.runs.current, step);
}

const kept = () => lab.runs.list.map((run) => run.steps);

beforeEach(() => {
  storage = new MemoryStorage();
  openPage();
});

test('Runs keeps the run before a restart, but not one without a step', () => {
  steps(1, 20);
  start();
  start(OTHER);
  expect(kept()).toEqual([[0, 10, 20], [0]]);
  expect(lab.runs.rows.map(({ number, shown }) => [number, shown])).toEqual([
    [2, false],
    [1, true],
  ]);
  expect(lab.runs.rows[0]?.name).toMatch(/→ 64$/);
  expect(lab.curves.train.length).toBe(0);
});

test('goTo leaves the run whole; the same steps re-run replace the later ones', async () => {
  steps(1, 30);
  await goTo(10);
  expect(lab.runs.at).toBe(10);
  expect(lab.curves.train.length).toBe(30);
  expect(lab.progress).toMatchObject({ loss: expect.closeTo(0.1) });
  await goTo(30);
  expect(lab.runs.at).toBeNull();
  await goTo(10);
  steps(11, 12);
  expect(lab.runs.at).toBeNull();
  expect([...lab.curves.train.step]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(kept()).toEqual([[0, 10]]);
});

/** @param {number} step @param {number} accuracy */
const evaluated = (step, accuracy) =>
  client.says({
    type: 'evaluated',
    evaluation: /** @type {any} */ ({
      ...{ split: 'test', step, accuracy, loss: 1 },
      ...{ predicted: new Uint8Array(0), confidence: new Float32Array(0), confusion: new Uint32Array(100) },
    }),
  });

test('an evaluation at a step gone back to is shown, but is no part of the run, which is whole', async () => {
  steps(1, 30);
  evaluated(30, 0.75);
  evaluated(30, 0.5);
  await goTo(10);
  evaluated(10, 0.25);
  expect(lab.evaluations.test?.accuracy).toBe(0.25);
  expect([...lab.curves.test.step]).toEqual([30]);
  expect([...lab.curves.test.accuracy]).toEqual([0.5]);
  await goTo(30);
  expect(lab.evaluations.test?.accuracy).toBe(0.5);
});

test('Runs begins a new run where a setting is changed after going back', async () => {
  steps(1, 30);
  await goTo(10);
  client.says({ type: 'configured', training: OTHER.training, step: 10 });
  checkpoint(10);
  steps(11, 20);
  await vi.waitFor(() =>
    expect(kept()).toEqual([
      [0, 10, 20, 30],
      [10, 20],
    ]),
  );
  expect(lab.runs.rows[0]?.name).toMatch(/^Run 1 from step 10, .* → 64$/);
  expect(Number(lab.curves.train.step[0])).toBe(11);
});

test('Runs begins a new run where training continues before an earlier change by hand', async () => {
  steps(1, 20);
  client.says({ type: 'configured', training: OTHER.training, step: 20 });
  steps(21, 30);
  await goTo(10);
  steps(11, 12);
  expect(kept()[0]).toEqual([0, 10, 20, 30]);
  expect(lab.runs.rows).toHaveLength(2);
});

test('goTo makes another run current, with its curves and its spec', async () => {
  steps(1, 20);
  const [first] = lab.runs.list;
  start(OTHER);
  steps(1, 10);
  if (first) await lab.runs.goTo(first);
  expect(lab.runs.current).toBe(first);
  expect(lab.curves.train.length).toBe(20);
  expect(lab.draft).toBe(lab.spec);
  expect(kept()).toEqual([
    [0, 10, 20],
    [0, 10],
  ]);
});

test('a network that was brought in stays among the runs when another begins before its first step, and is stored', async () => {
  steps(1, 20);
  const nothing = { losses: [], accuracies: [], validations: [] };
  const brought = { step: 0, elapsed: 0, bytes: Uint8Array.of(9), touched: [/** @type {const} */ ('file')] };
  const run = /** @type {Run} */ (await lab.runs.adopt({ name: 'theirs.onnx', spec: SPEC, ...nothing }, [brought]));
  await lab.runs.goTo(run);
  expect([lab.runs.current, run.isBroughtIn]).toEqual([run, true]);
  start();
  expect(lab.runs.rows.map(({ name, lastStep }) => [name, lastStep]).slice(1)).toEqual([
    ['theirs.onnx', 0],
    [expect.any(String), 20],
  ]);
  await lab.runs.goTo(run);
  const restored = client.commands.findLast(({ type }) => type === 'restore');
  expect(restored).toMatchObject({ run: run.id, checkpoint: brought });
  expect((await storage.all()).map(({ givenName }) => givenName)).toContain('theirs.onnx');
});

test('adopt adds a run of an experiment with its curves, and goTo reaches all its steps', async () => {
  steps(1, 20);
  const checkpoints = [0, 10, 30].map((step) => ({ step, elapsed: 0, bytes: Uint8Array.of(step) }));
  const made = { losses: [3, 2, 1], accuracies: [0, 0, 1], validations: [{ step: 2, loss: 2, accuracy: 0.5 }] };
  const run = await lab.runs.adopt({ name: 'Too long: 0.3', spec: OTHER, ...made }, checkpoints);
  if (!run) throw new Error('it was not taken in');
  await lab.runs.goTo(run, 10);
  expect(lab.runs.rows[0]).toMatchObject({ name: 'Too long: 0.3', number: 2, current: true, lastStep: 30 });
  expect([lab.runs.at, lab.runs.steps]).toEqual([10, [0, 10, 30]]);
  expect([...lab.curves.train.step, ...lab.curves.validation.step]).toEqual([1, 2, 3, 2]);
  client.answers.validate = () => /** @type {any} */ ({ answer: null, problem: {} });
  expect(await lab.runs.adopt({ name: 'None', spec: OTHER, ...made }, checkpoints)).toBeNull();
  expect(lab.runs.rows).toHaveLength(2);
});

test('film asks the engine for filters, and has no frames without it', async () => {
  steps(1, 10);
  const run = lab.runs.current;
  if (!run) throw new Error('there is no run');
  client.answers = { checkpointFilters: () => Promise.reject(new Error('gone')) };
  expect(await lab.runs.film(run, 0)).toEqual([]);
  client.answers = { checkpointFilters: ({ bytes, layer }) => Float32Array.of(bytes[0], layer) };
  expect(await lab.runs.film(run, 2)).toEqual([
    { step: 0, weights: Float32Array.of(0, 2) },
    { step: 10, weights: Float32Array.of(10, 2) },
  ]);
});

test('goTo reports a checkpoint that is no longer there, and nothing is lost', async () => {
  steps(1, 20);
  const id = String(lab.runs.current?.id);
  await vi.waitFor(async () => expect(await storage.checkpoint(id, 20)).not.toBeNull());
  await storage.drop(id, [10]);
  await goTo(10);
  expect(lab.notice).toContain('no longer kept');
  expect(lab.runs.at).toBeNull();
});

test('open offers the last session, and not what was deleted', async () => {
  steps(1, 20);
  start(OTHER);
  steps(1, 30);
  const [first] = lab.runs.list;
  lab.runs.delete(String(first?.id));
  await vi.waitFor(async () => expect((await storage.all()).some(({ deleted }) => deleted)).toBe(true));
  openPage();
  await vi.waitFor(() => expect(lab.runs.offer).not.toBeNull());
  expect(lab.runs.rows.map(({ lastStep }) => lastStep)).toEqual([0, 30]);
  if (lab.runs.offer) await lab.runs.goTo(lab.runs.offer);
  expect(lab.curves.train.length).toBe(30);
  expect(lab.runs.rows).toHaveLength(1);
});

test('show is kept for the next page, and does not change the order of the runs', async () => {
  for (let run = 1; run <= 3; run += 1) {
    steps(1, 10);
    start();
  }
  const [first, second, third] = lab.runs.list;
  lab.runs.show(String(first?.id), true);
  lab.runs.show(String(third?.id), false);
  await vi.waitFor(async () => expect((await storage.all()).map(({ shown }) => shown)).toEqual([true, false, false]));
  openPage();
  await vi.waitFor(() => expect(lab.runs.rows).toHaveLength(4));
  expect(lab.runs.rows.map(({ id, shown }) => [id, shown]).slice(1)).toEqual([
    [third?.id, false],
    [second?.id, false],
    [first?.id, true],
  ]);
});

test('makeRoom keeps the step that the current run went back to', async () => {
  steps(1, 40);
  await goTo(20);
  lab.runs.limit = 1;
  start(OTHER);
  const [first] = lab.runs.list;
  if (first) await lab.runs.goTo(first, 20);
  lab.runs.delete(String(lab.runs.list.find((run) => run !== first)?.id));
  const file = new Blob(
    writeRun(new Run({ id: 'b', spec: SPEC, summary: SUMMARY, lastStep: 9 }).stored(), 'Another', []),
  );
  expect(await lab.runs.load(file)).toBeNull();
  expect(first?.steps).toEqual([0, 20, 40]);
  expect(lab.runs.at).toBe(20);
});

test('undoDelete restores a deleted run; the current one cannot be deleted', () => {
  steps(1, 20);
  start();
  const [first, current] = lab.runs.list;
  lab.runs.delete(String(current?.id));
  lab.runs.delete(String(first?.id));
  expect(lab.runs.list).toEqual([current]);
  lab.runs.undoDelete();
  expect(lab.runs.list).toEqual([first, current]);
});

describe('a run is what its steps were made with', () => {
  /** @param {import('../model/spec.js').Training} training */
  const configured = (training) => client.says({ type: 'configured', training, step: lab.progress?.step ?? 0 });

  test('a setting touched after the last step changes neither the run nor its name', () => {
    steps(1, 20);
    configured(OTHER.training);
    start(OTHER);
    steps(1, 10);
    const [first, second] = lab.runs.list;
    expect(first?.data).toMatchObject({ spec: SPEC, lastSpec: SPEC, changes: [] });
    expect(first?.curves.marks).toEqual([]);
    expect(second?.data).toMatchObject({ spec: OTHER, lastSpec: OTHER });
    expect(lab.runs.rows[0]?.name).toBe(`Batch size ${SPEC.training.batch_size} → 64`);
  });

  test('changes between two steps belong to the first step made with them', () => {
    steps(1, 20);
    configured(OTHER.training);
    configured({ ...OTHER.training, batch_size: 16 });
    expect(lab.runs.madeWith).toEqual(SPEC);
    steps(21, 21);
    const data = lab.runs.current?.data;
    expect(data).toMatchObject({ spec: SPEC, changes: [20], lastSpec: { training: { batch_size: 16 } } });
    expect(lab.curves.marks).toEqual([{ step: 20, label: `Batch size ${SPEC.training.batch_size} → 16` }]);
    configured({ ...OTHER.training, batch_size: 128 });
    configured({ ...OTHER.training, batch_size: 16 });
    steps(22, 22);
    expect(lab.curves.marks).toHaveLength(1);
  });

  test('a run without a step has the settings that it would begin with', () => {
    configured(OTHER.training);
    expect(lab.runs.current?.data).toMatchObject({ spec: OTHER, lastSpec: OTHER, changes: [] });
    steps(1, 10);
    expect(lab.curves.marks).toEqual([]);
  });

  test('starting over with the settings of a run that was changed on the way is not the same again', () => {
    steps(1, 20);
    configured(OTHER.training);
    steps(21, 30);
    start(OTHER);
    steps(1, 10);
    expect(lab.runs.rows[0]?.name).toMatch(/→ 64$/);
    start(SPEC);
    expect(lab.runs.rows[0]?.name).not.toContain('gain');
  });

  test('a change undone with its step is forgotten, and noted again when it is made again', async () => {
    steps(1, 20);
    configured(OTHER.training);
    steps(21, 30);
    client.says({ type: 'wentBack', step: 20 });
    expect(lab.runs.current?.data).toMatchObject({ lastSpec: SPEC, changes: [] });
    expect(lab.curves.marks).toEqual([]);
    steps(21, 22);
    expect(lab.curves.marks).toMatchObject([{ step: 20 }]);
  });

  test('a fork is named by what its first step was made with', async () => {
    steps(1, 20);
    await lab.runs.fork(OTHER.training);
    configured(OTHER.training);
    expect(lab.runs.rows[0]?.name).toMatch(/→ 64$/);
    steps(21, 30);
    configured({ ...OTHER.training, batch_size: 128 });
    steps(31, 40);
    expect(lab.runs.rows[0]?.name).toMatch(/^Run 1 from step 20, Batch size .* → 64$/);
    expect(lab.runs.current?.data).toMatchObject({ changes: [20, 30], lastSpec: { training: { batch_size: 128 } } });
  });

  test('a setting tried and put back at an earlier step begins no new run', async () => {
    steps(1, 30);
    await goTo(10);
    configured(OTHER.training);
    configured(SPEC.training);
    expect(lab.runs.rows).toHaveLength(1);
    steps(11, 12);
    expect(lab.runs.rows).toHaveLength(1);
    expect(lab.runs.at).toBeNull();
  });

  test('a weight that was set and set back is no change', () => {
    steps(1, 10);
    const place = /** @type {const} */ ({ layer: 0, kind: 'weight', index: 1 });
    client.says({ type: 'weightSet', place, before: 1, value: 2, step: 10 });
    expect(lab.runs.current?.data.changes).toEqual([10]);
    client.says({ type: 'weightSet', place, before: 2, value: 1, step: 10 });
    expect(lab.runs.current?.data.changes).toEqual([]);
    client.says({ type: 'weightSet', place, before: 1, value: 3, step: 10 });
    steps(11, 12);
    expect(lab.runs.current?.data.changes).toEqual([10]);
  });
});

test('a teaching is one mark of the run, and none once it is undone', () => {
  openPage();
  steps(1, 10);
  client.says({ type: 'taught', step: 10, examples: 3 });
  expect(lab.curves.marks).toEqual([{ step: 10, label: 'Taught 3 examples of your own' }]);
  expect(lab.runs.current?.data.changes).toEqual([10]);
  client.says({ type: 'untaught', step: 10 });
  expect(lab.curves.marks).toEqual([]);
  expect(lab.runs.current?.data.changes).toEqual([]);
});
