import { beforeEach, expect, test } from 'vitest';
import { FakeWorker } from '../engine/testing/fake-worker.js';
import { FormatsClient } from './formats-client.js';

/** @type {any[]} */
let workers;
/** @type {FormatsClient} */
let client;

beforeEach(() => {
  workers = [];
  client = new FormatsClient(() => {
    workers.push(new FakeWorker());
    return workers.at(-1);
  });
});

const bytes = Uint8Array.of(1);

test('FormatsClient starts its worker with the first request, and only one', async () => {
  expect(workers).toEqual([]);
  const replies = [client.ask('said', { bytes }), client.ask('said', { bytes })];
  expect(workers).toHaveLength(1);
  const [first, second] = workers[0].commands;
  workers[0].says({ id: second.id, answer: 'second', problem: null });
  workers[0].says({ id: first.id, answer: 'first', problem: null });
  expect(await Promise.all(replies)).toEqual(['first', 'second']);
});

test('FormatsClient rejects with the sentence of a refusal, and keeps the worker', async () => {
  const reply = client.ask('said', { bytes });
  const problem = { code: 'bad_file', message: 'This ONNX file cannot be read.', layer: null };
  workers[0].says({ id: workers[0].commands[0].id, answer: null, problem });
  await expect(reply).rejects.toThrow('This ONNX file cannot be read.');
  client.ask('said', { bytes }).catch(() => {});
  expect(workers).toHaveLength(1);
});

test('FormatsClient starts another worker after one that crashed or could not be fetched', async () => {
  const crashed = client.ask('said', { bytes });
  const waiting = client.ask('said', { bytes });
  const problem = { code: 'engine_crashed', message: 'The module of formats crashed.', layer: null };
  workers[0].says({ id: workers[0].commands[0].id, answer: null, problem });
  await expect(crashed).rejects.toThrow('crashed');
  await expect(waiting).rejects.toThrow('crashed');
  expect(workers[0].terminated).toBe(true);
  const failed = client.ask('said', { bytes });
  workers[1].breaks();
  await expect(failed).rejects.toThrow('Check your connection');
  client.ask('said', { bytes }).catch(() => {});
  expect(workers).toHaveLength(3);
});

test('dispose ends the worker and every request', async () => {
  const reply = client.ask('said', { bytes });
  client.dispose();
  await expect(reply).rejects.toThrow('closed');
  expect(workers[0].terminated).toBe(true);
});
