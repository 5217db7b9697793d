import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const files = readdirSync('www', { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.(svelte|css|js)$/.test(name),
);
const sheet = readFileSync('www/style.css', 'utf8');

test('a size of type is one of the few of style.css', () => {
  const sizes = [...sheet.matchAll(/--size-(\w+): /g)].map(([, name]) => name);
  // The root alone has its own: what a rem is.
  const root = /:root[^{]*\{[^}]*font-size: [\d.]+px/g;
  const strange = files.flatMap((name) =>
    [
      ...readFileSync(`www/${name}`, 'utf8')
        .replace(root, '')
        .matchAll(/font(?:-size)?: ([^;]*)/g),
    ]
      .filter(([, value = '']) => /\d(?:px|em|rem)/.test(value))
      .map(([rule]) => `${name}: ${rule}`),
  );
  expect(sizes).toHaveLength(5);
  expect(strange).toEqual([]);
});

test('nothing is written smaller than 11 pixels, on a canvas either', () => {
  const small = files.flatMap((name) =>
    [...readFileSync(`www/${name}`, 'utf8').matchAll(/--size-\w+: ([\d.]+)rem|font.{0,12}['"`]\D*(\d+(?:\.\d+)?)px/g)]
      .filter(([, rem, px]) => (rem ? 10 * Number(rem) : Number(px)) < 11)
      .map(([rule]) => `${name}: ${rule}`),
  );
  expect(small).toEqual([]);
});
