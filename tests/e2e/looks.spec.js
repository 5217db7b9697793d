import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { draw, open, pauseButton, THREE, trainButton } from './page.js';

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

const SIZES = /** @type {const} */ ([
  { width: 390, height: 844 },
  { width: 1024, height: 768 },
  { width: 1440, height: 900 },
  { width: 2560, height: 1440 },
]);

/**
 * What axe finds wrong, with the elements it finds wrong.
 * @param {import('./page.js').Page} page
 */
async function violations(page) {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const found = await /** @type {any} */ (globalThis).axe.run();
    return found.violations.map((/** @type {any} */ { id, nodes }) => [
      id,
      nodes.map((/** @type {any} */ node) => node.html),
    ]);
  });
}

test('nobody is shut out, and the page fits, in light and dark from a phone to a wall', async ({ page }) => {
  test.setTimeout(180_000);
  await open(page);
  await draw(page, THREE);
  await trainButton(page).click();
  // After the first evaluation, for the tables are to be looked at too.
  const learning = page.getByRole('region', { name: 'Learning' });
  await expect(learning).toContainText('validation images misread', { timeout: 60_000 });
  await pauseButton(page).click();
  await expect(trainButton(page)).toBeEnabled();
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
    // The widest page shows all there is, the narrowest is arranged otherwise.
    if (size.width !== 390 && size.width !== 2560) continue;
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme });
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
      expect(await violations(page), `${colorScheme}, ${size.width} pixels wide`).toEqual([]);
    }
  }
});

test('on a laptop train, look and draw need no scrolling', async ({ page }) => {
  await open(page);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  expect(height).toBeLessThanOrEqual(900);
});

test('every layer is shown, and a tile tells its numbers to the keyboard', async ({ page }) => {
  await open(page);
  const network = page.getByRole('region', { name: 'Network' });
  for (const layer of ['conv 1', 'ReLU', 'pool', 'conv 2', 'flatten', 'dense', 'softmax']) {
    await expect(network.getByText(layer, { exact: true }).first()).toBeVisible();
  }
  await network.locator('[data-tile]').first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(network.getByText('conv 1, map 1').first()).toBeVisible();
});
