import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readLesson } from '../lessons/form.js';
import { DEFAULT_PRESET } from '../model/presets.js';
import { SUMMARY } from '../runs/testing/summary.js';
import { Lab } from './lab.svelte.js';
import { LessonPlayer } from './lesson-player.svelte.js';
import { Lessons } from './lessons.svelte.js';
import { FakeClient } from './testing/fake-client.js';
import { View } from './view.svelte.js';

const SPEC = DEFAULT_PRESET.spec;
const [PLAIN, PICTURE, MISTAKE, SLOW, ANEW, SAME] = [1, 2, 3, 4, 5, 6];
const LESSON = readLesson({
  ...{ id: 'a', title: 'A', summary: 'What.' },
  cards: [
    { id: 'plain' },
    { id: 'picture', image: { index: 8 } },
    { id: 'mistake', image: { label: 4, readAs: 9 } },
    { id: 'slow', action: { kind: 'train', label: 'Train', to: 200, pace: 20 } },
    { id: 'anew', action: { kind: 'restart', label: 'Again', change: { seed: 9 }, to: 100, pace: 10 } },
    { id: 'same', image: { label: 4, readAs: 9 } },
  ].map((card) => ({ ...card, title: 'One', text: ['Read.'] })),
});

/** @type {FakeClient} */
let client;
/** @type {Lab} */
let lab;
/** @type {Lessons} */
let lessons;
/** @type {LessonPlayer} */
let player;
/** What ends with the card that is open. */
let leave = () => {};

/** @param {'ready' | 'training' | 'paused' | 'finished' | 'diverged'} phase */
const phase = (phase) => client.says({ type: 'phase', phase });

function built(spec = SPEC) {
  client.says({ type: 'built', spec, summary: SUMMARY, step: 0, run: null });
}

/** @param {number} step that the run has reached */
function reached(step) {
  const progress = { step, firstStep: step, losses: Float32Array.of(1), accuracies: Float32Array.of(0.5) };
  client.says({ type: 'progress', progress: /** @type {any} */ (progress) });
}

/** The network reads a test image. @param {number} index @param {number} label */
function reads(index, label) {
  const reading = { probe: { kind: 'test', index }, label, probabilities: Float32Array.of(0, 1), logits: [0, 1] };
  client.says({ type: 'snapshot', snapshot: /** @type {any} */ ({ reading }) });
}

/** The weights of a step are kept. @param {number} step */
function keeps(step) {
  client.says({ type: 'checkpoint', checkpoint: /** @type {any} */ ({ step, elapsed: 1, bytes: new Uint8Array(8) }) });
}

/** @param {number} card */
function go(card) {
  leave();
  lessons.show({ lesson: LESSON.id, card });
  leave = player.enter();
}

beforeEach(() => {
  vi.useFakeTimers();
  client = new FakeClient();
  lab = new Lab({ client: /** @type {any} */ (client) });
  lab.open();
  built();
  phase('ready');
  const view = new View();
  lessons = new Lessons(view);
  player = new LessonPlayer(LESSON, { lab, view, lessons });
  leave = () => {};
  go(PLAIN);
});

afterEach(() => {
  lab.dispose();
  vi.useRealTimers();
});

test('what the visitor viewed comes back after a card with a picture of its own, and when the lesson is left', () => {
  const pixels = new Uint8Array(784).fill(1);
  lab.draw(pixels);
  go(PICTURE);
  expect(lab.probe).toEqual({ kind: 'test', index: 8 });
  go(PLAIN);
  expect(lab.probe).toEqual({ kind: 'drawing', pixels });
  go(PICTURE);
  leave();
  player.giveBack();
  expect(lab.probe).toEqual({ kind: 'drawing', pixels });
});

test('what the visitor has chosen on a card with a picture stays', () => {
  go(PICTURE);
  const pixels = new Uint8Array(784).fill(2);
  lab.draw(pixels);
  go(PLAIN);
  expect(lab.probe).toEqual({ kind: 'drawing', pixels });
  go(PICTURE);
  go(PLAIN);
  expect(lab.probe).toEqual({ kind: 'drawing', pixels });
});

test('a card tells of its picture also while the visitor views another', () => {
  go(PICTURE);
  reads(8, 5);
  player.readChosen();
  expect(player.known.reading?.label).toBe(5);
  lab.lookAt({ kind: 'test', index: 1 });
  reads(1, 2);
  player.readChosen();
  expect(player.known.reading?.label).toBe(5);
  go(PLAIN);
  expect(player.known.reading?.label).toBe(2);
});

test('a card about a mistake chooses the surest of its kind, and only once', () => {
  go(MISTAKE);
  lab.digits.labels = { validation: null, test: Uint8Array.of(4, 4, 4, 7) };
  const predictions = { predicted: Uint8Array.of(9, 9, 4, 1), confidence: Float32Array.of(0.6, 0.8, 0.9, 0.99) };
  const test = { split: 'test', step: 0, ...predictions };
  client.says({ type: 'evaluated', evaluation: /** @type {any} */ (test) });
  player.findMistake();
  expect(lab.probe).toEqual({ kind: 'test', index: 1 });
  lab.lookAt({ kind: 'test', index: 3 });
  player.findMistake();
  expect(lab.probe).toEqual({ kind: 'test', index: 3 });
});

test('the next card about the same mistake shows the same image, while it still is one', () => {
  go(MISTAKE);
  lab.digits.labels = { validation: null, test: Uint8Array.of(4, 4, 4) };
  /** @param {number[]} predicted @param {number[]} confidence */
  const evaluated = (predicted, confidence) => {
    const test = { predicted: Uint8Array.from(predicted), confidence: Float32Array.from(confidence) };
    client.says({ type: 'evaluated', evaluation: /** @type {any} */ ({ split: 'test', step: 0, ...test }) });
  };
  evaluated([9, 9, 4], [0.6, 0.8, 0.9]);
  player.findMistake();
  lab.lookAt({ kind: 'test', index: 2 });
  evaluated([9, 9, 4], [0.8, 0.6, 0.9]);
  go(SAME);
  player.findMistake();
  expect(lab.probe).toEqual({ kind: 'test', index: 1 });
  evaluated([9, 4, 4], [0.8, 0.6, 0.9]);
  player.findMistake();
  expect(lab.probe).toEqual({ kind: 'test', index: 0 });
});

test('the pace that the visitor has chosen comes back after a card with a pace of its own', () => {
  lab.setPace(100);
  go(SLOW);
  player.act();
  expect(lab.pace).toBe(20);
  lab.pause();
  player.act();
  go(PLAIN);
  expect(lab.pace).toBe(100);
});

test('a card that starts over is done when its own run is, whatever became of the one before', () => {
  reached(150);
  phase('finished');
  go(ANEW);
  expect(player.done).toBe(false);
  player.act();
  expect([client.sent('restart').at(-1).spec.seed, player.done]).toEqual([9, false]);
  built({ ...SPEC, seed: 9 });
  expect(player.done).toBe(false);
  phase('training');
  reached(99);
  expect(player.done).toBe(false);
  reached(100);
  expect(player.done).toBe(true);
  go(PLAIN);
  expect(client.sent('restart').at(-1).spec).toEqual(SPEC);
});

test('a card that starts over is done too when its run has diverged', () => {
  go(ANEW);
  player.act();
  built({ ...SPEC, seed: 9 });
  const problem = { code: 'not_finite', message: 'No.', layer: null };
  client.says({ type: 'diverged', step: 1, layer: null, problem, goBackTo: null });
  expect(player.done).toBe(true);
});

test('an image that was tried on a card with a picture goes with the card', () => {
  const pixels = new Uint8Array(784).fill(1);
  lab.draw(pixels);
  go(PICTURE);
  lab.tryImage(new Uint8Array(784).fill(3));
  expect(lab.isTrying).toBe(true);
  go(PLAIN);
  expect(lab.probe).toEqual({ kind: 'drawing', pixels });
});

test('a network that has learned something comes back after a card that starts over', async () => {
  reached(150);
  keeps(150);
  const before = lab.runs.current;
  go(ANEW);
  player.act();
  built({ ...SPEC, seed: 9 });
  phase('training');
  reached(100);
  expect(lessons.ownSpec).toEqual(SPEC);
  const restarts = client.sent('restart').length;
  go(PLAIN);
  await vi.waitFor(() =>
    expect(client.sent('restore').at(-1)).toMatchObject({ run: before?.id, checkpoint: { step: 150 } }),
  );
  expect([client.sent('restart').length, lessons.ownSpec]).toEqual([restarts, null]);
});
