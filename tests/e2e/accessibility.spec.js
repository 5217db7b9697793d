import { expect, test } from '@playwright/test';
import { violations } from './axe.js';
import { canvas, draw, open, pauseButton, settingsPanel, settledPrediction, THREE, trainButton } from './page.js';

const SIZES = /** @type {const} */ ([
  { width: 390, height: 844 },
  { width: 1024, height: 768 },
  { width: 1440, height: 900 },
  { width: 2560, height: 1440 },
]);

test('the page is accessible and fits, in light and dark, from a phone to a wall', async ({ page }) => {
  test.setTimeout(180_000);
  await open(page);
  await draw(page, THREE);
  await trainButton(page).click();
  // After the first evaluation, so that the tables are checked too.
  const learning = page.getByRole('region', { name: 'Learning' });
  await expect(learning).toContainText('validation images misclassified', { timeout: 60_000 });
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

test('painted: every picture follows the theme, even with no new data', async ({ page }) => {
  await open(page);
  await draw(page, THREE);
  await settledPrediction(page);
  const pictures = () =>
    page.evaluate(() => Array.from(document.querySelectorAll('canvas'), (canvas) => canvas.toDataURL()));
  await page.emulateMedia({ colorScheme: 'light' });
  await page.waitForTimeout(500);
  const light = await pictures();
  expect(light.length).toBeGreaterThan(20);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(async () => (await pictures()).filter((picture, at) => picture === light[at])).toEqual([]);
});

test('the settings and the list of keys are accessible, in light and dark, and on a phone', async ({ page }) => {
  test.setTimeout(180_000);
  await open(page);
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = settingsPanel(page);
  await settings.getByRole('combobox', { name: 'Initial weights' }).selectOption('Normal');
  const refused = settings.getByRole('spinbutton', { name: 'Deviation' }).first();
  await refused.fill('-1');
  await refused.press('Enter');
  await expect(settings.getByText(/^Must be/)).toBeVisible();
  await expect(settings.getByRole('button', { name: 'Restart with these' })).toBeVisible();
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme });
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
      expect(await violations(page), `settings, ${colorScheme}, ${width} pixels wide`).toEqual([]);
      await page.getByRole('heading', { name: 'Settings' }).click();
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
      expect(await violations(page), `keys, ${colorScheme}, ${width} pixels wide`).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden();
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(overflow).toBeLessThanOrEqual(width);
  }
});

test('a notice is accessible', async ({ page }) => {
  await page.route('**/t10k-labels*', (route) => route.fulfill({ status: 404, body: 'gone' }));
  await page.goto('');
  await expect(page.getByRole('alert')).toContainText('could not be loaded');
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page), colorScheme).toEqual([]);
  }
});

test('on a phone the settings open where they can be seen', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  await page.getByRole('tab', { name: 'Curves' }).scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeInViewport();
  const heading = await page.getByRole('heading', { name: 'Settings' }).boundingBox();
  const header = await page.locator('header').boundingBox();
  expect(heading?.y).toBeGreaterThanOrEqual((header?.y ?? NaN) + (header?.height ?? NaN));
});

test('with reduced motion nothing on the page moves', async ({ page }) => {
  /** How many elements would move by themselves or glide. */
  const moving = () =>
    page.evaluate(() => {
      const glides = [...document.querySelectorAll('*')].filter((element) => {
        const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
        return /[1-9]/.test(transitionDuration) || animationName !== 'none' || scrollBehavior === 'smooth';
      });
      return glides.length + document.getAnimations().length;
    });
  // So that the bar that shows how far loading is stays.
  await page.route('**/train-images*', () => {});
  await open(page);
  await expect(page.getByRole('progressbar')).toBeVisible();
  expect(await moving()).toBeGreaterThan(0);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await moving()).toBe(0);
  await draw(page, THREE);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.keyboard.press('?');
  expect(await moving()).toBe(0);
});

test('a drawing takes the colours of a theme that is chosen later', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await open(page);
  await draw(page, THREE);
  /** How bright a pixel of the stroke is. */
  const ink = () =>
    canvas(page).evaluate((element) => {
      const drawn = /** @type {HTMLCanvasElement} */ (element);
      const data = drawn.getContext('2d')?.getImageData(0, 0, drawn.width, drawn.height).data ?? [];
      const at = data.findIndex((value, index) => index % 4 === 3 && value === 255);
      return data[at - 1];
    });
  await expect.poll(ink).toBeLessThan(80);
  await page.getByRole('button', { name: 'Dark colours' }).click();
  await expect.poll(ink).toBeGreaterThan(180);
});

test('on a laptop, training, viewing and drawing need no scrolling', async ({ page }) => {
  await open(page);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  expect(height).toBeLessThanOrEqual(900);
});

test('every layer is shown, and a tile shows its numbers to the keyboard', async ({ page }) => {
  await open(page);
  const network = page.getByRole('region', { name: 'Network' });
  for (const layer of ['conv 1', 'ReLU', 'pool', 'conv 2', 'flatten', 'dense', 'softmax']) {
    await expect(network.getByText(layer, { exact: true }).first()).toBeVisible();
  }
  await network.locator('[data-tile]').first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(network.getByText('conv 1, map 1').first()).toBeVisible();
});
