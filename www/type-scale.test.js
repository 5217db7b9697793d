import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const files = readdirSync('www', { recursive: true, encoding: 'utf8' }).filter((name) => /\.(svelte|css|js)$/.test(name));
const sheet = readFileSync('www/style.css', 'utf8');

test('a size of type is one of the few of style.css', () => {
  const sizes = [...sheet.matchAll(/--size-(\w+): /g)].map(([, name]) => name);
  const strange = files.flatMap((name) =>
    [...readFileSync(`www/${name}`, 'utf8').matchAll(/font(?:-size)?: ([^;]*)/g)]
      .filter(([, value = '']) => /\d(?:px|em|rem)/.test(value))
      .map(([rule]) => `${name}: ${rule}`),
  );
  expect(sizes.length).toBeLessThanOrEqual(6);
  expect(strange).toEqual([]);
});

test('nothing is written smaller than 11 pixels, on a canvas either', () => {
  const small = files.flatMap((name) =>
    [...readFileSync(`www/${name}`, 'utf8').matchAll(/(?:--size-\w+: |font.{0,12}['"`]\D*)(\d+(?:\.\d+)?)px/g)]
      .filter(([, size]) => Number(size) < 11)
      .map(([rule]) => `${name}: ${rule}`),
  );
  expect(small).toEqual([]);
});
