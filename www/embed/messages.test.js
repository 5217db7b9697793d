import { expect, test } from 'vitest';
import { CONNECT, isGreeting, readMessage, readTheme, READY } from './messages.js';

const STEP = { step: 3, epoch: 0, loss: 0.5, accuracy: 0.75, imagesPerSecond: 9000 };
const FINISHED = { step: 10, epoch: 1, validationAccuracy: null, testAccuracy: 0.9 };
const PREDICTION = { predicted: 1, name: '1', probabilities: [0.1, 0.9] };

test('readMessage returns what is known of a message, and nothing else of it', () => {
  expect(readMessage({ type: 'step', detail: STEP })).toEqual({ type: 'step', detail: STEP });
  expect(readMessage({ type: 'step', detail: { ...STEP, more: 1 }, more: 2 })).toEqual({ type: 'step', detail: STEP });
  expect(readMessage({ type: 'finished', detail: FINISHED })).toEqual({ type: 'finished', detail: FINISHED });
  expect(readMessage({ type: 'prediction', detail: PREDICTION })).toEqual({ type: 'prediction', detail: PREDICTION });
  expect(readMessage({ type: 'step', detail: { ...STEP, loss: NaN } })?.detail).toEqual({ ...STEP, loss: NaN });
});

test.each([
  null,
  'step',
  {},
  { type: 'step' },
  { type: 'click', detail: STEP },
  { type: 'constructor', detail: STEP },
  { type: 'step', detail: { ...STEP, loss: '0.5' } },
  { type: 'finished', detail: { ...FINISHED, testAccuracy: undefined } },
  { type: 'prediction', detail: { ...PREDICTION, name: {} } },
  { type: 'prediction', detail: { ...PREDICTION, probabilities: ['0.1'] } },
  { type: 'prediction', detail: { ...PREDICTION, probabilities: new Array(1e6).fill(0) } },
])('readMessage returns null for %o', (data) => {
  expect(readMessage(data)).toBeNull();
});

test('readTheme knows three themes', () => {
  expect(['light', 'dark', 'auto'].map((theme) => readTheme({ theme }))).toEqual(['light', 'dark', 'auto']);
  for (const data of [null, 'dark', {}, { theme: 'blue' }, { theme: ['dark'] }]) expect(readTheme(data)).toBeNull();
});

test('isGreeting tells the two greetings apart', () => {
  expect(isGreeting(READY, READY)).toBe(true);
  expect(isGreeting(READY, CONNECT)).toBe(false);
  for (const data of [null, 'ready', 7, {}]) expect(isGreeting(data, READY)).toBe(false);
});
