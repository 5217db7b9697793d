import { beforeEach, expect, test } from 'vitest';
import { FakeWorker } from '../engine/testing/fake-worker.js';
import { InquiryClient } from './inquiry-client.js';

/** @type {any[]} */
let workers;
/** @type {InquiryClient} */
let client;

beforeEach(() => {
  workers = [];
  client = new InquiryClient(() => {
    workers.push(new FakeWorker());
    return workers.at(-1);
  });
});

const READ = { pixels: Uint8Array.of(1), off: [] };
const CANCELLED = { answer: null, problem: null };

test('InquiryClient starts its worker with the first question, and answers come in any order', async () => {
  expect(client.started).toBe(0);
  const replies = [client.ask('read', READ), client.ask('read', READ, { checkpoint: Uint8Array.of(7) })];
  expect(client.started).toBe(1);
  const [first, second] = workers[0].commands;
  expect([first.checkpoint, second.checkpoint]).toEqual([null, Uint8Array.of(7)]);
  workers[0].says({ id: second.id, answer: 'second', problem: null });
  workers[0].says({ id: first.id, answer: 'first', problem: null });
  expect((await Promise.all(replies)).map(({ answer }) => answer)).toEqual(['first', 'second']);
});

test('InquiryClient passes on progress, and a refusal as a problem', async () => {
  /** @type {any[]} */
  const reports = [];
  const reply = client.ask('accuracy', { off: [] }, { onProgress: (progress) => reports.push(progress) });
  const [{ id }] = workers[0].commands;
  workers[0].says({ id, progress: { done: 1, of: 2 } });
  const problem = { code: 'not_ready', message: 'There are no images.', layer: null };
  workers[0].says({ id, answer: null, problem });
  expect(await reply).toEqual({ answer: null, problem });
  expect(reports).toEqual([{ done: 1, of: 2 }]);
});

test('InquiryClient cancels a question at once, and drops what the worker still says of it', async () => {
  const controller = new AbortController();
  /** @type {any[]} */
  const reports = [];
  const onProgress = (/** @type {any} */ progress) => reports.push(progress);
  const reply = client.ask('accuracy', { off: [] }, { onProgress, signal: controller.signal });
  const [{ id }] = workers[0].commands;
  controller.abort();
  expect(await reply).toEqual(CANCELLED);
  expect(workers[0].commands.at(-1)).toEqual({ cancel: id });
  workers[0].says({ id, progress: { done: 1, of: 2 } });
  workers[0].says({ id, answer: 'late', problem: null });
  expect(reports).toEqual([]);
  expect(await client.ask('read', READ, { signal: controller.signal })).toEqual(CANCELLED);
});

test('InquiryClient starts another worker after one that crashed or could not be fetched', async () => {
  const [crashed, waiting] = [client.ask('read', READ), client.ask('read', READ)];
  const problem = { code: 'engine_crashed', message: 'The module crashed.', layer: null };
  workers[0].says({ id: workers[0].commands[0].id, answer: null, problem });
  expect(await Promise.all([crashed, waiting])).toEqual([
    { answer: null, problem },
    { answer: null, problem },
  ]);
  expect(workers[0].terminated).toBe(true);
  const failed = client.ask('read', READ);
  expect(client.started).toBe(2);
  workers[1].breaks();
  expect((await failed).problem?.message).toContain('Check your connection');
});

test('dispose ends the worker, and all questions as cancelled', async () => {
  const reply = client.ask('read', READ);
  client.dispose();
  expect(await reply).toEqual(CANCELLED);
  expect(workers[0].terminated).toBe(true);
});
