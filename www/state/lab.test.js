import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withSet } from '../model/data-sets.js';
import { DEFAULT_PRESET, PRESETS } from '../model/presets.js';
import { LETTERS, specOn } from '../model/testing/own-set.js';
import { SETTINGS } from '../model/settings.js';
import { SUMMARY } from '../runs/testing/summary.js';
import { Lab, SETTLE_MS } from './lab.svelte.js';
import { FakeClient } from './testing/fake-client.js';

const SPEC = DEFAULT_PRESET.spec;
const PROBLEM = { code: 'impossible_shape', message: 'Layer 2 does not fit.', layer: 2 };
const REFUSED = { answer: null, problem: PROBLEM };

/** @type {FakeClient} */
let client;
/** @type {Lab} */
let lab;

/** @param {string} key */
const setting = (key) =>
  /** @type {import('../model/settings.js').Setting} */ (SETTINGS.find((one) => one.key === key));

function built(step = 0, spec = SPEC) {
  client.says({ type: 'built', spec, summary: SUMMARY, step, run: null });
  phase(step === 0 ? 'ready' : 'paused');
}

/** @param {'ready' | 'training' | 'paused' | 'finished' | 'diverged'} phase */
const phase = (phase) => client.says({ type: 'phase', phase });

/** @param {number} firstStep @param {number[]} losses @param {object} [more] */
function progress(firstStep, losses, more) {
  const standing = { epoch: 0, stepsPerEpoch: 1719, totalSteps: 8595, imagesPerSecond: 9000, elapsed: 1, remaining: 9 };
  const reported = {
    ...{ ...standing, step: firstStep + losses.length - 1, learningRate: 0.05, workers: 1, firstStep },
    ...{ losses: Float32Array.from(losses), accuracies: Float32Array.from(losses, () => 0.5), ...more },
  };
  client.says({ type: 'progress', progress: reported });
}

/** @param {'validation' | 'test'} split @param {number} step */
function evaluated(split, step) {
  const predictions = { predicted: new Uint8Array(10), confidence: new Float32Array(10) };
  const result = {
    ...predictions,
    images: 10,
    loss: 0.1,
    accuracy: 0.97,
    classes: 10,
    confusion: new Uint32Array(100),
    perClass: [],
  };
  const evaluation = { split, step, epoch: 1, macro: { precision: 1, recall: 1, f1: 1 }, ...result };
  client.says({ type: 'evaluated', evaluation });
}

async function settle() {
  await vi.advanceTimersByTimeAsync(SETTLE_MS + 1);
}

beforeEach(() => {
  vi.useFakeTimers();
  client = new FakeClient();
  client.answers = { validate: () => SUMMARY, freshSeed: () => 123_456_789 };
  lab = new Lab({ client: /** @type {any} */ (client) });
  lab.open();
});

afterEach(() => {
  lab.dispose();
  vi.useRealTimers();
});

test('Lab opens with the default network and the first test image', () => {
  expect(lab.phase).toBe('opening');
  expect(client.opened).toEqual([SPEC]);
  expect(client.sent('probe')).toMatchObject([{ probe: { kind: 'test', index: 0 } }]);
  built();
  expect(lab.phase).toBe('ready');
  expect(lab.summary).toEqual(SUMMARY);
});

test('Lab’s main button trains and pauses in turn', () => {
  built();
  lab.toggle();
  phase('training');
  expect(lab.phase).toBe('training');
  lab.toggle();
  phase('paused');
  expect(lab.phase).toBe('paused');
  expect(client.commands.slice(-2).map(({ type }) => type)).toEqual(['train', 'pause']);
});

test('Lab’s phase is what the worker reports, and nothing else', () => {
  built();
  lab.step();
  progress(1, [2.3]);
  expect(lab.phase).toBe('ready');
  phase('paused');
  expect(lab.phase).toBe('paused');
});

test('progress adds a point for every step, and the last one is the run’s position', () => {
  built();
  const before = lab.curvesVersion;
  progress(1, [3, 2]);
  progress(3, [1]);
  expect([...lab.curves.train.step]).toEqual([1, 2, 3]);
  expect([...lab.curves.train.loss]).toEqual([3, 2, 1]);
  expect(lab.progress).toMatchObject({ step: 3, loss: 1, imagesPerSecond: 9000 });
  expect(lab.curvesVersion).toBe(before + 2);
});

test('progress without steps keeps the last loss', () => {
  built();
  progress(1, [3]);
  progress(2, [], { step: 1 });
  expect(lab.progress?.loss).toBe(3);
});

test('evaluations are kept for their split and drawn on their own curves', () => {
  built();
  evaluated('validation', 100);
  evaluated('test', 200);
  expect(lab.evaluations.validation?.step).toBe(100);
  expect(lab.evaluations.test?.step).toBe(200);
  expect([...lab.curves.validation.step]).toEqual([100]);
  expect([...lab.curves.test.step]).toEqual([200]);
});

test('restart begins with empty curves', () => {
  built();
  progress(1, [3, 2]);
  evaluated('test', 2);
  lab.restart();
  built();
  expect(lab.curves.train.length).toBe(0);
  expect(lab.evaluations).toEqual({ training: null, validation: null, test: null });
  expect([lab.progress, lab.phase]).toEqual([null, 'ready']);
});

test('restart with a new seed keeps everything else', async () => {
  built();
  await lab.restartWithNewSeed();
  const [{ spec }] = client.sent('restart');
  expect(spec.seed).toBe(123_456_789);
  expect({ ...spec, seed: SPEC.seed }).toEqual(SPEC);
});

test('change uses a setting for the middle of the run at once, and the first step made with it leaves a mark', async () => {
  built();
  progress(1, [3, 2]);
  lab.change(setting('training.optimizer.learning_rate'), 0.7);
  await vi.advanceTimersByTimeAsync(SETTLE_MS / 2);
  lab.change(setting('training.optimizer.learning_rate'), 0.5);
  expect(client.sent('configure')).toEqual([]);
  await settle();
  const [{ training }, ...more] = client.sent('configure');
  expect(more).toEqual([]);
  expect(training.optimizer.learning_rate).toBe(0.5);
  client.says({ type: 'configured', training, step: 2 });
  expect(lab.spec.training).toEqual(training);
  expect(lab.curves.marks).toEqual([]);
  progress(3, [1]);
  expect(lab.curves.marks).toEqual([
    { step: 2, label: `Learning rate ${SPEC.training.optimizer.learning_rate} → 0.5` },
  ]);
  expect(lab.draftChanged).toBe(false);
});

test('a setting changed before the first step leaves no mark', () => {
  built();
  client.says({ type: 'configured', training: { ...SPEC.training, epochs: 9 }, step: 0 });
  expect(lab.curves.marks).toEqual([]);
});

test('change keeps a setting that needs a restart in the draft', async () => {
  built();
  lab.change(setting('initialization'), 'zeros');
  await settle();
  expect(client.sent('configure')).toEqual([]);
  expect(lab.draftChanged).toBe(true);
  expect(lab.spec.initialization).toEqual({ type: 'he' });
  lab.restart();
  expect(client.sent('restart')[0].spec.initialization).toEqual({ type: 'zeros' });
  built(0, lab.draft);
  expect(lab.draftChanged).toBe(false);
});

test('discardDraft makes the running spec the draft again', async () => {
  built();
  lab.editLayers([]);
  lab.discardDraft();
  await settle();
  expect(lab.draftChanged).toBe(false);
});

test('an impossible draft has a problem that names the layer, and the run goes on', async () => {
  built();
  client.answers.validate = () => REFUSED;
  lab.editLayers([{ type: 'flatten' }]);
  await settle();
  expect(lab.draftProblem).toEqual(PROBLEM);
  expect(lab.spec).toEqual(SPEC);
  client.answers.validate = () => SUMMARY;
  lab.editLayers(SPEC.layers);
  await settle();
  expect(lab.draftProblem).toBeNull();
});

test('the answer for an older draft is dropped', async () => {
  built();
  /** @type {((answer: any) => void)[]} */
  const answers = [];
  client.answers.validate = () => new Promise((resolve) => answers.push(resolve));
  lab.editLayers([{ type: 'flatten' }]);
  await settle();
  lab.editLayers(SPEC.layers);
  await settle();
  answers[1]?.(SUMMARY);
  answers[0]?.(REFUSED);
  await settle();
  expect(lab.draftProblem).toBeNull();
});

test('a check of the draft that is lost with its worker does no harm', async () => {
  built();
  client.answers.validate = () => Promise.reject(new Error('The training engine was started anew.'));
  lab.editLayers([{ type: 'flatten' }]);
  await settle();
  expect(lab.draftProblem).toBeNull();
});

test('a preset starts over with its own network', () => {
  built();
  lab.choosePreset('lenet-5');
  const spec = PRESETS.find(({ id }) => id === 'lenet-5')?.spec ?? SPEC;
  expect(client.sent('restart')).toMatchObject([{ spec }]);
  expect(lab.draft).toEqual(spec);
  built(0, spec);
  expect(lab.presetId).toBe('lenet-5');
  built(0, { ...spec, layers: spec.layers.slice(1) });
  expect(lab.presetId).toBe('');
  lab.choosePreset('nonsense');
  expect(client.sent('restart')).toHaveLength(1);
});

test('a first spec that is impossible is replaced by the default, and its problem stays visible', () => {
  client.says({ type: 'rejected', command: 'open', problem: PROBLEM });
  expect(client.sent('restart')).toMatchObject([{ spec: SPEC }]);
  expect(lab.draftProblem).toEqual(PROBLEM);
});

test('a first network whose data set is not available is built on the default set', () => {
  const fashion = withSet(SPEC, 'fashion');
  lab.prepare({ spec: fashion, probe: null });
  client.says({ type: 'rejected', command: 'open', problem: { ...PROBLEM, code: 'no_data' } });
  expect(client.sent('restart')).toMatchObject([{ spec: withSet(fashion, 'mnist') }]);
});

test('a divergence names its place, and going back forgets what came after', () => {
  built();
  progress(1, [3, 2, 9]);
  evaluated('validation', 1);
  evaluated('test', 3);
  client.says({ type: 'diverged', step: 4, layer: 1, problem: PROBLEM, goBackTo: 2 });
  phase('diverged');
  expect([lab.phase, lab.divergence]).toEqual(['diverged', { step: 4, layer: 1, problem: PROBLEM, goBackTo: 2 }]);
  expect(lab.canTrain).toBe(false);
  lab.goBack();
  client.says({ type: 'wentBack', step: 2 });
  phase('paused');
  expect([lab.phase, lab.divergence]).toEqual(['paused', null]);
  expect([...lab.curves.train.step]).toEqual([1, 2]);
  expect(lab.evaluations.validation?.step).toBe(1);
  expect(lab.evaluations.test).toBeNull();
});

test('a drawing is sent and its answer shown, unless the canvas has been cleared meanwhile', () => {
  built();
  const pixels = new Uint8Array(784).fill(1);
  const probabilities = new Float32Array(10);
  lab.draw(pixels);
  client.says({ type: 'prediction', probabilities, pixels, drawnAt: 1 });
  expect(lab.prediction).toEqual({ probabilities, pixels, drawnAt: 1 });
  lab.draw(null);
  expect(lab.prediction).toBeNull();
  client.says({ type: 'prediction', probabilities, pixels, drawnAt: 1 });
  expect(lab.prediction).toBeNull();
});

test('retryData fetches the data again and clears their problem', () => {
  client.says({ type: 'dataFailed', problem: PROBLEM });
  expect(lab.dataProblem).toEqual(PROBLEM);
  lab.retryData();
  expect(lab.dataProblem).toBeNull();
  expect(client.sent('reload')).toHaveLength(1);
});

test('after a crash the run goes on from the checkpoint, with one sentence about it', () => {
  built();
  phase('training');
  progress(1, [5, 4, 3, 2]);
  lab.draw(new Uint8Array(784).fill(1));
  client.commands = [];
  client.says({ type: 'recovering', problem: { ...PROBLEM, message: 'The training engine crashed.' }, step: 3 });
  expect(lab.phase).toBe('opening');
  expect(lab.notice).toBe('The training engine crashed. It was restarted from step 3.');
  expect(client.sent('probe')[0]).toMatchObject({ probe: { kind: 'drawing' } });
  built(3);
  phase('training');
  expect(lab.phase).toBe('training');
  progress(4, [1]);
  expect([...lab.curves.train.loss]).toEqual([5, 4, 3, 1]);
});

test('an engine that is lost for good leaves a way to start anew', () => {
  built();
  client.says({ type: 'lost', problem: PROBLEM });
  expect([lab.phase, lab.failure]).toEqual(['failed', PROBLEM]);
  lab.restart();
  expect(client.opened).toHaveLength(2);
  expect([lab.phase, lab.failure]).toEqual(['opening', null]);
});

test('dispose stops listening and leaves no timer', () => {
  lab.change(setting('seed'), 3);
  lab.dispose();
  built();
  expect(lab.phase).toBe('opening');
  expect(vi.getTimerCount()).toBe(0);
});

test('chooseSet starts over on a data set, with its names, and choosePreset keeps it', () => {
  built();
  lab.chooseSet('fashion');
  expect(client.sent('restart').at(-1).spec.data.set).toBe('fashion');
  expect(lab.classes.many).toBe('digits');
  built(0, lab.draft);
  expect(lab.classes.many).toBe('clothes');
  lab.choosePreset('lenet-5');
  const { spec } = client.sent('restart').at(-1);
  expect(spec.data.set).toBe('fashion');
  expect(spec.normalization).toEqual({ mean: 0.286, deviation: 0.353 });
});

test('digits are forgotten with their data set, and only then', async () => {
  built();
  client.answers.images = ({ indices }) =>
    indices.map((/** @type {number} */ index) => ({ index, label: 1, pixels: new Uint8Array(784) }));
  lab.digits.want([3]);
  await vi.advanceTimersByTimeAsync(1);
  built();
  expect(lab.digits.image(3)?.label).toBe(1);
  built(0, withSet(SPEC, 'fashion'));
  expect(lab.digits.image(3)).toBeNull();
});

test('sought names the data set that the host is asked for, until there is an answer or no engine', () => {
  built();
  /** @type {any} */
  const no = { code: 'no_data', message: 'Not here.', layer: null };
  for (const answer of [
    () => built(0, withSet(SPEC, 'fashion')),
    () => client.says({ type: 'rejected', command: 'restore', problem: no }),
    () => client.says({ type: 'lost', problem: no }),
  ]) {
    client.says({ type: 'seeking', set: 'fashion' });
    client.says({ type: 'rejected', command: 'configure', problem: no });
    expect(lab.sought).toBe('fashion');
    answer();
    expect(lab.sought).toBeNull();
  }
});

test('a data set that is not available leaves everything as it was, and is reported', () => {
  built();
  progress(1, [0.5]);
  lab.chooseSet('fashion');
  const problem = { code: 'no_data', message: 'Not here.', layer: null };
  client.says({ type: 'rejected', command: 'restart', problem });
  expect(lab.absent).toEqual(problem);
  expect(lab.draft).toEqual(SPEC);
  expect(lab.draftProblem).toBeNull();
  expect(lab.progress?.step).toBe(1);
  lab.restart();
  expect(lab.absent).toBeNull();
});

test('trainFor trains to so many steps from where the run is', () => {
  built();
  lab.trainFor(10);
  progress(1, [0.5, 0.4, 0.3]);
  lab.trainFor(100);
  expect(client.sent('trainTo').map(({ step }) => step)).toEqual([10, 103]);
});

/** Kept by no database, since there is none here. */
const OWN = { ...LETTERS, files: /** @type {any} */ ({}), keptAt: 0, bytes: 0 };

/** Lets what is fetched for sets of one's own arrive. @param {() => boolean} arrived */
const until = (arrived) => vi.waitFor(() => expect(arrived()).toBe(true), { timeout: 20_000 });

test('a run on one’s own images begins when the worker has them', async () => {
  built();
  const sets = await lab.openOwnSets();
  expect(lab.ownSets).toBe(sets);
  await sets.use(OWN);
  await until(() => client.sent('restart').length > 0);
  const started = client.commands.map(({ type }) => type).filter((type) => type === 'offerSet' || type === 'restart');
  expect(started).toEqual(['offerSet', 'restart']);
  expect(client.sent('restart')[0].spec).toEqual(specOn(LETTERS));
  built(0, specOn(LETTERS));
  expect(lab.classes.name).toBe('Letters');
  expect(lab.presetId).toBe('codelab');
});

test('a run that is requested meanwhile takes the place of one that waits for its images', async () => {
  built();
  await (await lab.openOwnSets()).use(OWN);
  lab.restartWith(SPEC);
  await vi.advanceTimersByTimeAsync(100);
  expect(client.sent('restart').map(({ spec }) => spec.data.set)).toEqual(['mnist']);
});

test('a link to images that are not here opens MNIST in their place, and keeps what was to run', async () => {
  client.opened = [];
  const other = new Lab({ client: /** @type {any} */ (client) });
  const spec = specOn(LETTERS);
  other.prepare({ spec, probe: { kind: 'test', index: 3 } });
  other.open();
  await until(() => client.opened.length > 0);
  expect(client.opened).toEqual([spec]);
  const problem = { code: 'no_data', message: 'Missing.', layer: null };
  client.says({ type: 'rejected', command: 'open', problem, missing: LETTERS.set });
  const stand = client.sent('restart').at(-1).spec;
  expect(stand).toEqual(withSet(spec, 'mnist'));
  built(0, stand);
  expect(other.absent).toEqual({ ...problem, missing: LETTERS.set, spec });
  expect(other.draftProblem).toBeNull();
  await (await other.openOwnSets()).use(OWN);
  await until(() => client.sent('restart').at(-1).spec.data.set === LETTERS.set);
  expect(client.sent('restart').at(-1).spec).toEqual(spec);
  built(0, spec);
  expect(other.absent).toBeNull();
  other.dispose();
});

test('what is viewed is looked up again where the data set has fewer images', () => {
  built();
  lab.lookAt({ kind: 'test', index: 5_000 });
  built(0, specOn(LETTERS));
  expect(client.sent('probe').at(-1)).toMatchObject({ probe: { kind: 'test', index: 0 } });
});
