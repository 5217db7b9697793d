import { beforeEach, expect, test, vi } from 'vitest';
import { FakeWorker } from '../engine/testing/fake-worker.js';
import { Cancelled, OwnSetClient } from './own-set-client.js';

/** @type {any[]} */
let workers;
/** @type {OwnSetClient} */
let client;

beforeEach(() => {
  workers = [];
  client = new OwnSetClient(() => {
    workers.push(new FakeWorker());
    return workers.at(-1);
  });
});

const files = [{ path: 'a.zip', file: /** @type {File} */ ({}) }];
const ask = { choices: /** @type {any} */ ({}), title: 'A' };
const nothing = () => {};

/** Answers the last command of the last worker. @param {unknown} answer @param {unknown} [problem] */
function answer(answer, problem = null) {
  const worker = workers.at(-1);
  worker.says({ id: worker.commands.at(-1).id, answer, problem });
}

test('OwnSetClient passes progress on, and then the answer', async () => {
  const report = vi.fn();
  const survey = client.collect(files, report);
  const [{ id, name }] = workers[0].commands;
  expect(name).toBe('collect');
  workers[0].says({ id, progress: { done: 0, of: 1, name: 'a.zip' } });
  answer('survey');
  expect(await survey).toBe('survey');
  expect(report.mock.calls).toEqual([[{ done: 0, of: 1, name: 'a.zip' }]]);
});

test('OwnSetClient ends the worker at once when cancelled, and the next load reads the files again', async () => {
  const survey = client.collect(files, nothing);
  answer('survey');
  await survey;
  const loading = client.load(files, ask, nothing);
  await Promise.resolve();
  client.cancel();
  await expect(loading).rejects.toBeInstanceOf(Cancelled);
  expect(workers[0].terminated).toBe(true);

  const again = client.load(files, ask, nothing);
  expect(workers[1].commands.map((/** @type {any} */ { name }) => name)).toEqual(['collect']);
  answer('survey');
  await vi.waitFor(() => expect(workers[1].commands).toHaveLength(2));
  answer('loaded');
  expect(await again).toBe('loaded');
});

test('OwnSetClient rejects with the sentence of a refusal and keeps the worker, but not one that crashed', async () => {
  const refused = client.collect(files, nothing);
  answer(null, { code: 'bad_file', message: 'a.zip is cut off.', layer: null });
  await expect(refused).rejects.toThrow('a.zip is cut off.');
  expect(workers[0].terminated).toBe(false);
  const crashed = client.zip(/** @type {any} */ ({}), nothing);
  expect(workers).toHaveLength(1);
  answer(null, { code: 'engine_crashed', message: 'It crashed.', layer: null });
  await expect(crashed).rejects.toThrow('It crashed.');
  expect(workers[0].terminated).toBe(true);
});

test('OwnSetClient says what to do when its worker cannot be started', async () => {
  const reply = client.collect(files, nothing);
  workers[0].breaks();
  await expect(reply).rejects.toThrow('Check your connection');
});
