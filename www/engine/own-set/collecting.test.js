import { beforeEach, expect, test } from 'vitest';
import { FakeCollector } from '../testing/fake-collector.js';
import { Collecting } from './collecting.js';

/** @type {FakeCollector[]} */
let collectors;
/** @type {import('./protocol.js').Progress[]} */
let reports;
/** @type {Collecting} */
let collecting;

beforeEach(() => {
  [collectors, reports] = [[], []];
  collecting = new Collecting(
    () => {
      collectors.push(new FakeCollector());
      return /** @type {FakeCollector} */ (collectors.at(-1));
    },
    (progress) => reports.push(progress),
  );
});

/** @param {string} path @param {number} value */
const file = (path, value) => ({ path, file: new Blob([new Uint8Array(value)]) });
const FILES = [file('pets/cat/1.png', 5), file('pets/cat/2.png', 6), file('pets/dog/1.png', 7)];

test('Collecting reads the files one by one, and says what is found', async () => {
  const survey = await collecting.collect(FILES);
  expect(survey.classes.map(({ name, unassigned }) => [name, unassigned])).toEqual([
    ['cat', 2],
    ['dog', 1],
  ]);
  expect(reports).toEqual(FILES.map(({ path }, done) => ({ done, of: 3, name: path })));
});

test('Collecting makes the set, with the samples of each class cut out of its images', async () => {
  const { proposal } = await collecting.collect(FILES);
  reports = [];
  const { set, about, files, bytes, samples } = await collecting.load(proposal, 'Pets');
  expect(reports).toEqual([{ done: 3, of: 3, name: '' }]);
  expect(set).toMatch(/^own-\d{64}$/);
  expect(about).toMatchObject({ title: 'Pets', classes: ['cat', 'dog'], form: { channels: 1, rows: 8, columns: 8 } });
  expect(samples.map((images) => [images.length, images[0], images.at(-1)])).toEqual([
    [128, 5, 6],
    [64, 7, 7],
  ]);
  expect([files.trainImages.size, bytes]).toEqual([16 + 3 * 64, 16 + 3 * 64 + 11 + 8 + 8]);
});

test('Collecting makes another set of the same files when other choices are made', async () => {
  const { proposal } = await collecting.collect(FILES);
  await collecting.load(proposal, 'Pets');
  const { about } = await collecting.load({ ...proposal, rows: 16 }, 'Pets');
  expect(about.form.rows).toBe(16);
  expect(collectors).toHaveLength(1);
});

test('Collecting frees what it has read when a file is refused, and passes the sentence on', async () => {
  await expect(collecting.collect([...FILES, file('pets/notes.txt', 3)])).rejects.toThrow(
    'pets/notes.txt: expected an image, got text.',
  );
  expect(collectors[0]?.freed).toBe(true);
});

test('Collecting says which file could not be read', async () => {
  const gone = /** @type {Blob} */ ({ arrayBuffer: () => Promise.reject(new Error('NotReadableError')) });
  await expect(collecting.collect([{ path: 'pets/cat/1.png', file: gone }])).rejects.toMatchObject({
    code: 'bad_file',
    message: 'pets/cat/1.png could not be read. It was moved or changed: choose it again.',
  });
});

test('Collecting writes a set as one file, but not one that is no longer what its name says', async () => {
  const { proposal } = await collecting.collect(FILES);
  const loaded = await collecting.load(proposal, 'Pets');
  // The five parts of a saved set are five images to this collector.
  const name = /** @type {const} */ (`own-${'5'.padStart(64, '0')}`);
  expect((await collecting.zip({ ...loaded, set: name })).type).toBe('application/zip');
  await expect(collecting.zip(loaded)).rejects.toThrow('Pets is not what it was');
});
