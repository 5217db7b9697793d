/** Faults of accessibility, as far as a program finds them. */

import { readFileSync } from 'node:fs';

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/**
 * The problems that axe finds, with the elements that have them.
 * @param {import('./page.js').Page} page
 */
export async function violations(page) {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const found = await /** @type {any} */ (globalThis).axe.run();
    return found.violations.map((/** @type {any} */ { id, nodes }) => [
      id,
      nodes.map((/** @type {any} */ node) => node.html),
    ]);
  });
}
