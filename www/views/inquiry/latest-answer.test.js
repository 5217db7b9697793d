import { expect, test } from 'vitest';
import { LatestAnswer } from './latest-answer.svelte.js';

/** A question that the test answers when it likes. */
function question() {
  /** @type {(answer: number) => void} */
  let resolve = () => {};
  /** @type {(error: Error) => void} */
  let reject = () => {};
  let asked = 0;
  const reply = new Promise((res, rej) => ([resolve, reject] = [res, rej]));
  return { ask: () => ((asked += 1), reply), resolve, reject, asked: () => asked };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

test('LatestAnswer: of the questions that come while one is asked, only the last is asked', async () => {
  const latest = new LatestAnswer();
  const [first, second, third] = [question(), question(), question()];
  for (const { ask } of [first, second, third]) latest.ask(ask);
  expect([first, second, third].map(({ asked }) => asked())).toEqual([1, 0, 0]);
  first.resolve(1);
  await settle();
  expect(latest.answer).toBe(1);
  expect([second.asked(), third.asked(), latest.isBusy]).toEqual([0, 1, true]);
  third.resolve(3);
  await settle();
  expect([latest.answer, latest.isBusy]).toEqual([3, false]);
});

test('LatestAnswer: a refusal is a sentence, and the next answer removes it', async () => {
  const latest = new LatestAnswer();
  latest.ask(() => Promise.reject(new Error('There is no network.')));
  await settle();
  expect([latest.problem, latest.isBusy]).toEqual(['There is no network.', false]);
  latest.ask(async () => 5);
  await settle();
  expect([latest.answer, latest.problem]).toEqual([5, '']);
});

test('LatestAnswer: what is answered after it was cleared is dropped, and a newer question is asked', async () => {
  const latest = new LatestAnswer();
  const [old, fresh] = [question(), question()];
  latest.ask(old.ask);
  latest.clear();
  latest.ask(fresh.ask);
  old.resolve(1);
  await settle();
  expect([latest.answer, latest.isBusy]).toEqual([null, true]);
  fresh.resolve(2);
  await settle();
  expect(latest.answer).toBe(2);
});
