import { readFileSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { MAY_IMPORT, MAY_START_WORKERS, isWithin, roomOf } from './rooms.js';

const IMPORT = /(?:\bfrom|\bimport|\bimport\()\s*['"](\.[^'"]+)['"]/g;
const isTest = (/** @type {string} */ file) => /\.test\.js$|\btesting\//.test(file) || file === 'rooms.js';

const sources = readdirSync('www', { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => /\.(js|svelte)$/.test(file))
  .map((file) => ({ file, text: readFileSync(`www/${file}`, 'utf8') }));
const product = sources.filter(({ file }) => !isTest(file));

test('MAY_IMPORT: a room imports only the rooms on its line, in types too', () => {
  const broken = product.flatMap(({ file, text }) =>
    [...text.matchAll(IMPORT)]
      .map(([, path]) => posix.join(posix.dirname(file), String(path)))
      .filter((path) => !isWithin(path, [roomOf(file), ...(MAY_IMPORT[roomOf(file)] ?? [])]))
      .map((path) => `${file} imports ${path}`),
  );
  expect(broken).toEqual([]);
});

test('MAY_START_WORKERS: workers are started nowhere else', () => {
  const starting = product.filter(({ text }) => /new Worker\(/.test(text)).map(({ file }) => file);
  expect(starting.filter((file) => !isWithin(file, MAY_START_WORKERS))).toEqual([]);
});

test('a rule of the linter is turned off only with a reason', () => {
  const silent = sources.filter(({ text }) => /eslint-disable(?!.* -- \S)/.test(text)).map(({ file }) => file);
  expect(silent).toEqual([]);
});
