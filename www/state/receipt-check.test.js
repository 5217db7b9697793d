import { beforeEach, expect, test } from 'vitest';
import { DEFAULT_PRESET } from '../model/presets.js';
import { ReceiptCheck } from './receipt-check.svelte.js';

/** @typedef {import('./lab.svelte.js').Lab} Lab */

const spec = { ...DEFAULT_PRESET.spec, seed: 77 };
const sum = { algorithm: /** @type {const} */ ('sha256'), hex: 'ab'.repeat(32) };
const outcome = { steps: 5, weights: '0123456789abcdef', engine: '0.1.0', data: sum, accuracy: null };

/** Only what the check uses of it. */
class FakeLab {
  phase = 'training';
  spec = DEFAULT_PRESET.spec;
  /** @type {any} */
  summary = {};
  /** @type {any} */
  draftProblem = null;
  /** @type {any} */
  absent = null;
  /** @type {any} */
  progress = null;
  /** @type {any[]} */
  sent = [];
  found = {
    spec,
    step: 5,
    weights: outcome.weights,
    version: '0.1.0 simd128',
    data: sum,
    touched: /** @type {any[]} */ ([]),
  };

  /** @param {import('../model/spec.js').Spec} spec */
  restartWith(spec) {
    this.draftProblem = null;
    this.sent.push(spec);
  }

  /** @param {number} step */
  trainTo(step) {
    this.sent.push(step);
  }

  async ask() {
    return { answer: this.found, problem: null };
  }
}

/** @type {FakeLab} */
let lab;
/** @type {ReceiptCheck} */
let check;

/** A run that is built has a network of its own. @param {Partial<FakeLab>} change */
async function becomes(change) {
  Object.assign(lab, change.spec && { summary: {} }, change);
  check.follow();
  await Promise.resolve();
  await Promise.resolve();
}

beforeEach(() => {
  lab = new FakeLab();
  check = new ReceiptCheck(/** @type {any} */ (lab));
  check.start({ spec, outcome });
});

test('ReceiptCheck does not take a run that still trains at its start for the receipt’s', async () => {
  await becomes({ phase: 'training' });
  expect(check.stage).toBe('waiting');
  await becomes({ phase: 'ready', spec });
  await becomes({ phase: 'training' });
  expect(check.stage).toBe('training');
});

test('ReceiptCheck waits for its own run where the one before is of the same spec and rests at its start', async () => {
  Object.assign(lab, { phase: 'ready', spec });
  check.start({ spec, outcome });
  await becomes({ phase: 'ready' });
  expect(lab.sent.at(-1)).toBe(spec);
  await becomes({ phase: 'ready', spec });
  expect(lab.sent.at(-1)).toBe(5);
});

test('ReceiptCheck builds the run, trains it to the step and compares', async () => {
  expect(lab.sent).toEqual([spec]);
  await becomes({ phase: 'ready' });
  expect(lab.sent).toEqual([spec]);
  await becomes({ spec: structuredClone(spec) });
  expect(lab.sent).toEqual([spec, 5]);
  await becomes({ phase: 'training' });
  expect(check.stage).toBe('training');
  await becomes({ phase: 'paused', progress: { step: 5 } });
  expect([check.stage, check.same, check.sentences]).toEqual([
    ...['done', true, ['Confirmed: the weights are the same, bit for bit.']],
  ]);
});

/** The step that training will stop at. */
async function underWay() {
  await becomes({ phase: 'ready', spec });
  await becomes({ phase: 'training' });
}

test('compareHere compares a run that has ended where the receipt’s did', async () => {
  const here = { phase: 'finished', spec: structuredClone(spec), progress: { step: 5 } };
  const receipt = { spec, outcome };
  for (const other of [{ phase: 'training' }, { spec: DEFAULT_PRESET.spec }, { progress: { step: 4 } }]) {
    Object.assign(lab, here, other);
    expect(check.isHere(receipt)).toBe(false);
  }
  Object.assign(lab, here, { sent: [] });
  expect(check.isHere(receipt)).toBe(true);
  await check.compareHere(receipt);
  expect([check.stage, check.same, lab.sent]).toEqual(['done', true, []]);
  expect(check.sentences).toEqual([
    'Confirmed: the weights are the same, bit for bit.',
    'Compared with the run on this page, which was not repeated.',
  ]);
  lab.found.touched = ['weights'];
  await check.compareHere(receipt);
  expect([check.stage, check.same]).toEqual(['stopped', false]);
});

test('ReceiptCheck does not confirm other weights', async () => {
  await underWay();
  lab.found.weights = 'f'.repeat(16);
  await becomes({ phase: 'finished', progress: { step: 5 } });
  expect([check.stage, check.same]).toEqual(['done', false]);
  expect(check.sentences[0]).toMatch(/^Not confirmed/);
});

test('ReceiptCheck compares nothing with a run that was restarted meanwhile', async () => {
  await underWay();
  lab.found.spec = { ...spec, seed: 78 };
  await becomes({ phase: 'paused', progress: { step: 5 } });
  expect([check.stage, check.same]).toEqual(['stopped', false]);
});

test('ReceiptCheck goes on after a pause and stops at a restart', async () => {
  await underWay();
  await becomes({ phase: 'paused', progress: { step: 3 } });
  expect([check.stage, check.sentences]).toEqual(['stopped', ['Paused at step 3 of 5.']]);
  check.goOn();
  await becomes({ phase: 'training' });
  expect(check.stage).toBe('training');
  await becomes({ phase: 'ready', progress: null });
  expect(check.sentences).toEqual(['The run was restarted, so nothing is confirmed.']);
});

test('ReceiptCheck reports a spec that cannot be built, a divergence and weights changed by hand', async () => {
  await becomes({ draftProblem: { message: 'No.' } });
  expect(check.sentences).toEqual(['The receipt’s run cannot be built: No.']);
  lab.draftProblem = null;
  check.start({ spec, outcome });
  await underWay();
  await becomes({ phase: 'diverged' });
  expect([check.stage, check.same]).toEqual(['done', false]);
  check.start({ spec, outcome });
  lab.found.touched = ['weights'];
  await underWay();
  await becomes({ phase: 'paused', progress: { step: 5 } });
  expect([check.stage, check.same]).toEqual(['stopped', false]);
});

test('ReceiptCheck reports a data set that is not available', async () => {
  await becomes({ absent: { message: 'Fashion-MNIST is not on this site.' } });
  expect(check.stage).toBe('stopped');
  expect(check.sentences).toEqual(['The receipt’s run cannot be built: Fashion-MNIST is not on this site.']);
});

test('ReceiptCheck forgets what it said of another receipt', async () => {
  await becomes({ draftProblem: { message: 'too large' } });
  expect(check.stage).toBe('stopped');
  check.forget();
  expect([check.stage, check.sentences]).toEqual(['idle', []]);
});

test('ReceiptCheck leaves the run alone if the receipt is about a step that its run does not have', () => {
  lab.sent = [];
  check.start({ spec, outcome: { ...outcome, steps: 99_999_999 } });
  expect([check.stage, check.same, lab.sent]).toEqual(['done', false, []]);
  expect(check.sentences).toEqual(['This receipt is about step 99,999,999, but its run ends at step 8,595.']);
});
