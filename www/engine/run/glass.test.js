import { expect, test } from 'vitest';
import { Bench, SPEC } from '../testing/bench.js';

const place = /** @type {const} */ ({ layer: 0, kind: 'weight', index: 3 });
const nowhere = /** @type {const} */ ({ layer: 0, kind: 'weight', index: 18 });

test('gradients come with snapshots only while they are watched, and parameters of watched layers', async () => {
  const bench = new Bench().open();
  await bench.idle();
  expect(bench.of('snapshot').at(-1)?.snapshot).toMatchObject({ backward: null, parameters: [] });
  bench.run.painted();
  bench.run.watch({ type: 'watch', watched: { instruments: ['backward'], layers: [1, 9], label: 4 } });
  await bench.idle();
  const snapshot = bench.of('snapshot').at(-1)?.snapshot;
  expect(snapshot?.parameters).toMatchObject([{ layer: 1 }]);
  expect(snapshot?.backward).toMatchObject({ label: 4, loss: 2, parameters: [{ layer: 1 }], filters: [{ layer: 0 }] });
  expect(snapshot?.backward?.activations).toHaveLength(2);
  expect(bench.transfers.at(-1)?.length).toBeGreaterThan(8);
});

test('without a chosen class, the loss is that of the label, and of a drawing that of what it is read as', async () => {
  const bench = new Bench().open();
  const watched = /** @type {const} */ ({ instruments: ['backward'], layers: [], label: null });
  bench.run.watch({ type: 'watch', watched: { ...watched, instruments: ['backward'], layers: [] } });
  bench.run.probe({ type: 'probe', probe: { kind: 'test', index: 7 }, drawnAt: 0 });
  await bench.idle();
  expect(bench.of('snapshot').at(-1)?.snapshot.backward?.label).toBe(7);
  bench.run.painted();
  bench.session.probabilities = () => Float32Array.of(0.1, 0.2, 0.7);
  bench.run.probe({ type: 'probe', probe: { kind: 'drawing', pixels: new Uint8Array(784) }, drawnAt: 0 });
  await bench.idle();
  expect(bench.of('snapshot').at(-1)?.snapshot.backward?.label).toBe(2);
});

test('a weight that is set is told with what it was; after it the test images are judged anew', async () => {
  const bench = new Bench().open();
  bench.run.step();
  await bench.idle();
  bench.forget();
  bench.run.setWeight({ type: 'setWeight', place, value: 0.1 });
  await bench.idle();
  expect(bench.of('weightSet')).toEqual([{ type: 'weightSet', place, before: 0, value: Math.fround(0.1), step: 1 }]);
  expect(bench.session.parameter('0.weight')[3]).toBe(Math.fround(0.1));
  expect(bench.session.calls).toContain('evaluate test');
  expect(bench.of('checkpoint')).toHaveLength(1);
});

test('a weight that does not exist, or a value that is none, changes nothing, and that is told', async () => {
  const bench = new Bench().open();
  bench.run.setWeight({ type: 'setWeight', place: nowhere, value: 1 });
  bench.run.setWeight({ type: 'setWeight', place, value: NaN });
  bench.run.setWeight({ type: 'setWeight', place, value: 1e300 });
  await bench.idle();
  expect(bench.of('weightSet')).toEqual([]);
  const refused = bench.of('weightRefused').map(({ place, problem }) => [place, problem.code]);
  expect(refused).toEqual([
    [nowhere, 'not_found'],
    [place, 'out_of_range'],
    [place, 'out_of_range'],
  ]);
  expect(bench.session.calls.filter((call) => call.startsWith('set'))).toEqual([]);
  expect(bench.of('failed')).toEqual([]);
});

test('an evaluation under way begins anew when a weight is set', async () => {
  const bench = new Bench().open();
  bench.session.evaluatedPerMs = 1;
  bench.run.train();
  while (!bench.session.calls.includes('evaluate validation')) await bench.turns(1);
  bench.run.setWeight({ type: 'setWeight', place, value: 1 });
  await bench.turns(2);
  expect(bench.session.calls.filter((call) => call === 'evaluate validation').length).toBe(2);
});

test('nudging a weight for a check leaves it as it was', async () => {
  const bench = new Bench().open();
  bench.session.setParameter('0.weight', new Float32Array(18).fill(0.3));
  bench.run.checkGradient({ type: 'checkGradient', request: 5, place, label: null });
  await bench.idle();
  expect(bench.of('gradientChecked')).toMatchObject([{ request: 5, problem: null, check: { place, label: 0 } }]);
  expect(bench.session.parameter('0.weight')).toEqual(new Float32Array(18).fill(0.3));
  expect(bench.session.calls.filter((call) => call === 'set 0.weight').length).toBeGreaterThan(10);
});

test('questions about what does not exist are answered with why', async () => {
  const bench = new Bench();
  bench.session.loadedTest = 0;
  bench.open();
  bench.run.checkGradient({ type: 'checkGradient', request: 1, place, label: null });
  bench.run.weigh({ type: 'weigh', request: 2, place });
  await bench.idle();
  expect(bench.of('gradientChecked')).toMatchObject([{ request: 1, check: null, problem: { code: 'not_ready' } }]);
  expect(bench.of('weighed')).toMatchObject([{ request: 2, weighing: { place }, problem: null }]);
});

test('weighing waits for the steps under way', async () => {
  const bench = new Bench().open(SPEC);
  bench.run.train();
  await bench.turns(1);
  bench.run.weigh({ type: 'weigh', request: 3, place });
  await bench.idle();
  expect(bench.of('weighed')).toHaveLength(1);
});

test('the loss along the next step is told', async () => {
  const bench = new Bench().open();
  bench.run.slice({ type: 'slice', request: 9, from: -1, to: 3, points: 5 });
  await bench.idle();
  expect(bench.of('sliced')).toMatchObject([{ request: 9, slice: { step: 0 }, problem: null }]);
});

test('an image is tried without being looked at', async () => {
  const bench = new Bench().open();
  await bench.idle();
  bench.forget();
  bench.run.tryImage({ type: 'tryImage', request: 4, pixels: new Uint8Array(784) });
  await bench.idle();
  expect(bench.of('imageTried')).toMatchObject([{ request: 4, logits: { length: 10 } }]);
  expect(bench.of('snapshot')).toEqual([]);
});
