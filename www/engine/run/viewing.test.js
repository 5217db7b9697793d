import { expect, test } from 'vitest';
import { Bench } from '../testing/bench.js';

const place = /** @type {const} */ ({ layer: 0, kind: 'weight', index: 3 });
const nowhere = /** @type {const} */ ({ layer: 0, kind: 'weight', index: 18 });

test('watch adds gradients and the parameters of watched layers to snapshots', async () => {
  const bench = new Bench().open();
  await bench.idle();
  expect(bench.of('snapshot').at(-1)?.snapshot).toMatchObject({ backward: null, parameters: [] });
  bench.send({ type: 'painted' });
  bench.send({ type: 'watch', watched: { instruments: ['backward'], layers: [1, 9], label: 4 } });
  await bench.idle();
  const snapshot = bench.of('snapshot').at(-1)?.snapshot;
  expect(snapshot?.parameters).toMatchObject([{ layer: 1 }]);
  expect(snapshot?.backward).toMatchObject({ label: 4, loss: 2, parameters: [{ layer: 1 }], filters: [{ layer: 0 }] });
  expect(snapshot?.backward?.activations).toHaveLength(2);
  expect(bench.transfers.at(-1)?.length).toBeGreaterThan(8);
});

test("the loss without a chosen class is that of the label, and of a drawing that of the network's answer", async () => {
  const bench = new Bench().open();
  const watched = /** @type {const} */ ({ instruments: ['backward'], layers: [], label: null });
  bench.send({ type: 'watch', watched: { ...watched, instruments: ['backward'], layers: [] } });
  bench.send({ type: 'probe', probe: { kind: 'test', index: 7 }, drawnAt: 0 });
  await bench.idle();
  expect(bench.of('snapshot').at(-1)?.snapshot.backward?.label).toBe(7);
  bench.send({ type: 'painted' });
  bench.session.probabilities = Float32Array.of(0.1, 0.2, 0.7);
  bench.send({ type: 'probe', probe: { kind: 'drawing', pixels: new Uint8Array(784) }, drawnAt: 0 });
  await bench.idle();
  expect(bench.of('snapshot').at(-1)?.snapshot.backward?.label).toBe(2);
});

test('setWeight reports what the weight was; after it everything is evaluated again', async () => {
  const bench = new Bench().open();
  bench.send({ type: 'step' });
  await bench.idle();
  bench.forget();
  bench.send({ type: 'setWeight', place, value: 0.1 });
  await bench.idle();
  expect(bench.of('weightSet')).toEqual([{ type: 'weightSet', place, before: 0, value: Math.fround(0.1), step: 1 }]);
  expect(bench.session.parameter('0.weight')[3]).toBe(Math.fround(0.1));
  expect(bench.of('evaluated').map(({ evaluation }) => evaluation.split)).toEqual(['test', 'training', 'validation']);
  expect(bench.of('checkpoint')).toHaveLength(1);
});

test('setWeight refuses a weight that does not exist, and a value that is not finite', async () => {
  const bench = new Bench().open();
  bench.send({ type: 'setWeight', place: nowhere, value: 1 });
  bench.send({ type: 'setWeight', place, value: NaN });
  bench.send({ type: 'setWeight', place, value: 1e300 });
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

test('setWeight has an evaluation under way start over', async () => {
  const bench = new Bench().open();
  bench.session.evaluatedPerMs = 1;
  bench.send({ type: 'train' });
  while (!bench.session.calls.includes('evaluate validation')) await bench.turns(1);
  bench.send({ type: 'setWeight', place, value: 1 });
  await bench.turns(2);
  expect(bench.session.calls.filter((call) => call === 'evaluate validation').length).toBe(2);
});
