import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { draw, open, pauseButton, stepsMade, THREE, trainButton } from './page.js';

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

const WIDTHS = /** @type {const} */ ([
  { width: 390, height: 844 },
  { width: 1024, height: 768 },
  { width: 1440, height: 900 },
  { width: 2560, height: 1440 },
]);

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  for (const viewport of WIDTHS) {
    test.describe(`${colorScheme}, ${viewport.width} pixels wide`, () => {
      test.use({ colorScheme, viewport });

      test('the page fits, and nobody is shut out', async ({ page }) => {
        await open(page);
        await draw(page, THREE);
        await trainButton(page).click();
        await expect.poll(() => stepsMade(page)).toBeGreaterThan(250);
        await pauseButton(page).click();
        await expect(trainButton(page)).toBeEnabled();
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width).toBeLessThanOrEqual(viewport.width);
        await page.evaluate(AXE);
        const violations = await page.evaluate(async () => {
          const found = await /** @type {any} */ (globalThis).axe.run();
          return found.violations.map((/** @type {any} */ { id, nodes }) => [
            id,
            nodes.map((/** @type {any} */ n) => n.html),
          ]);
        });
        expect(violations).toEqual([]);
      });
    });
  }
}

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
