import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { LIGHT, SIZES } from './light.js';

const sheet = readFileSync('www/style.css', 'utf8');

it('LIGHT has the light colours of the page', () => {
  const [, light = ''] = /:root\[data-theme='light'\] \{([^}]*)\}/.exec(sheet) ?? [];
  for (const [name, colour] of Object.entries(LIGHT)) expect(light).toContain(`--${name}: ${colour};`);
});

it('SIZES has sizes of type of the page', () => {
  for (const [name, size] of Object.entries(SIZES)) expect(sheet).toContain(`--size-${name}: ${size / 10}rem;`);
});
