import { expect, test } from 'vitest';
import { Refusal } from '../problem.js';
import { Bench, SPEC } from '../testing/bench.js';

/** Long epochs, so that nothing is evaluated for a while. */
const undisturbed = { ...SPEC, training: { ...SPEC.training, epochs: 1000, batch_size: 1 } };

/** @param {Bench} bench @param {import('../../model/reports.js').Instrument[]} instruments */
const watch = (bench, ...instruments) =>
  bench.send({ type: 'watch', watched: { instruments, layers: [], label: null } });

/** @type {import('../../model/reports.js').Instrument[]} */
const ALL = ['gradientNorms', 'histograms', 'census', 'topActivations', 'map'];

test('what is not viewed is recorded at kept steps and at rest, and nothing else is measured', async () => {
  const bench = new Bench().open();
  bench.send({ type: 'train' });
  await bench.idle();
  expect(bench.of('histograms').map(({ histograms }) => histograms.step)).toEqual([10, 20, 40]);
  expect(bench.of('census').map(({ census }) => census.step)).toEqual([10, 20, 40]);
  expect(bench.of('gradientNorms').length).toBeGreaterThan(0);
  expect([...bench.of('topActivations'), ...bench.of('map')]).toEqual([]);
});

test('the record of a run takes a far smaller share of the time than its steps', async () => {
  const bench = new Bench().open(undisturbed);
  const [images, perMs] = [50, 0.1];
  Object.assign(bench.session, { evaluatedPerMs: perMs });
  bench.send({ type: 'trainTo', step: 10_000 });
  await bench.idle();
  const records = bench.of('census').filter(({ census }) => census.step < 10_000).length;
  expect(records).toBeGreaterThan(0);
  // The last one may have begun just within the budget.
  expect((records - 1) * (images / perMs)).toBeLessThan(50 + 0.01 * bench.session.time);
});

test('Instruments measure a run that rests once, and again after a step', async () => {
  const bench = new Bench().open(undisturbed);
  watch(bench, ...ALL);
  await bench.idle();
  for (const type of /** @type {const} */ (['histograms', 'census', 'map'])) {
    expect(bench.of(type)).toHaveLength(1);
  }
  expect(bench.of('census')[0]?.census).toMatchObject({
    step: 0,
    images: 50,
    layers: [{ fired: Uint32Array.of(1, 0) }],
  });
  expect(bench.of('map')[0]?.map.points).toHaveLength(200);
  bench.send({ type: 'step' });
  await bench.idle();
  expect(bench.of('topActivations').flatMap(({ topActivations: top }) => (top.whole ? [top.step] : []))).toEqual([
    0, 1,
  ]);
  expect(bench.of('gradientNorms').at(-1)?.readings).toMatchObject([{ step: 1 }]);
});

/** @param {Bench} bench what each census counted */
const counted = (bench) => bench.of('census').map(({ census }) => census.images);

test('a survey reports early, from few images, and again until all have passed', async () => {
  const bench = new Bench().open(undisturbed);
  bench.session.surveyable.validation = 300;
  bench.session.evaluatedPerMs = 1;
  watch(bench, 'census');
  bench.send({ type: 'train' });
  await bench.turns(3_000);
  expect(counted(bench).slice(0, 3)).toEqual([64, 128, 256]);
  expect(counted(bench).length).toBeGreaterThan(4);
  expect(new Set(counted(bench).slice(3))).toEqual(new Set([300]));
  expect(bench.of('census').map(({ census }) => census.whole)).toEqual(counted(bench).map((images) => images === 300));
  const steps = bench.of('census').map(({ census }) => census.step);
  expect(Number(steps[0])).toBeLessThan(100);
  expect(Number(steps[1])).toBeLessThan(2_000);
});

test('a survey of a run that rested as a whole reports early again when it trains', async () => {
  const bench = new Bench().open(undisturbed);
  bench.session.surveyable.validation = 300;
  watch(bench, 'census');
  await bench.idle();
  expect(counted(bench)).toEqual([64, 300]);
  expect(bench.of('census').map(({ census }) => census.step)).toEqual([0, 0]);
  bench.forget();
  bench.send({ type: 'train' });
  await bench.turns(400);
  expect(counted(bench).slice(0, 2)).toEqual([64, 128]);
});

test('top activations are of few images first, and the map of all that it can hold', async () => {
  const bench = new Bench().open(undisturbed);
  bench.session.surveyable.test = 5_000;
  watch(bench, 'topActivations', 'map');
  await bench.idle();
  expect(bench.of('topActivations').at(0)?.topActivations).toMatchObject({ images: 64, whole: false });
  expect(bench.of('topActivations').at(-1)?.topActivations).toMatchObject({ images: 5_000, whole: true });
  expect(bench.of('map').map(({ map }) => map.images.length)).toEqual([1_000]);
});

/** Milliseconds for a step, on average, all else included. @param {import('../../model/reports.js').Instrument[]} instruments */
async function pace(...instruments) {
  const bench = new Bench().open(undisturbed);
  bench.session.evaluatedPerMs = 1;
  watch(bench, ...instruments);
  bench.send({ type: 'train' });
  await bench.turns(2_000);
  return { ms: bench.session.time / bench.session.position().step, surveys: bench.of('topActivations').length };
}

test('Instruments take a small share of the time while training', async () => {
  const [alone, watched] = [await pace(), await pace(...ALL)];
  expect(watched.surveys).toBeGreaterThan(1);
  expect(watched.ms / alone.ms).toBeLessThan(1.07);
});

test('Instruments take turns while training, even if one takes long', async () => {
  const bench = new Bench().open(undisturbed);
  const { backward } = bench.session;
  bench.session.backward = function () {
    this.time += 100;
    return backward.call(this);
  };
  watch(bench, ...ALL);
  bench.send({ type: 'train' });
  await bench.turns(2_000);
  for (const type of /** @type {const} */ (['gradientNorms', 'histograms', 'census', 'topActivations', 'map'])) {
    expect(bench.of(type).length).toBeGreaterThan(0);
  }
});

test('watch ends what is no longer viewed, which is measured again when it is viewed again', async () => {
  const bench = new Bench().open(undisturbed);
  bench.session.evaluatedPerMs = 1;
  watch(bench, 'gradientNorms', 'topActivations');
  await bench.turns(4);
  watch(bench);
  await bench.idle();
  expect(bench.of('topActivations')).toEqual([]);
  expect(bench.session.calls).not.toContain('gradient norms off');
  watch(bench, 'topActivations');
  await bench.idle();
  expect(bench.of('topActivations').map(({ topActivations }) => topActivations.images)).toEqual([64, 100]);
});

test('Instruments wait without haste for images that have not arrived', async () => {
  const bench = new Bench();
  bench.session.loadedTest = 0;
  bench.open();
  watch(bench, 'histograms');
  await bench.idle();
  expect(bench.of('histograms')).toEqual([]);
});

test('Instruments measure the others while one waits for images', async () => {
  const bench = new Bench().open(undisturbed);
  bench.session.continueSurvey = () => {
    throw new Refusal('not_ready', 'The images have not been loaded.');
  };
  watch(bench, 'histograms', 'census');
  await bench.idle();
  bench.send({ type: 'step' });
  await bench.idle();
  expect(bench.of('histograms').map(({ histograms }) => histograms.step)).toEqual([0, 1]);
});

test('Instruments measure the new network after a restart', async () => {
  const bench = new Bench().open();
  watch(bench, 'gradientNorms', 'census');
  await bench.idle();
  bench.send({ type: 'restart', spec: SPEC });
  await bench.idle();
  expect(bench.of('census')).toHaveLength(2);
  expect(bench.session.calls.filter((call) => call === 'gradient norms on')).toHaveLength(2);
});
