import { expect, test } from 'vitest';
import { LatestAnswer } from './latest-answer.svelte.js';

/** @typedef {import('./latest-answer.svelte.js').Reply<number>} Reply */

/** @param {number} answer @returns {Reply} */
const answered = (answer) => ({ answer, problem: null, step: 10 });

/** A question that the test answers when it likes. */
function question() {
  /** @type {(reply: Reply) => void} */
  let resolve = () => {};
  let asked = 0;
  /** @type {Promise<Reply>} */
  const reply = new Promise((settle) => (resolve = settle));
  return { ask: () => ((asked += 1), reply), says: (/** @type {Reply} */ said) => resolve(said), asked: () => asked };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

/** @returns {LatestAnswer<string, number>} */
const latestAnswer = () => new LatestAnswer();

test('LatestAnswer: of the questions that come while one is asked, only the last is asked', async () => {
  const latest = latestAnswer();
  const questions = [question(), question(), question()];
  const [first, , third] = questions;
  questions.forEach(({ ask }, at) => latest.ask(`question ${at}`, ask));
  expect(questions.map(({ asked }) => asked())).toEqual([1, 0, 0]);
  first?.says(answered(1));
  await settle();
  expect(latest.seen).toEqual({ of: 'question 0', answer: 1, step: 10 });
  expect([...questions.map(({ asked }) => asked()), latest.isBusy]).toEqual([1, 0, 1, true]);
  third?.says(answered(3));
  await settle();
  expect([latest.seen?.of, latest.seen?.answer, latest.isBusy]).toEqual(['question 2', 3, false]);
});

test('LatestAnswer: a refusal is a sentence, and the next answer removes it', async () => {
  const latest = latestAnswer();
  latest.ask('', async () => ({ answer: null, problem: { message: 'There is no network.' }, step: null }));
  await settle();
  expect([latest.problem, latest.isBusy]).toEqual(['There is no network.', false]);
  latest.ask('', async () => answered(5));
  await settle();
  expect([latest.seen?.answer, latest.problem]).toEqual([5, '']);
});

test('LatestAnswer: a cancelled question leaves what was seen', async () => {
  const latest = latestAnswer();
  latest.ask('', async () => answered(5));
  await settle();
  latest.ask('', async () => ({ answer: null, problem: null, step: null }));
  await settle();
  expect([latest.seen?.answer, latest.problem, latest.isBusy]).toEqual([5, '', false]);
});

test('LatestAnswer: what is answered after it was cleared is dropped, and a newer question is asked', async () => {
  const latest = latestAnswer();
  const [old, fresh] = [question(), question()];
  latest.ask('old', old.ask);
  latest.clear();
  latest.ask('fresh', fresh.ask);
  old.says(answered(1));
  await settle();
  expect([latest.seen, latest.isBusy]).toEqual([null, true]);
  fresh.says(answered(2));
  await settle();
  expect(latest.seen?.answer).toBe(2);
});
