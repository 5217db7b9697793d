import { expect, test } from 'vitest';
import { isKeptStep } from '../../model/kept-steps.js';
import { Bench, SPEC } from '../testing/bench.js';
import { IMAGES } from '../testing/fake-data.js';

/** @param {number} first @param {number} last */
const range = (first, last) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** @param {Bench} bench the steps that progress events report, in order */
const reportedSteps = (bench) =>
  bench
    .of('progress')
    .flatMap(({ progress: { firstStep, losses } }) => range(firstStep, firstStep + losses.length - 1));

/** @param {number} epochs @param {number} [batch_size] @returns {import('../../model/spec.js').Spec} */
const lasting = (epochs, batch_size = 32) => ({ ...SPEC, training: { ...SPEC.training, epochs, batch_size } });

/** Long epochs, so that nothing is evaluated for a while. */
const undisturbed = lasting(1000, 1);

const drawing = new Uint8Array(784).fill(7);

test('train runs to the last epoch, reports every step once and says that it is finished', async () => {
  const bench = new Bench().open();
  bench.send({ type: 'train' });
  await bench.idle();
  expect(bench.session.position()).toMatchObject({ step: 40, finished: true });
  expect(reportedSteps(bench)).toEqual(range(1, 40));
  expect(bench.phases).toEqual(['ready', 'training', 'finished']);
});

test('the end is announced after the test result of the last epoch', async () => {
  const bench = new Bench().open();
  bench.send({ type: 'train' });
  await bench.idle();
  const order = bench.events.filter(({ type }) => type === 'evaluated' || type === 'phase');
  expect(order.at(-1)).toEqual({ type: 'phase', phase: 'finished' });
  expect(order.at(-2)).toMatchObject({ evaluation: { split: 'test', step: 40, epoch: 2, images: 100 } });
});

test('configure with more epochs lets a finished run continue', async () => {
  const bench = new Bench().open();
  bench.send({ type: 'train' });
  await bench.idle();
  bench.forget();
  bench.send({ type: 'configure', training: lasting(3).training });
  expect(bench.of('progress')[0]?.progress).toMatchObject({ step: 40, totalSteps: 60 });
  expect(bench.phases).toEqual(['paused']);
  bench.send({ type: 'train' });
  await bench.idle();
  expect(bench.session.position()).toMatchObject({ step: 60, finished: true });
});

test('configure with more epochs during the last evaluations lets the run go straight on', async () => {
  const bench = new Bench().open();
  bench.send({ type: 'train' });
  while (!bench.session.position().finished) await bench.turns(1);
  bench.send({ type: 'configure', training: lasting(3).training });
  await bench.idle();
  expect(bench.session.position().step).toBe(60);
  expect(bench.phases).toEqual(['ready', 'training', 'finished']);
});

test('configure with fewer epochs than have been run ends the training', async () => {
  const bench = new Bench().open(lasting(5));
  bench.send({ type: 'train' });
  while (bench.session.position().step <= 20) await bench.turns(1);
  const { step } = bench.session.position();
  bench.send({ type: 'configure', training: lasting(1).training });
  await bench.idle();
  expect(bench.phases.at(-1)).toBe('finished');
  expect(bench.session.position().step).toBe(step);
});

test('a burst ends after a few milliseconds, and a drawing is answered before the next', async () => {
  const bench = new Bench().open(undisturbed);
  bench.session.stepTakes = 5;
  bench.send({ type: 'train' });
  await bench.turns(1);
  bench.session.calls = [];
  bench.send({ type: 'probe', probe: { kind: 'drawing', pixels: drawing }, drawnAt: 12 });
  expect(bench.session.calls).toEqual(['predict']);
  expect(bench.of('prediction')).toMatchObject([{ drawnAt: 12, pixels: drawing }]);
  await bench.turns(1);
  expect(bench.session.calls.filter((call) => call === 'step')).toHaveLength(3);
});

test('an empty canvas has no prediction', async () => {
  const bench = new Bench().open();
  bench.send({ type: 'probe', probe: { kind: 'drawing', pixels: null }, drawnAt: 1 });
  await bench.idle();
  expect(bench.of('prediction')).toMatchObject([{ probabilities: null, pixels: null }]);
  expect(bench.of('snapshot').at(-1)?.snapshot).toMatchObject({ reading: null, filters: [{ layer: 0 }] });
});

test('no step is made while an evaluation is under way', async () => {
  const bench = new Bench().open();
  bench.session.evaluatedPerMs = 0.5;
  bench.send({ type: 'train' });
  await bench.idle();
  for (const { evaluation } of bench.of('evaluated')) expect(evaluation.images).toBe(IMAGES[evaluation.split]);
  const evaluated = bench.session.calls.filter((call) => call.startsWith('evaluate'));
  expect(evaluated).toEqual([
    ...['evaluate validation', 'evaluate validation'],
    ...['evaluate training', 'evaluate validation', 'evaluate test'],
    ...['evaluate training', 'evaluate validation', 'evaluate test'],
  ]);
  expect(bench.of('evaluated').map(({ evaluation }) => evaluation.step)).toEqual([3, 10, 20, 20, 20, 40, 40, 40]);
});

test('slices of an evaluation grow until they fill their time', async () => {
  const bench = new Bench().open(undisturbed);
  bench.session.evaluatedPerMs = 4;
  bench.send({ type: 'train' });
  await bench.turns(1);
  bench.send({ type: 'pause' });
  await bench.idle();
  expect(bench.session.slices.slice(0, 3)).toEqual([16, 48, 36]);
});

test('a drawing is answered between the slices of an evaluation', async () => {
  const bench = new Bench().open();
  bench.session.evaluatedPerMs = 0.5;
  bench.send({ type: 'train' });
  while (bench.of('evaluated').length < 1) await bench.turns(1);
  while (!bench.session.calls.includes('evaluate test')) await bench.turns(1);
  const before = bench.of('evaluated').length;
  bench.send({ type: 'probe', probe: { kind: 'drawing', pixels: drawing }, drawnAt: 1 });
  expect(bench.of('prediction')).toHaveLength(1);
  expect(bench.of('evaluated')).toHaveLength(before);
});

test('pause stops at once, then evaluates the images of each split', async () => {
  const bench = new Bench().open(lasting(1000));
  bench.send({ type: 'train' });
  await bench.turns(2);
  bench.send({ type: 'pause' });
  const { step } = bench.session.position();
  expect(bench.phases.at(-1)).toBe('paused');
  expect(bench.of('evaluated').filter(({ evaluation }) => evaluation.split === 'test')).toEqual([]);
  await bench.idle();
  expect(bench.session.position().step).toBe(step);
  const evaluated = bench.of('evaluated').map(({ evaluation: { split, step, images } }) => ({ split, step, images }));
  for (const split of /** @type {const} */ (['test', 'training', 'validation'])) {
    expect(evaluated).toContainEqual({ split, step, images: IMAGES[split] });
  }
  expect(reportedSteps(bench)).toEqual(range(1, step));
});

test('of many training images a sample is evaluated', async () => {
  const bench = new Bench().open(undisturbed);
  bench.session.evaluatedPerMs = 100;
  bench.session.trainingImages = 9_000;
  bench.send({ type: 'train' });
  await bench.turns(1);
  bench.send({ type: 'pause' });
  await bench.idle();
  const training = bench.of('evaluated').find(({ evaluation }) => evaluation.split === 'training');
  expect(training?.evaluation.images).toBe(2_000);
});

test('train does not wait for the evaluation that fills a pause', async () => {
  const bench = new Bench().open(undisturbed);
  bench.session.evaluatedPerMs = 0.01;
  bench.session.stepTakes = 5;
  bench.send({ type: 'train' });
  await bench.turns(1);
  bench.send({ type: 'pause' });
  await bench.turns(2);
  bench.session.calls = [];
  bench.send({ type: 'train' });
  await bench.turns(1);
  expect(bench.session.calls.slice(0, 3)).toEqual(['step', 'step', 'step']);
  expect(bench.of('evaluated')).toEqual([]);
});

test('pause evaluates the same weights once', async () => {
  const bench = new Bench().open(lasting(1000));
  bench.send({ type: 'step' });
  await bench.idle();
  bench.send({ type: 'train' });
  bench.send({ type: 'pause' });
  await bench.idle();
  bench.send({ type: 'train' });
  bench.send({ type: 'pause' });
  await bench.idle();
  expect(bench.of('evaluated')).toHaveLength(3);
});

test('step makes one step, reported at once and without an evaluation', async () => {
  const bench = new Bench().open();
  bench.send({ type: 'step' });
  await bench.idle();
  expect(reportedSteps(bench)).toEqual([1]);
  expect(bench.of('evaluated')).toEqual([]);
  expect(bench.phases).toEqual(['ready', 'paused']);
});

test('step ends a run as training does', async () => {
  const bench = new Bench().open();
  for (let i = 0; i < 45; i += 1) {
    bench.send({ type: 'step' });
    await bench.idle();
  }
  expect(bench.session.position().step).toBe(40);
  expect(bench.phases).toEqual(['ready', 'paused', 'finished']);
});

test('train waits for images without turning, and goes on when they arrive', async () => {
  let answer = (/** @type {Response} */ _response) => {};
  const bench = new Bench(() => new Promise((resolve) => (answer = resolve)));
  bench.session.loaded = 100;
  bench.open();
  bench.send({ type: 'train' });
  await bench.idle();
  expect(bench.session.position().step).toBe(3);
  expect(bench.of('failed')).toEqual([]);
  bench.session.loaded = 640;
  answer(new Response(new Uint8Array(8)));
  await bench.idle();
  expect(bench.session.position().step).toBe(40);
});

test('a run that ends before the images for its evaluations arrive is evaluated when they do', async () => {
  let answer = (/** @type {Response} */ _response) => {};
  const bench = new Bench(() => new Promise((resolve) => (answer = resolve)));
  bench.session.loaded = IMAGES.training - 1;
  bench.open();
  bench.send({ type: 'trainTo', step: 2 });
  await bench.idle();
  const evaluated = () => bench.of('evaluated').filter(({ evaluation }) => evaluation.split === 'validation');
  expect(evaluated()).toEqual([]);
  bench.session.loaded = IMAGES.training;
  answer(new Response(new Uint8Array(8)));
  await bench.idle();
  expect(evaluated()).toMatchObject([{ evaluation: { step: 2, images: IMAGES.validation } }]);
});

test('where nothing is painted, progress is reported at most ten times a second', async () => {
  const bench = new Bench().open(lasting(1000));
  bench.session.stepTakes = 5;
  bench.send({ type: 'train' });
  await bench.turns(100);
  // The beginning and the first snapshot have one each.
  expect(bench.of('progress').length).toBeLessThanOrEqual(2 + bench.session.time / 100);
  expect(bench.of('progress').length).toBeGreaterThan(bench.session.time / 200);
});

test('what is to be painted is preceded by the progress up to it, so that both share a frame', async () => {
  const bench = new Bench().open(lasting(1000));
  bench.session.stepTakes = 5;
  bench.send({ type: 'train' });
  for (let turn = 0; turn < 100; turn += 1) {
    await bench.turns(1);
    bench.send({ type: 'painted' });
  }
  const shown = bench.of('snapshot').map(({ snapshot }) => snapshot.step);
  const reported = bench.of('progress').map(({ progress }) => progress.step);
  expect(shown.length).toBeGreaterThan(3);
  for (const step of shown.filter((step) => step > 0)) expect(reported).toContain(step);
});

test('the estimate of what is left counts the images that are left', async () => {
  const bench = new Bench().open(lasting(1000));
  bench.session.stepTakes = 5;
  bench.send({ type: 'train' });
  await bench.turns(400);
  const { imagesPerSecond, remaining, totalSteps, step } = bench.of('progress').at(-1)?.progress ?? {};
  expect(imagesPerSecond).toBeCloseTo(32 / 0.005, -1);
  expect(remaining).toBeGreaterThan(((Number(totalSteps) - Number(step)) * 32) / Number(imagesPerSecond));
});

test('a loss that is not a number stops the run and names the step, the layer and where to go back to', async () => {
  const bench = new Bench().open();
  bench.session.divergesAt = 25;
  bench.send({ type: 'train' });
  await bench.idle();
  expect(bench.of('diverged')).toMatchObject([{ step: 25, layer: 1, goBackTo: 20, problem: { code: 'not_finite' } }]);
  expect(bench.phases).toEqual(['ready', 'training', 'diverged']);
  bench.forget();
  bench.send({ type: 'train' });
  await bench.idle();
  expect(bench.phases).toEqual([]);
  bench.send({ type: 'goBack' });
  expect(bench.of('wentBack')).toEqual([{ type: 'wentBack', step: 20 }]);
  expect(bench.phases).toEqual(['paused']);
  bench.send({ type: 'train' });
  await bench.idle();
  expect(bench.of('progress').flatMap(({ progress }) => [...progress.losses]).length).toBeGreaterThan(0);
});

test('there is a checkpoint at the start, every few seconds of training and at a pause', async () => {
  const bench = new Bench().open(lasting(1000));
  bench.session.stepTakes = 10;
  expect(bench.of('checkpoint')).toMatchObject([{ checkpoint: { step: 0, elapsed: 0 } }]);
  bench.send({ type: 'train' });
  while (bench.session.time < 19_000) await bench.turns(1);
  const asked = bench.of('checkpoint').filter(({ checkpoint }) => !isKeptStep(checkpoint.step));
  // Of the start, and three that the clock asked for, 4 seconds after the one before or later.
  expect(asked).toHaveLength(4);
  const before = bench.of('checkpoint').length;
  bench.send({ type: 'pause' });
  expect(bench.of('checkpoint')).toHaveLength(before + 1);
  expect(bench.of('checkpoint').at(-1)?.checkpoint.step).toBe(bench.session.position().step);
});

test('before each checkpoint every step up to it has been reported', async () => {
  const bench = new Bench().open(lasting(1000));
  bench.session.stepTakes = 10;
  bench.send({ type: 'train' });
  while (bench.of('checkpoint').length < 3) await bench.turns(1);
  const last = bench.of('checkpoint').at(-1)?.checkpoint.step;
  expect(reportedSteps(bench).at(-1)).toBe(last);
});

test('setPace slows training down to so many steps a second, until full speed is wanted', async () => {
  const bench = new Bench().open(undisturbed);
  bench.send({ type: 'pace', stepsPerSecond: 10 });
  bench.send({ type: 'train' });
  await bench.pass(1_000);
  expect(bench.session.position().step).toBeGreaterThanOrEqual(9);
  expect(bench.session.position().step).toBeLessThanOrEqual(11);
  expect(bench.phases).toEqual(['ready', 'training']);
  const left = bench.of('progress').at(-1)?.progress;
  expect(left?.remaining).toBeGreaterThanOrEqual((Number(left?.totalSteps) - Number(left?.step)) / 10);
  bench.send({ type: 'pause' });
  const { step } = bench.session.position();
  await bench.pass(1_000);
  expect(bench.session.position().step).toBe(step);
  bench.send({ type: 'pace', stepsPerSecond: null });
  bench.send({ type: 'trainTo', step: 500 });
  await bench.idle();
  expect(bench.session.position().step).toBe(500);
});

test('a single step does not wait for the pace', async () => {
  const bench = new Bench().open(undisturbed);
  bench.send({ type: 'pace', stepsPerSecond: 1 });
  for (let step = 1; step <= 3; step += 1) {
    bench.send({ type: 'step' });
    await bench.idle();
    expect(bench.session.position().step).toBe(step);
  }
});

test('each command for a step makes one, however fast they come', async () => {
  const bench = new Bench().open(undisturbed);
  for (let click = 0; click < 25; click += 1) bench.send({ type: 'step' });
  await bench.idle();
  expect(bench.session.position().step).toBe(25);
});

test('no command trains before there is a network', async () => {
  const bench = new Bench();
  for (const type of /** @type {const} */ (['train', 'trainEpoch', 'step'])) bench.send({ type });
  bench.send({ type: 'trainTo', step: 7 });
  await bench.idle();
  expect([bench.events, bench.session.calls]).toEqual([[], []]);
});

test('trainEpoch makes the steps that are left of the epoch, and pauses', async () => {
  const bench = new Bench().open();
  bench.send({ type: 'trainTo', step: 7 });
  await bench.idle();
  bench.send({ type: 'trainEpoch' });
  await bench.idle();
  expect(bench.session.position().step).toBe(20);
  expect(bench.phases.at(-1)).toBe('paused');
  bench.send({ type: 'trainEpoch' });
  await bench.idle();
  expect(bench.session.position()).toMatchObject({ step: 40, finished: true });
});
