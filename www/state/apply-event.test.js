import { describe, expect, test } from 'vitest';
import { withSet } from '../model/data-sets.js';
import { LETTERS, ownName, specOn, TINY } from '../model/testing/own-set.js';
import { DEFAULT_PRESET } from '../model/presets.js';
import { SUMMARY } from '../runs/testing/summary.js';
import { applyEvent, replyTo } from './apply-event.js';

/** @typedef {import('./lab-state.svelte.js').State} State */

const { spec } = DEFAULT_PRESET;
const OTHER = { ...spec, seed: 99, training: { ...spec.training, batch_size: 7 } };
const problem = { code: 'out_of_range', message: 'No.', layer: null };
const network = { spec: OTHER, summary: SUMMARY, step: 30 };
const evaluation = (/** @type {number} */ step) => /** @type {any} */ ({ split: 'test', step });

/** @type {State} */
const STATE = {
  ...{ phase: 'paused', version: null, loading: null, dataProblem: problem, failure: null, notice: null },
  ...{
    sought: 'fashion',
    absent: problem,
    divergence: null,
    costs: null,
    prediction: null,
    pace: null,
    teaching: null,
  },
  ...{ spec, summary: SUMMARY, draft: OTHER, draftProblem: null, draftSummary: null },
  progress: /** @type {any} */ ({ step: 50, loss: 1, accuracy: 0.5, workers: 3 }),
  evaluations: { training: evaluation(40), validation: evaluation(20), test: evaluation(40) },
  snapshot: /** @type {any} */ ({ step: 50 }),
  tried: null,
  probe: { kind: 'drawing', pixels: new Uint8Array(784) },
};

describe('applyEvent', () => {
  test('of a run that has begun clears what was of the one before', () => {
    expect(applyEvent(STATE, { type: 'begun', ...network, step: 0, left: null })).toMatchObject({
      ...{ spec: OTHER, summary: SUMMARY, sought: null, absent: null, progress: null, snapshot: null, costs: null },
      evaluations: { training: null, validation: null, test: null },
    });
  });

  test('of another run that was entered makes its spec the draft, and shows what it came to', () => {
    const evaluations = { training: evaluation(30), validation: evaluation(30), test: null };
    const trained = { loss: 0.1, accuracy: 0.9 };
    const entered = { type: /** @type {const} */ ('entered'), ...network, id: 'a', left: null, evaluations, trained };
    expect(applyEvent({ ...STATE, draft: spec, draftProblem: problem }, { ...entered, another: true })).toMatchObject({
      ...{ spec: OTHER, draft: OTHER, draftProblem: null, draftSummary: SUMMARY, snapshot: null, evaluations },
      progress: { loss: 0.1, accuracy: 0.9, workers: 3 },
    });
    const same = applyEvent({ ...STATE, draft: spec, draftProblem: problem }, { ...entered, another: false });
    expect(same.draft).toEqual({ ...spec, training: OTHER.training });
    expect('snapshot' in same || 'draftProblem' in same).toBe(false);
  });

  test('of a run that was recovered, or went back, drops later evaluations', () => {
    const evaluations = { training: null, validation: evaluation(20), test: null };
    const recovered = applyEvent(STATE, { type: 'recovered', ...network });
    expect(recovered).toMatchObject({ evaluations });
    expect('progress' in recovered).toBe(false);
    expect(applyEvent(STATE, { type: 'wentBack', step: 30 })).toEqual({ divergence: null, evaluations });
  });

  test('of an evaluation replaces that of the same split', () => {
    const training = { ...evaluation(50), split: 'training' };
    const { evaluations } = STATE;
    expect(applyEvent(STATE, { type: 'evaluated', evaluation: training })).toEqual({
      evaluations: { ...evaluations, training },
    });
  });

  test('changes the problem of the data only with the data set', () => {
    expect('dataProblem' in applyEvent(STATE, { type: 'begun', ...network, left: null })).toBe(false);
    const fashion = { ...network, spec: withSet(spec, 'fashion') };
    expect(applyEvent(STATE, { type: 'begun', ...fashion, left: null })).toMatchObject({ dataProblem: null });
  });

  test('takes the phase from the worker, and none from progress', () => {
    expect(applyEvent(STATE, { type: 'phase', phase: 'finished' })).toEqual({ phase: 'finished' });
    const losses = { firstStep: 51, losses: new Float32Array(0), accuracies: new Float32Array(0) };
    const progress = /** @type {any} */ ({ step: 51, ...losses });
    expect(applyEvent(STATE, { type: 'progress', progress })).toEqual({
      progress: { step: 51, loss: 1, accuracy: 0.5 },
    });
  });

  test('of a refusal depends on the command', () => {
    const rejected = (/** @type {any} */ command, code = 'out_of_range') =>
      applyEvent(STATE, { type: 'rejected', command, problem: { ...problem, code } });
    expect(rejected('configure')).toEqual({ draftProblem: problem });
    expect(rejected('train')).toEqual({ notice: 'No.' });
    expect(rejected('restart')).toEqual({ sought: null, draftProblem: problem });
    expect(rejected('restore')).toEqual({ sought: null, draftProblem: null, notice: 'No.' });
    expect(rejected('restart', 'no_data')).toMatchObject({ sought: null, absent: { code: 'no_data' } });
  });

  test('of a set of one’s own that is missing keeps what was to run on it, until another run has begun', () => {
    const draft = specOn(LETTERS);
    const noData = { code: 'no_data', message: 'Missing.', layer: null };
    const rejected = (/** @type {'open' | 'restart'} */ command) =>
      applyEvent({ ...STATE, draft, spec }, { type: 'rejected', command, problem: noData, missing: LETTERS.set });
    for (const command of /** @type {const} */ (['open', 'restart'])) {
      expect(rejected(command)).toEqual({
        ...{ sought: null, draftProblem: null, draft: withSet(draft, 'mnist') },
        absent: { ...noData, missing: LETTERS.set, spec: draft },
      });
    }
    const restore = { type: /** @type {const} */ ('rejected'), command: /** @type {const} */ ('restore') };
    expect(applyEvent(STATE, { ...restore, problem: noData, missing: LETTERS.set })).toEqual({
      ...{ sought: null, draftProblem: null, absent: { ...noData, missing: LETTERS.set } },
    });
    const begun = { type: /** @type {const} */ ('begun'), ...network, step: 0, left: null };
    expect('absent' in applyEvent({ ...STATE, summary: null }, begun)).toBe(false);
    expect(applyEvent(STATE, begun).absent).toBeNull();
  });

  test('views the first test image where the data set has not what was viewed', () => {
    const on = (/** @type {typeof LETTERS} */ own, /** @type {State['probe']} */ probe) =>
      applyEvent({ ...STATE, probe }, { type: 'begun', spec: specOn(own), summary: SUMMARY, step: 0, left: null })
        .probe;
    const first = { kind: 'test', index: 0 };
    expect(on(LETTERS, { kind: 'test', index: 99 })).toEqual({ kind: 'test', index: 99 });
    expect(on(LETTERS, { kind: 'test', index: 100 })).toEqual(first);
    expect(on(LETTERS, { kind: 'validation', index: 50 })).toEqual(first);
    expect(on(LETTERS, { kind: 'drawing', pixels: new Uint8Array(784) })).toEqual(first);
    expect(on(TINY, { kind: 'drawing', pixels: new Uint8Array(96) })?.kind).toBe('drawing');
    expect(on(TINY, { kind: 'drawing', pixels: null })?.kind).toBe('drawing');
    // It is drawn again in the size of the set.
    expect(on(TINY, { kind: 'drawing', pixels: new Uint8Array(784) })).toEqual({ kind: 'drawing', pixels: null });
  });

  test('changes nothing of what other stores hear', () => {
    const checkpoint = { step: 1, elapsed: 1, bytes: new Uint8Array(1) };
    expect(applyEvent(STATE, { type: 'checkpoint', checkpoint })).toEqual({});
  });
});

describe('replyTo', () => {
  test('restarts with the default when the first spec is refused, or with the default data set', () => {
    const rejected = { type: /** @type {const} */ ('rejected'), command: /** @type {const} */ ('open') };
    expect(replyTo(STATE, { ...rejected, problem })).toEqual({ restart: spec });
    const draft = withSet(OTHER, 'fashion');
    const noData = { ...problem, code: 'no_data' };
    expect(replyTo({ ...STATE, draft }, { ...rejected, problem: noData })).toEqual({
      restart: withSet(draft, 'mnist'),
    });
  });

  test('restarts with the default when a first spec cannot be built on the default data set either', () => {
    const rejected = { type: /** @type {const} */ ('rejected'), command: /** @type {const} */ ('restart'), problem };
    expect(replyTo({ ...STATE, summary: null }, rejected)).toEqual({ restart: spec });
    expect(replyTo(STATE, rejected)).toEqual({});
    const missing = { ...rejected, command: /** @type {const} */ ('open'), problem: { ...problem, code: 'no_data' } };
    const draft = withSet(specOn({ ...LETTERS, set: ownName('7') }), 'mnist');
    expect(replyTo({ ...STATE, draft }, missing)).toEqual({ restart: draft });
  });

  test('sends the probe to a new worker, and a drawing to other weights', () => {
    expect(replyTo(STATE, { type: 'recovering', problem, step: 3 })).toEqual({ probe: true });
    const nothing = { evaluations: STATE.evaluations, trained: null };
    const entered = {
      type: /** @type {const} */ ('entered'),
      ...network,
      id: 'a',
      left: null,
      another: true,
      ...nothing,
    };
    expect(replyTo(STATE, entered)).toEqual({ probe: true });
    expect(replyTo({ ...STATE, probe: { kind: 'test', index: 1 } }, entered)).toEqual({ probe: false });
    expect(replyTo(STATE, { type: 'phase', phase: 'ready' })).toEqual({});
  });
});
