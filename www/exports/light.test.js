import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { LIGHT } from './light.js';

it('LIGHT has the light colours of the page', () => {
  const [, light = ''] = /:root\[data-theme='light'\] \{([^}]*)\}/.exec(readFileSync('www/style.css', 'utf8')) ?? [];
  for (const [name, colour] of Object.entries(LIGHT)) expect(light).toContain(`--${name}: ${colour};`);
});
