import { beforeEach, expect, test, vi } from 'vitest';
import { Cancelled } from '../client/own-set-client.js';
import { MOST_BYTES } from '../own/chosen-files.js';
import { ImageCollector } from './image-collector.svelte.js';

const proposal = { rows: 8, columns: 8, channels: 1, invert: false, labelColumn: null, seed: 1, shares: {} };
const survey = { images: 3, classes: [], proposal };
const about = { title: '', classes: ['a', 'b'], form: { channels: 1, rows: 8, columns: 8 } };
const loaded = { set: 'own-1', about, files: {}, bytes: 100, report: {}, samples: [] };

/** @type {any} */
let client;
/** @type {ImageCollector} */
let collector;

beforeEach(() => {
  client = {
    collect: vi.fn(async () => survey),
    load: vi.fn(async () => loaded),
    zip: vi.fn(async () => new Blob(['zip'])),
    cancel: vi.fn(),
  };
  collector = new ImageCollector(client);
});

/** @param {string} path */
const chosen = (path) => ({ path, file: /** @type {File} */ ({ name: path, size: 5 }) });

test('ImageCollector goes from files to a set, which it hands over under the name that was typed', async () => {
  await collector.add([chosen('pets.zip')]);
  expect([collector.stage, collector.title, collector.choices]).toEqual(['found', 'pets', proposal]);
  collector.choose({ rows: 16 });
  await collector.load();
  expect(collector.stage).toBe('loaded');
  expect(client.load.mock.calls[0][1].choices).toMatchObject({ rows: 16, columns: 8 });
  collector.title = '  Our pets ';
  expect(collector.record()).toMatchObject({
    set: 'own-1',
    bytes: 100,
    about: { title: 'Our pets', classes: ['a', 'b'] },
  });
});

test('ImageCollector reads more files beside those that were found', async () => {
  await collector.add([chosen('a-images'), chosen('a-labels')]);
  await collector.add([chosen('b-images'), chosen('b-labels')]);
  const paths = client.collect.mock.calls.at(-1)[0].map((/** @type {{ path: string }} */ { path }) => path);
  expect(paths).toEqual(['a-images', 'a-labels', 'b-images', 'b-labels']);
  collector.startOver();
  await collector.add([chosen('c.zip')]);
  expect(client.collect.mock.calls.at(-1)[0]).toHaveLength(1);
});

test('ImageCollector keeps what was found when more files are refused, and says why', async () => {
  await collector.add([chosen('a.zip')]);
  client.collect.mockRejectedValueOnce(new Error('notes.txt: expected images.'));
  await collector.add([chosen('notes.txt')]);
  expect([collector.stage, collector.problem]).toEqual(['found', 'notes.txt: expected images.']);
  await collector.load();
  expect(client.load.mock.calls[0][0].map((/** @type {{ path: string }} */ { path }) => path)).toEqual(['a.zip']);
});

test('ImageCollector reads nothing of files that are too large, or of none', async () => {
  await collector.add([{ path: 'a.zip', file: /** @type {File} */ ({ name: 'a.zip', size: MOST_BYTES + 1 }) }]);
  expect(collector.problem).toContain('Expected at most');
  await collector.add([]);
  expect(collector.problem).toContain('no files');
  expect(client.collect).not.toHaveBeenCalled();
  expect(collector.stage).toBe('choose');
});

test('ImageCollector goes one step back when it is cancelled, without a word', async () => {
  let refuse = (/** @type {Error} */ _) => {};
  client.cancel.mockImplementation(() => refuse(new Cancelled()));
  client.collect.mockImplementationOnce(() => new Promise((_, reject) => (refuse = reject)));
  const reading = collector.add([chosen('a.zip')]);
  expect(collector.stage).toBe('reading');
  collector.cancel();
  await reading;
  expect([collector.stage, collector.problem]).toEqual(['choose', '']);

  await collector.add([chosen('a.zip')]);
  client.load.mockImplementationOnce(() => new Promise((_, reject) => (refuse = reject)));
  const loading = collector.load();
  collector.cancel();
  await loading;
  expect([collector.stage, collector.problem]).toEqual(['found', '']);
});

test('ImageCollector says what went wrong in loading, and in writing a file, where it happened', async () => {
  await collector.add([chosen('a.zip')]);
  client.load.mockRejectedValueOnce(new Error('a.zip: 3 of 4 pictures are broken.'));
  await collector.load();
  expect([collector.stage, collector.problem]).toEqual(['found', 'a.zip: 3 of 4 pictures are broken.']);
  await collector.load();
  client.zip.mockRejectedValueOnce(new Error('It was changed.'));
  expect(await collector.zip(collector.record())).toBeNull();
  expect([collector.stage, collector.problem]).toEqual(['loaded', 'It was changed.']);
});
