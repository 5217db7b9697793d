import { expect, test } from 'vitest';
import { Bench, SPEC } from '../testing/bench.js';
import { Provenance } from './provenance.js';

const { training } = SPEC;
const other = { ...training, batch_size: 64 };
const longer = { ...training, epochs: 9 };
const place = /** @type {const} */ ({ layer: 0, kind: 'weight', index: 3 });

/** @param {Parameters<Provenance['begin']>} given */
function begun(...given) {
  const provenance = new Provenance();
  provenance.begin(...given);
  return provenance;
}

/** @param {Provenance} provenance */
const stateOf = ({ touched, madeWith, before }) => ({ touched, madeWith, before });

test('a setting counts from the first step made with it', () => {
  const provenance = begun(training);
  provenance.stepped(0);
  provenance.configure(other, 10);
  expect(stateOf(provenance)).toEqual({ touched: [], madeWith: training, before: training });
  provenance.configure(training, 10);
  expect(stateOf(provenance)).toEqual({ touched: [], madeWith: training, before: null });
  provenance.configure(other, 10);
  provenance.stepped(10);
  expect(stateOf(provenance)).toEqual({ touched: ['settings'], madeWith: other, before: null });
  provenance.wentBack(10);
  expect(stateOf(provenance)).toMatchObject({ touched: [], madeWith: training });
});

test('before the first step the settings are what it will be made with', () => {
  const provenance = begun(training);
  provenance.configure(other, 0);
  expect(stateOf(provenance)).toEqual({ touched: [], madeWith: other, before: null });
});

test('more epochs change no step', () => {
  const provenance = begun(training);
  provenance.stepped(0);
  provenance.configure(longer, 40);
  provenance.stepped(40);
  expect(stateOf(provenance)).toEqual({ touched: [], madeWith: longer, before: null });
});

test('a weight counts while it differs from what the last step left, and for good once a step was made with it', () => {
  const provenance = begun(training);
  provenance.weightSet(place, 1, 2);
  provenance.weightSet(place, 2, 3);
  expect(provenance.touched).toEqual(['weights']);
  provenance.weightSet(place, 3, 1);
  expect(provenance.touched).toEqual([]);
  provenance.weightSet(place, 1, 2);
  provenance.stepped(0);
  provenance.weightSet(place, 5, 1);
  provenance.weightSet(place, 1, 5);
  expect(provenance.touched).toEqual(['weights']);
});

test('a run that continues keeps what it was made with', () => {
  expect(stateOf(begun(other, { touched: ['weights'], madeWith: training }))).toEqual({
    ...{ touched: ['weights'], madeWith: training, before: training },
  });
});

test('a run that waits has checkpoints that say so, and continues from them as it was', async () => {
  const bench = new Bench().open();
  bench.send({ type: 'trainTo', step: 3 });
  await bench.idle();
  bench.send({ type: 'configure', training: other });
  const checkpoint = bench.of('checkpoint').at(-1)?.checkpoint;
  expect(checkpoint).toMatchObject({ step: 3, madeWith: training });
  expect(checkpoint).not.toHaveProperty('touched');
  bench.send({ type: 'step' });
  await bench.idle();
  expect(bench.commands.reporting.provenance.touched).toEqual(['settings']);
  if (checkpoint) bench.send({ type: 'restore', run: 'a', set: 'mnist', checkpoint });
  await bench.idle();
  expect(bench.commands.reporting.provenance.touched).toEqual([]);
});

test('steps are reported before the settings change', async () => {
  const bench = new Bench().open({ ...SPEC, training: { ...training, batch_size: 1 } });
  bench.session.stepTakes = 5;
  bench.send({ type: 'train' });
  await bench.turns(2);
  bench.forget();
  const { step } = bench.session.position();
  bench.send({ type: 'configure', training: other });
  const order = bench.events.filter(({ type }) => type === 'progress' || type === 'configured');
  expect(order.map(({ type }) => type).slice(0, 2)).toEqual(['progress', 'configured']);
  expect(order[0]).toMatchObject({ progress: { step } });
});

test('what was taught counts at once, until it is undone', () => {
  const provenance = begun(training, { touched: ['settings'] });
  provenance.taught();
  expect(provenance.touched).toEqual(['settings', 'taught']);
  provenance.untaught();
  expect(provenance.touched).toEqual(['settings']);
});
