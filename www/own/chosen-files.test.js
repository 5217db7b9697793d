import { expect, test } from 'vitest';
import {
  apart,
  filesChosen,
  fileNameOf,
  filesIn,
  MOST_BYTES,
  MOST_FILES,
  titleOf,
  whyTooMuch,
} from './chosen-files.js';

/** @param {string} name @param {string} [folder] */
const file = (name, folder = '') =>
  /** @type {File} */ (/** @type {unknown} */ ({ name, size: 10, webkitRelativePath: folder && `${folder}/${name}` }));

/** @param {string} path */
const fileEntry = (path) => ({
  isFile: true,
  fullPath: path,
  file: (/** @type {(file: unknown) => void} */ done) => done(file(/** @type {string} */ (path.split('/').at(-1)))),
});

/** A folder whose contents come a few at a time, as browsers do it. @param {unknown[][]} portions */
const folderEntry = (portions) => ({
  isDirectory: true,
  createReader: () => {
    let at = 0;
    return { readEntries: (/** @type {(some: unknown[]) => void} */ done) => done(portions[at++] ?? []) };
  },
});

test('filesChosen keeps the path in a folder, which says the class', () => {
  expect(filesChosen([file('1.png', 'pets/cat'), file('a.csv')]).map(({ path }) => path)).toEqual([
    'pets/cat/1.png',
    'a.csv',
  ]);
});

test('filesIn walks dropped folders to the end, however many portions they come in', async () => {
  const cat = folderEntry([
    [fileEntry('/pets/cat/1.png')],
    [fileEntry('/pets/cat/2.png'), fileEntry('/pets/cat/3.png')],
  ]);
  const dropped = [folderEntry([[cat]]), fileEntry('/more.zip'), new File([], 'a.csv')];
  const found = await filesIn(/** @type {any} */ (dropped));
  expect(found.map(({ path }) => path)).toEqual([
    ...['pets/cat/1.png', 'pets/cat/2.png', 'pets/cat/3.png'],
    ...['more.zip', 'a.csv'],
  ]);
});

test('whyTooMuch says what was expected, and what it got', () => {
  const one = { path: 'a.png', file: file('a.png') };
  expect(whyTooMuch([one])).toBe('');
  const large = { path: 'a.zip', file: /** @type {File} */ ({ size: MOST_BYTES + 1 }) };
  expect(whyTooMuch([large])).toMatch(/at most 1,024 MiB .* got 1,025 MiB/);
  expect(whyTooMuch(Array.from({ length: MOST_FILES + 1 }, () => one))).toContain('at most 200,000 files');
});

test('titleOf is the name of the folder, of the only file, or neither', () => {
  expect(titleOf(filesChosen([file('1.png', 'pets/cat'), file('2.png', 'pets/dog')]))).toBe('pets');
  expect(titleOf(filesChosen([file('letters.tar.gz')]))).toBe('letters');
  expect(titleOf(filesChosen([file('a-images-idx3-ubyte'), file('a-labels-idx1-ubyte')]))).toBe('My images');
});

test('apart keeps files of one name apart, and the parts of each set together', () => {
  const names = ['images-idx3', 'labels-idx1', 'images-idx3', 'labels-idx1'];
  const files = names.map((name) => ({ path: name, file: file(name) }));
  expect(apart(files).map(({ path }) => path)).toEqual([
    ...['images-idx3', 'labels-idx1'],
    ...['2/images-idx3', '2/labels-idx1'],
  ]);
  const more = [...apart(files), ...files.slice(0, 1)];
  expect(apart(more).at(-1)?.path).toBe('3/images-idx3');
  const pictures = ['cat/1.png', 'cat/1.png'].map((path) => ({ path, file: file('1.png') }));
  expect(apart(pictures)).toEqual(pictures);
});

test('fileNameOf replaces only what file systems refuse, so that the title comes back', () => {
  expect(fileNameOf(' Our pets: 2/3 ')).toBe('Our pets- 2-3.zip');
  expect(fileNameOf('..')).toBe('images.zip');
  for (const title of ['Größe', 'My Cats & Dogs', 'letters v1.2']) {
    expect(titleOf(filesChosen([file(fileNameOf(title))]))).toBe(title);
  }
});
