import { expect, test } from 'vitest';
import { lossOf, passOf } from '../../model/lives.js';
import { LifeTable } from './life-table.js';
import { Lives } from './lives.js';

/** @typedef {import('../../model/spec.js').Spec} Spec */

const SPEC = /** @type {Spec} */ ({ seed: 1, data: { set: 'mnist', training_images: 6, wrong_labels: 0 } });

/**
 * Steps on two images each, three an epoch: the losses of step n are n and −n.
 * @param {Lives} lives
 * @param {number} from the step before them
 * @param {number} count
 */
function train(lives, from, count) {
  for (let step = from; step < from + count; step += 1) {
    const first = 2 * (step % 3);
    const loss = (step + 1) / 4;
    const passed = Float32Array.of(first, first, loss, first + 1, 9, -loss);
    const result = { loss: 0, accuracy: 0, learningRate: 0, passed };
    lives.stepped([result], { step, epoch: Math.floor(step / 3) });
  }
}

/** @param {Lives} lives @returns {number[][]} the passes in each epoch */
const rows = (lives) => (lives.table?.rows ?? []).map(({ passes }) => [...passes]);

/** @param {number} steps @returns {number[][]} what is expected after a run of so many steps without going back */
function straight(steps) {
  const lives = new Lives();
  lives.begin(SPEC, 0, 'start');
  train(lives, 0, steps);
  return rows(lives);
}

/** A run of eight steps, marked after the fourth and at the end. */
function marked() {
  const lives = new Lives();
  lives.begin(SPEC, 0, 'start');
  train(lives, 0, 4);
  lives.mark(4, 'four');
  train(lives, 4, 4);
  lives.mark(8, 'eight');
  return lives;
}

test('Lives: each image has a pass in each epoch, in its place', () => {
  const pass = (/** @type {number} */ step) => [passOf(step / 4), passOf(-step / 4)];
  expect(straight(5)).toEqual([
    [...pass(1), ...pass(2), ...pass(3)],
    [...pass(4), ...pass(5), 0, 0],
  ]);
  expect(lossOf(Number(straight(4)[1]?.[0]))).toBeCloseTo(1.06, 2);
});

test('Lives: after going back, what was undone has not been', () => {
  const lives = marked();
  lives.wentBack(4);
  expect(rows(lives)).toEqual(straight(4));
  train(lives, 4, 1);
  expect(rows(lives)).toEqual(straight(5));
});

test('Lives: a run that is entered at an earlier step knows what was before it, and forward again what followed', () => {
  const lives = marked();
  lives.begin(SPEC, 4, 'four');
  expect(rows(lives)).toEqual(straight(4));
  expect(lives.table?.step).toBe(4);
  lives.begin(SPEC, 8, 'eight');
  expect(rows(lives)).toEqual(straight(8));
});

test('Lives: a fork leaves the run that it began from as it was', () => {
  const lives = marked();
  lives.begin(SPEC, 4, 'four');
  train(lives, 4, 1);
  lives.mark(5, 'fork');
  expect(rows(lives)).toEqual(straight(5));
  lives.begin(SPEC, 8, 'eight');
  expect(rows(lives)).toEqual(straight(8));
  lives.begin(SPEC, 5, 'fork');
  expect(rows(lives)).toEqual(straight(5));
});

test('Lives: nothing is known of what was before a checkpoint from elsewhere, or with other data', () => {
  const lives = marked();
  lives.begin(SPEC, 4, 'other weights');
  expect([rows(lives), lives.table?.since]).toEqual([[], 4]);
  const otherSeed = { ...SPEC, seed: 2 };
  lives.begin(otherSeed, 4, 'four');
  expect([rows(lives), lives.table?.since]).toEqual([[], 4]);
  train(lives, 4, 1);
  expect(rows(lives)).toEqual([[0, 0, ...(straight(5)[1]?.slice(2, 4) ?? []), 0, 0]]);
});

test('Lives: a run that is started anew begins with nothing', () => {
  const lives = marked();
  lives.begin(SPEC, 0, 'start');
  expect(rows(lives)).toEqual([]);
  train(lives, 0, 2);
  expect(rows(lives)).toEqual(straight(2));
});

test('Lives: keeps the labels that the images are learnt with', () => {
  expect([...(marked().table?.labels ?? [])]).toEqual([0, 9, 2, 9, 4, 9]);
});

test('LifeTable: ends where it would take too much memory', () => {
  const table = new LifeTable(100_000, 0);
  const result = { loss: 0, accuracy: 0, learningRate: 0, passed: Float32Array.of(7, 1, 1) };
  for (let epoch = 0; epoch < 140; epoch += 1) table.record(epoch + 1, epoch, result);
  expect(table.isFull).toBe(true);
  expect(table.bytes).toBeLessThanOrEqual(64e6);
  expect(table.rows.length).toBe(128);
  expect(table.step).toBe(140);
});
