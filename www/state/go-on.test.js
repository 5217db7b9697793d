import { beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_PRESET } from '../model/presets.js';
import { canGoOn, goOn, moreEpochs, whyNoStep } from './go-on.js';

const { spec } = DEFAULT_PRESET;
const { epochs } = spec.training;
const run = { toggle: vi.fn(), configure: vi.fn(), train: vi.fn(), spec, draft: spec };

/** @param {import('./lab-state.svelte.js').Phase} phase @param {object} [more] @returns {any} */
const at = (phase, more = {}) => ({ ...run, phase, canTrain: phase === 'ready' || phase === 'paused', ...more });

beforeEach(() => vi.clearAllMocks());

test('goOn trains or pauses, and gives a finished run five more epochs', () => {
  for (const phase of /** @type {const} */ (['ready', 'paused', 'training'])) goOn(at(phase));
  expect([run.toggle, run.configure, run.train].map((does) => does.mock.calls.length)).toEqual([3, 0, 0]);
  goOn(at('finished', { progress: { epoch: epochs } }));
  expect(run.configure).toHaveBeenCalledWith({ ...spec.training, epochs: epochs + 5 });
  expect(run.train).toHaveBeenCalledOnce();
  expect(run.toggle).toHaveBeenCalledTimes(3);
});

test('goOn gives a run on a small set of one’s own as many epochs as make some steps, as far as the engine takes them', () => {
  const set = /** @type {const} */ (`own-${'0'.repeat(64)}`);
  const small = { ...spec, data: { ...spec.data, set, training_images: 8 * spec.training.batch_size } };
  expect([moreEpochs({ spec, progress: null }), moreEpochs({ spec: small, progress: null })]).toEqual([5, 50]);
  goOn(at('finished', { spec: small, draft: small, progress: { epoch: epochs } }));
  expect(run.configure).toHaveBeenCalledWith({ ...spec.training, epochs: epochs + 50 });
  expect(moreEpochs({ spec: { ...small, training: { ...small.training, epochs: 990 } }, progress: null })).toBe(5);
});

test('goOn counts from the epochs that were made, where they are more than were asked for', () => {
  goOn(at('finished', { progress: { epoch: epochs + 2 } }));
  expect(run.configure).toHaveBeenCalledWith({ ...spec.training, epochs: epochs + 7 });
});

test('goOn does nothing where nothing can go on', () => {
  const longest = { ...spec, training: { ...spec.training, epochs: 996 } };
  for (const stuck of [at('opening'), at('diverged'), at('failed'), at('finished', { spec: longest })]) {
    expect(canGoOn(stuck)).toBe(false);
    goOn(stuck);
  }
  expect([run.toggle, run.configure, run.train].flatMap((does) => does.mock.calls)).toEqual([]);
});

test('whyNoStep has a reason exactly where no step can be made', () => {
  expect([whyNoStep(at('ready')), whyNoStep(at('paused'))]).toEqual(['', '']);
  for (const phase of /** @type {const} */ (['opening', 'training', 'finished', 'diverged', 'failed'])) {
    expect(whyNoStep(at(phase))).toMatch(/\.$/);
  }
});
