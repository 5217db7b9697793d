import { expect, test } from '@playwright/test';
import { canvas, draw, open, pauseButton, prediction, settingsPanel, THREE, trainButton } from './page.js';

/** @typedef {import('./page.js').Page} Page */

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
];

/**
 * Where the things are that a visitor points at.
 * @param {Page} page
 */
async function places(page) {
  const button = (/** @type {string} */ name) => page.getByRole('button', { name, exact: true });
  const things = {
    canvas: canvas(page),
    train: page.getByRole('button', { name: /^(Train|Pause)$/ }),
    step: button('Step'),
    restart: button('Restart'),
    settings: button('Settings'),
    clear: button('Clear'),
    'a test digit': page.getByRole('button', { name: /^Test digit 3,/ }),
    'next mistake': button('Next mistake'),
    input: page.locator('[data-tile="0/0"]'),
    curves: page.getByRole('tab', { name: 'Curves' }),
  };
  const boxes = Object.entries(things).map(async ([name, thing]) => [name, await thing.boundingBox()]);
  return Object.fromEntries(await Promise.all(boxes));
}

for (const size of SIZES) {
  test.describe(`${size.width} × ${size.height}`, () => {
    test.use({ viewport: size });

    test('nothing moves while the digits load, a hand draws, and training begins', async ({ page }) => {
      let release = () => {};
      const held = new Promise((resolve) => (release = () => resolve(null)));
      await page.route('**/train-images*', async (route) => {
        await held;
        await route.continue();
      });
      await open(page);
      const loading = page.getByRole('progressbar', { name: 'Loading the digits' });
      await expect(loading).toBeVisible();
      await expect(page.getByRole('button', { name: 'Test digit 3, a 0' })).toBeEnabled();
      const before = await places(page);
      await draw(page, THREE);
      await expect(prediction(page)).toHaveText(/^\d, [<>]?\d+\s%$/);
      expect(await places(page)).toEqual(before);
      release();
      await expect(loading).toBeHidden();
      expect(await places(page)).toEqual(before);
      await trainButton(page).click();
      await expect(pauseButton(page)).toBeVisible();
      await expect(page.getByRole('region', { name: 'Learning' })).toContainText('misclassified', { timeout: 60_000 });
      expect(await places(page)).toEqual(before);
    });

    test('nothing moves when a notice comes, and when it is dismissed', async ({ page }) => {
      await open(page);
      await expect(page.locator('[data-tile="0/0"]')).toBeVisible();
      const before = await places(page);
      await page.workers()[0].evaluate(() => {
        setTimeout(() => {
          throw new Error('on purpose');
        });
      });
      await expect(page.getByText(/stopped unexpectedly/)).toBeVisible();
      await expect(trainButton(page)).toBeEnabled();
      expect(await places(page)).toEqual(before);
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await expect(page.getByText(/stopped unexpectedly/)).toBeHidden();
      expect(await places(page)).toEqual(before);
    });

    test('nothing moves when a file is missing and then comes', async ({ page }) => {
      await page.route('**/train-labels*', (route) => route.fulfill({ status: 404, body: 'gone' }));
      await open(page);
      await expect(page.getByRole('button', { name: 'Test digit 3, a 0' })).toBeEnabled();
      const alert = page.getByRole('alert').filter({ hasText: 'The digits could not be loaded.' });
      await expect(alert).toBeVisible();
      const before = await places(page);
      await page.unroute('**/train-labels*');
      await page.getByRole('button', { name: 'Retry' }).click();
      await expect(alert).toBeHidden();
      await expect(page.getByRole('progressbar')).toBeHidden();
      expect(await places(page)).toEqual(before);
    });
  });
}

test('in the settings nothing moves when a value is refused or waits for a restart', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Settings' }).click();
  const panel = settingsPanel(page);
  const fields = await panel.getByRole('spinbutton').all();
  const where = async () => {
    const top = (await panel.getByRole('heading', { name: 'Settings' }).boundingBox())?.y ?? NaN;
    const boxes = await Promise.all(fields.map((field) => field.boundingBox()));
    return boxes.map((box) => box && { ...box, y: box.y - top });
  };
  const before = await where();
  for (const field of fields) {
    await field.fill('-1');
    await field.press('Enter');
  }
  await expect(panel.getByText(/^Must be/)).toHaveCount(fields.length);
  await panel.getByRole('spinbutton', { name: 'Seed' }).fill('7');
  await panel.getByRole('spinbutton', { name: 'Seed' }).press('Enter');
  await expect(panel.getByText('applies at restart', { exact: true })).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Restart with these' })).toBeInViewport({ ratio: 1 });
  expect(await where()).toEqual(before);
});
