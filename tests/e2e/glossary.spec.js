import { expect, test } from '@playwright/test';
import { violations } from './axe.js';
import { open, settingsPanel } from './page.js';

/** @typedef {import('./page.js').Page} Page */

/** A term on the page. @param {Page} page @param {string} id */
const term = (page, id) => page.locator(`[data-term="${id}"]:visible`).first();

/** @param {Page} page @param {string} name */
const card = (page, name) => page.getByRole('dialog', { name, exact: true });

/** @param {Page} page */
const glossary = (page) => page.getByRole('dialog', { name: 'Glossary' });

/** Opens the page once it listens for terms. @param {Page} page */
async function openListening(page) {
  await open(page);
  await expect(async () => {
    await page.mouse.move(0, 0);
    await term(page, 'loss').hover();
    await expect(card(page, 'loss')).toBeVisible({ timeout: 1000 });
  }).toPass();
  await page.mouse.move(0, 0);
  await expect(card(page, 'loss')).toBeHidden();
}

test('a term shows its card while it is pointed at, and the pointer can go into the card', async ({ page }) => {
  await openListening(page);
  await term(page, 'epoch').hover();
  await expect(card(page, 'epoch')).toContainText('One pass through all the training images');
  await expect(term(page, 'epoch')).toHaveAttribute('aria-expanded', 'true');
  await card(page, 'epoch').getByRole('button', { name: 'All terms' }).hover();
  await page.waitForTimeout(500);
  await expect(card(page, 'epoch')).toBeVisible();
  await term(page, 'accuracy').hover();
  await expect(card(page, 'accuracy')).toBeVisible();
  await expect(card(page, 'epoch')).toBeHidden();
});

test('a term shows its card on focus; Enter goes into it, Escape and Tab leave it where they should', async ({
  page,
}) => {
  await openListening(page);
  await page.getByRole('button', { name: 'New seed' }).focus();
  await page.keyboard.press('Tab');
  await expect(card(page, 'epoch')).toBeVisible();
  await expect(term(page, 'epoch')).toBeFocused();
  await expect(term(page, 'epoch')).toHaveAccessibleDescription(/One pass through/);
  await page.keyboard.press('Tab');
  await expect(card(page, 'step')).toBeVisible();
  await expect(card(page, 'epoch')).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(card(page, 'step')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(card(page, 'step').getByRole('button', { name: 'Show me' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(card(page, 'step')).toBeHidden();
  await expect(term(page, 'step')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(card(page, 'step')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Lessons' })).toBeFocused();
});

test('a term that has no room while the images load shows its card on focus all the same', async ({ page }) => {
  /** @type {() => void} */
  let arrive = () => {};
  const images = new Promise((resolve) => (arrive = () => resolve(null)));
  await page.route('**/train-images*', async (route) => {
    await images;
    await route.continue().catch(() => {});
  });
  await page.goto('');
  await expect(async () => {
    await term(page, 'loss').hover();
    await expect(card(page, 'loss')).toBeVisible({ timeout: 1000 });
  }).toPass();
  await page.getByRole('button', { name: 'New seed' }).focus();
  await page.keyboard.press('Tab');
  await expect(card(page, 'epoch')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(card(page, 'step')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(card(page, 'step')).toBeHidden();
  await expect.poll(() => page.locator('header dl').evaluate((list) => list.scrollTop)).toBe(0);
  arrive();
});

test('a pressed term keeps its card until something else is pressed', async ({ page }) => {
  await openListening(page);
  await term(page, 'conv2d').click();
  await expect(card(page, 'convolution')).toBeVisible();
  await page.mouse.move(5, 5);
  await page.waitForTimeout(500);
  await expect(card(page, 'convolution')).toBeVisible();
  await page.getByRole('heading', { name: 'Draw' }).click();
  await expect(card(page, 'convolution')).toBeHidden();
});

test('Show me opens the view: a layer, a tab, a setting, the backward pass', async ({ page }) => {
  await openListening(page);
  await term(page, 'relu').click();
  await card(page, 'ReLU').getByRole('button', { name: 'Show me' }).click();
  const network = page.getByRole('region', { name: 'Network' });
  await expect(network.getByRole('heading', { name: 'ReLU 1, map 1', exact: true })).toBeVisible();

  /** @param {string} name */
  const showMe = async (name) => {
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).getByRole('button', { name: 'Glossary' }).click();
    await glossary(page).getByRole('searchbox').fill(name);
    await glossary(page)
      .getByRole('button', { name: `Show me: ${name}`, exact: true })
      .click();
    await expect(glossary(page)).toBeHidden();
  };
  await showMe('backpropagation');
  await expect(network.getByRole('radio', { name: 'backward' })).toBeChecked();
  await showMe('checkpoint');
  const learning = page.getByRole('region', { name: 'Learning' });
  await expect(learning.getByRole('tab', { name: 'Runs', exact: true })).toHaveAttribute('aria-selected', 'true');
  await showMe('vanishing gradient');
  await expect(page.getByRole('tab', { name: 'Gradient flow' })).toHaveAttribute('aria-selected', 'true');
  await showMe('momentum');
  await expect(settingsPanel(page).getByRole('spinbutton', { name: 'Momentum' })).toBeFocused();
});

test('a term that this network or these settings do not use says so', async ({ page }) => {
  await openListening(page);
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).getByRole('button', { name: 'Glossary' }).click();
  await glossary(page).getByRole('searchbox').fill('dropout');
  const entry = glossary(page).locator('[data-entry="dropout"]');
  await expect(entry).toContainText('no such layer');
  await expect(entry.getByRole('button')).toHaveCount(0);
});

test('on a phone a tap shows a card within the screen, and the glossary fits', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
  const page = await context.newPage();
  await open(page);
  for (const id of ['epoch', 'accuracy', 'test-images', 'conv2d', 'dense', 'softmax']) {
    await term(page, id).scrollIntoViewIfNeeded();
    await expect(async () => {
      if (!(await page.locator('.card[popover]').isVisible())) await term(page, id).tap();
      await expect(page.locator('.card[popover]')).toBeVisible({ timeout: 1000 });
    }).toPass();
    const box = await page.locator('.card[popover]').boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect(Number(box?.x) + Number(box?.width)).toBeLessThanOrEqual(390);
    expect(Number(box?.y) + Number(box?.height)).toBeLessThanOrEqual(844);
    await page.keyboard.press('Escape');
    await expect(page.locator('.card[popover]')).toBeHidden();
  }
  await term(page, 'loss').scrollIntoViewIfNeeded();
  await term(page, 'loss').tap();
  await page.getByRole('button', { name: 'All terms' }).tap();
  await expect(glossary(page).getByRole('heading', { name: 'loss', exact: true })).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await context.close();
});

test('a card and the glossary are accessible, in light and dark', async ({ page }) => {
  await openListening(page);
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    await term(page, 'dense').click();
    await expect(card(page, 'dense layer')).toBeVisible();
    expect(await violations(page), `card, ${colorScheme}`).toEqual([]);
    await card(page, 'dense layer').getByRole('button', { name: 'All terms' }).click();
    await expect(glossary(page)).toBeVisible();
    expect(await violations(page), `glossary, ${colorScheme}`).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(glossary(page)).toBeHidden();
    await expect(card(page, 'dense layer')).toBeHidden();
  }
});
