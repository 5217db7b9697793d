import { expect, test } from 'vitest';
import { Bench, SPEC } from '../testing/bench.js';

/** Many epochs, so that training does not end. */
const LASTING = { ...SPEC, training: { ...SPEC.training, epochs: 1000 } };

test('Snapshots wait until the last one has been painted', async () => {
  const bench = new Bench().open(LASTING);
  bench.session.stepTakes = 5;
  bench.send({ type: 'train' });
  await bench.turns(100);
  expect(bench.of('snapshot')).toHaveLength(1);
  bench.send({ type: 'painted' });
  await bench.turns(100);
  expect(bench.of('snapshot')).toHaveLength(2);
});

test('a snapshot of a test image follows as soon as the image has arrived', async () => {
  const answers = /** @type {((response: Response) => void)[]} */ ([]);
  const bench = new Bench(() => new Promise((resolve) => answers.push(resolve)));
  bench.session.loadedTest = 0;
  bench.open();
  await bench.idle();
  bench.send({ type: 'painted' });
  expect(bench.of('snapshot').map(({ snapshot }) => snapshot.reading)).toEqual([null]);
  bench.session.loadedTest = 100;
  answers[0]?.(new Response(new Uint8Array(8)));
  await bench.idle();
  expect(bench.of('snapshot').at(-1)?.snapshot.reading).toMatchObject({ label: 0 });
});

test('Snapshots keep a distance while training, even if the page paints at once', async () => {
  const bench = new Bench().open(LASTING);
  bench.session.stepTakes = 5;
  bench.send({ type: 'train' });
  const start = bench.session.time;
  for (let i = 0; i < 100; i += 1) {
    bench.send({ type: 'painted' });
    await bench.turns(1);
  }
  const possible = (bench.session.time - start) / 60;
  expect(bench.of('snapshot').length).toBeLessThanOrEqual(possible + 1);
  expect(bench.of('snapshot').length).toBeGreaterThan(possible / 2);
});

test('Snapshots are fewer for a page that is slow to paint', async () => {
  const bench = new Bench().open(LASTING);
  bench.session.stepTakes = 5;
  bench.send({ type: 'train' });
  await bench.turns(1);
  const took = 200;
  bench.session.time += took;
  bench.send({ type: 'painted' });
  const painted = bench.session.time;
  while (bench.of('snapshot').length < 2) await bench.turns(1);
  expect(bench.session.time - painted).toBeGreaterThanOrEqual(2 * took);
});

test('Snapshots reach a page that is shown again after an hour within a second', async () => {
  const bench = new Bench().open(LASTING);
  bench.session.stepTakes = 5;
  bench.send({ type: 'train' });
  await bench.turns(1);
  bench.session.time += 3_600_000;
  bench.send({ type: 'painted' });
  const back = bench.session.time;
  while (bench.of('snapshot').length < 2) await bench.turns(1);
  expect(bench.session.time - back).toBeLessThan(1_000);
});

test('a snapshot transfers its buffers and keeps the pixels of the drawing', async () => {
  const bench = new Bench().open();
  await bench.idle();
  const at = bench.events.findIndex(({ type }) => type === 'snapshot');
  const [snapshot] = bench.of('snapshot');
  const reading = snapshot?.snapshot.reading;
  const arrays = [reading?.probabilities, reading?.logits, ...(reading?.activations ?? [])];
  for (const array of arrays) expect(bench.transfers[at]).toContain(array?.buffer);
  expect(bench.transfers[at]).not.toContain(reading?.pixels.buffer);
});
