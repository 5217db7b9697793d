import { expect, test } from 'vitest';
import { Refusal } from '../problem.js';
import { Bench, SPEC } from '../testing/bench.js';

/** Long epochs, so that nothing is evaluated for a while. */
const undisturbed = { ...SPEC, training: { ...SPEC.training, epochs: 1000, batch_size: 1 } };

/** @param {Bench} bench @param {import('../../model/reports.js').Instrument[]} instruments */
const watch = (bench, ...instruments) =>
  bench.run.watch({ type: 'watch', watched: { instruments, layers: [], label: null } });

/** @type {import('../../model/reports.js').Instrument[]} */
const ALL = ['flow', 'histograms', 'census', 'peaks', 'map'];

test('what nobody looks at is not measured', async () => {
  const bench = new Bench().open();
  bench.run.train();
  await bench.idle();
  expect(bench.session.calls.filter((call) => call.startsWith('survey') || call.startsWith('flow'))).toEqual([]);
});

test('what stands still is measured once, and again after a step', async () => {
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
  bench.run.step();
  await bench.idle();
  expect(bench.of('peaks').flatMap(({ peaks }) => (peaks.whole ? [peaks.step] : []))).toEqual([0, 1]);
  expect(bench.of('flow').at(-1)?.readings).toMatchObject([{ step: 1 }]);
});

/** @param {Bench} bench what each census counted */
const counted = (bench) => bench.of('census').map(({ census }) => census.images);

test('a first answer comes early, from few images, and is refined until all are looked at', async () => {
  const bench = new Bench().open(undisturbed);
  bench.session.surveyable.validation = 300;
  bench.session.evaluatedPerMs = 1;
  watch(bench, 'census');
  bench.run.train();
  await bench.turns(3_000);
  expect(counted(bench).slice(0, 3)).toEqual([64, 128, 256]);
  expect(counted(bench).length).toBeGreaterThan(4);
  expect(new Set(counted(bench).slice(3))).toEqual(new Set([300]));
  expect(bench.of('census').map(({ census }) => census.whole)).toEqual(counted(bench).map((images) => images === 300));
  const steps = bench.of('census').map(({ census }) => census.step);
  expect(Number(steps[0])).toBeLessThan(100);
  expect(Number(steps[1])).toBeLessThan(2_000);
});

test('what has been surveyed whole while standing still is looked at early again when it trains', async () => {
  const bench = new Bench().open(undisturbed);
  bench.session.surveyable.validation = 300;
  watch(bench, 'census');
  await bench.idle();
  expect(counted(bench)).toEqual([64, 300]);
  expect(bench.of('census').map(({ census }) => census.step)).toEqual([0, 0]);
  bench.forget();
  bench.run.train();
  await bench.turns(400);
  expect(counted(bench).slice(0, 2)).toEqual([64, 128]);
});

test('top digits come from few images first, the map from all it can hold', async () => {
  const bench = new Bench().open(undisturbed);
  bench.session.surveyable.test = 5_000;
  watch(bench, 'peaks', 'map');
  await bench.idle();
  expect(bench.of('peaks').at(0)?.peaks).toMatchObject({ images: 64, whole: false });
  expect(bench.of('peaks').at(-1)?.peaks).toMatchObject({ images: 5_000, whole: true });
  expect(bench.of('map').map(({ map }) => map.images.length)).toEqual([1_000]);
});

/** Milliseconds for a step, on average, all else included. @param {import('../../model/reports.js').Instrument[]} instruments */
async function pace(...instruments) {
  const bench = new Bench().open(undisturbed);
  bench.session.evaluatedPerMs = 1;
  watch(bench, ...instruments);
  bench.run.train();
  await bench.turns(2_000);
  return { ms: bench.session.time / bench.session.position().step, peaks: bench.of('peaks').length };
}

test('while training, measuring takes a small share of the time', async () => {
  const [alone, watched] = [await pace(), await pace(...ALL)];
  expect(watched.peaks).toBeGreaterThan(1);
  expect(watched.ms / alone.ms).toBeLessThan(1.07);
});

test('while training, one that takes long leaves the others their turn', async () => {
  const bench = new Bench().open(undisturbed);
  bench.session.lookBack = () => (bench.session.time += 100);
  watch(bench, ...ALL);
  bench.run.train();
  await bench.turns(2_000);
  for (const type of /** @type {const} */ (['flow', 'histograms', 'census', 'peaks', 'map'])) {
    expect(bench.of(type).length).toBeGreaterThan(0);
  }
});

test('who looks away ends what was begun, and who looks again has it measured anew', async () => {
  const bench = new Bench().open(undisturbed);
  bench.session.evaluatedPerMs = 1;
  watch(bench, 'flow', 'peaks');
  await bench.turns(4);
  watch(bench);
  await bench.idle();
  expect(bench.of('peaks')).toEqual([]);
  expect(bench.session.calls.at(-1)).toBe('flow off');
  watch(bench, 'peaks');
  await bench.idle();
  expect(bench.of('peaks').map(({ peaks }) => peaks.images)).toEqual([64, 100]);
});

test('images that have not come yet are waited for without haste', async () => {
  const bench = new Bench();
  bench.session.loadedTest = 0;
  bench.open();
  watch(bench, 'histograms');
  await bench.idle();
  expect(bench.of('histograms')).toEqual([]);
});

test('what waits for images does not keep the others from being measured', async () => {
  const bench = new Bench().open(undisturbed);
  bench.session.continueSurvey = () => {
    throw new Refusal('not_ready', 'The images have not been loaded.');
  };
  watch(bench, 'histograms', 'census');
  await bench.idle();
  bench.run.step();
  await bench.idle();
  expect(bench.of('histograms').map(({ histograms }) => histograms.step)).toEqual([0, 1]);
});

test('a restart has the new network measured', async () => {
  const bench = new Bench().open();
  watch(bench, 'flow', 'census');
  await bench.idle();
  bench.run.restart({ type: 'restart', spec: SPEC });
  await bench.idle();
  expect(bench.of('census')).toHaveLength(2);
  expect(bench.session.calls.filter((call) => call === 'flow on')).toHaveLength(2);
});
