import { describe, expect, test } from 'vitest';
import { configured, DIVERGED, EMPTY, fed, isBusy, isStepping, made, pause } from './activity.js';
import { phaseOf, RESTING, ripe, step, stepsLeft, train, withBurst } from './activity.js';

/** @typedef {import('./activity.js').Activity} Activity */

/** @type {Activity} */
const TRAINING = { is: 'stepping', left: Infinity, training: true, burst: 'due' };
/** @type {Activity} */
const SINGLE = { is: 'stepping', left: 1, training: false, burst: 'due' };
/** @type {Activity} */
const ENDING = { is: 'ending', left: Infinity, training: true };

test('train begins from rest, and takes over a single step', () => {
  expect(train(RESTING, false)).toEqual(TRAINING);
  expect(train(withBurst(SINGLE, 'starved'), false)).toEqual({ ...TRAINING, burst: 'starved' });
  expect(train(RESTING, false, 7)).toEqual({ ...TRAINING, left: 7 });
});

test('train and step do nothing without a network, after a divergence, or when all steps have been made', () => {
  for (const command of [train, step]) {
    expect(command(EMPTY, false)).toBe(EMPTY);
    expect(command(DIVERGED, false)).toBe(DIVERGED);
    expect(command(RESTING, true)).toBe(RESTING);
  }
});

test('a single step is wanted at rest, and another one for each command that comes before it has been made', () => {
  expect(step(RESTING, false)).toEqual(SINGLE);
  expect(step(withBurst(SINGLE, 'starved'), false)).toEqual({ ...SINGLE, left: 2, burst: 'starved' });
  for (const activity of [TRAINING, ENDING]) expect(step(activity, false)).toBe(activity);
});

test('pause ends steps at once, and lets the evaluations of the last step go on', () => {
  expect(pause(TRAINING)).toBe(RESTING);
  expect(pause(ENDING)).toEqual({ is: 'ending', left: 0, training: false });
  expect(pause(RESTING)).toBe(RESTING);
  expect(pause(DIVERGED)).toBe(DIVERGED);
});

test('made counts steps down to rest, and to the end of the run before that', () => {
  expect(made(TRAINING, 5, false)).toEqual(TRAINING);
  expect(made({ ...TRAINING, left: 8 }, 5, false)).toEqual({ ...TRAINING, left: 3 });
  expect(made({ ...TRAINING, left: 5 }, 5, false)).toBe(RESTING);
  expect(made(SINGLE, 1, true)).toEqual({ is: 'ending', left: 0, training: false });
  expect(made(TRAINING, 5, true)).toEqual(ENDING);
});

test('a burst is running, starved until images arrive, or due', () => {
  expect(isStepping(withBurst(TRAINING, 'running'))).toBe(true);
  expect(isStepping(TRAINING)).toBe(false);
  expect([TRAINING, withBurst(TRAINING, 'starved'), ENDING, RESTING, EMPTY].map(isBusy)).toEqual([
    ...[true, false, true, false, false],
  ]);
  expect(fed(withBurst(TRAINING, 'starved'))).toEqual(TRAINING);
  const running = withBurst(TRAINING, 'running');
  expect(fed(running)).toBe(running);
});

test('a burst that is early is due when its time has come', () => {
  const early = withBurst(TRAINING, 'early');
  expect(isBusy(early)).toBe(false);
  expect(ripe(early)).toEqual(TRAINING);
  const starved = withBurst(TRAINING, 'starved');
  expect(ripe(starved)).toBe(starved);
  expect(fed(early)).toBe(early);
  expect(pause(early)).toBe(RESTING);
});

test('more epochs continue a run that is ending, fewer end one that trains', () => {
  expect(configured(ENDING, false)).toEqual(TRAINING);
  expect(configured({ ...ENDING, left: 0 }, false)).toBe(RESTING);
  expect(configured(TRAINING, true)).toEqual(ENDING);
  expect(configured(RESTING, true)).toBe(RESTING);
});

test('stepsLeft counts those that are wanted', () => {
  expect([EMPTY, RESTING, SINGLE, TRAINING, ENDING, DIVERGED].map(stepsLeft)).toEqual([0, 0, 1, Infinity, Infinity, 0]);
});

describe('phaseOf', () => {
  test.each([
    [RESTING, 0, false, 'ready'],
    [RESTING, 5, false, 'paused'],
    [RESTING, 5, true, 'finished'],
    [SINGLE, 0, false, 'ready'],
    [SINGLE, 5, false, 'paused'],
    [TRAINING, 0, false, 'training'],
    [ENDING, 5, true, 'training'],
    [pause(ENDING), 5, true, 'paused'],
    [DIVERGED, 5, false, 'diverged'],
  ])('%o at step %i is %s %s', (activity, step, finished, phase) => {
    expect(phaseOf(activity, { step, finished })).toBe(phase);
  });
});
