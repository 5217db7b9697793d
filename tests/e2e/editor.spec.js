import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { open, stepsMade, trainButton } from './page.js';

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** @typedef {import('@playwright/test').Page} Page */

/** @param {Page} page */
const editButton = (page) => page.getByRole('button', { name: 'Edit layers' });

/** @param {Page} page @param {string} name */
const card = (page, name) => page.getByRole('group', { name: new RegExp(`^${name}(,|$)`) });

/** @param {Page} page */
const cards = (page) => page.getByRole('group', { name: /, layer \d+ of / });

/**
 * Presses Tab until something has the focus.
 * @param {Page} page
 * @param {import('@playwright/test').Locator} goal
 */
async function tabTo(page, goal) {
  const focused = () => goal.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 40 && !(await focused()); presses += 1) await page.keyboard.press('Tab');
  await expect(goal).toBeFocused();
}

/** @param {Page} page @param {...string} keys */
async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

test('a network is built with the keyboard alone while the old one trains, and then takes its place', async ({
  page,
}) => {
  await open(page);
  await trainButton(page).click();
  await editButton(page).focus();
  await press(page, 'Enter');
  await expect(cards(page)).toHaveCount(8);
  await tabTo(page, card(page, 'input'));

  await press(page, 'ArrowRight', 'Enter');
  await expect(page.getByRole('spinbutton', { name: 'conv 1: filters' })).toBeFocused();
  await press(page, 'Control+a', '1', '2');
  await expect(card(page, 'conv 1')).toContainText('12×24×24');
  await expect(card(page, 'conv 1')).toContainText('312 parameters');
  await expect(card(page, 'conv 2')).toContainText('4,816 parameters');

  await press(page, 'Escape', '+');
  await expect(page.getByRole('menuitem', { name: 'Convolution' })).toBeFocused();
  await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
  await expect(card(page, 'dense 1')).toBeFocused();
  await expect(cards(page)).toHaveCount(10);
  await expect(card(page, 'ReLU 1')).toContainText('64');
  await expect(card(page, 'pool 1')).toContainText('Expects feature maps; got 64 numbers.');
  await press(page, 'Control+z');
  await expect(cards(page)).toHaveCount(8);
  await expect(page.getByText('Expects feature maps')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Restart with these' })).toBeEnabled();

  await page.keyboard.press('Home');
  await press(page, 'ArrowRight', 'ArrowRight', 'Alt+ArrowRight');
  await expect(card(page, 'ReLU 1')).toBeFocused();
  await expect(card(page, 'ReLU 1')).toHaveAccessibleName('ReLU 1, layer 3 of 8');
  await press(page, 'Delete');
  await expect(cards(page)).toHaveCount(7);
  await expect(card(page, 'conv 2')).toBeFocused();
  await press(page, 'End', 'ArrowLeft', 'Delete');
  await expect(cards(page)).toHaveCount(7);
  await expect(page.getByRole('status', { name: 'What was done' })).toContainText('outputs the 10 scores');

  await tabTo(page, page.getByRole('button', { name: 'Restart with these' }));
  await press(page, 'Enter');
  await expect(editButton(page)).toBeFocused();
  await expect(cards(page)).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Network' })).toContainText('12×24×24');
  await expect(page.getByRole('button', { name: /^conv 1, map 12 of 12/ })).toBeVisible();
});

test('an impossible kernel is marked on its layer while training goes on, and taken back', async ({ page }) => {
  await open(page);
  await trainButton(page).click();
  await editButton(page).click();
  const kernel = page.getByRole('spinbutton', { name: 'conv 2: kernel' });
  await kernel.fill('20');
  await expect(card(page, 'conv 2')).toContainText(
    'A window of 20×20 does not fit into maps of 12×12 (padding included).',
  );
  await expect(card(page, 'pool 1')).toContainText('8×12×12');
  await expect(card(page, 'pool 2')).toContainText('16×?×?');
  await expect(page.getByRole('button', { name: 'Restart with these' })).toBeDisabled();
  const before = await stepsMade(page);
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(before);
  await kernel.press('Control+z');
  await expect(kernel).toHaveValue('5');
  await expect(card(page, 'conv 2')).toContainText('16×8×8');
  await kernel.press('Control+Shift+z');
  await expect(card(page, 'conv 2')).toContainText('does not fit');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(kernel).toHaveValue('5');

  await kernel.press('Control+a');
  await kernel.pressSequentially('65');
  await kernel.press('Enter');
  await expect(card(page, 'conv 2')).toContainText('The kernel must be a whole number from 1 to 64; 5 is kept.');
  await expect(kernel).toHaveAttribute('aria-invalid', 'true');
});

test('without the ten answers there is no network, and one click brings them back', async ({ page }) => {
  await open(page);
  await editButton(page).click();
  await page.getByRole('button', { name: 'Remove dense' }).click();
  await expect(card(page, 'softmax')).toContainText('Expected 10 numbers, one for each digit; got 256.');
  await expect(page.getByRole('button', { name: 'Restart with these' })).toBeDisabled();
  await page.getByRole('button', { name: 'Add dense, 10 units' }).click();
  await expect(page.getByText('Expected 10 numbers')).toBeHidden();
  await expect(card(page, 'dense')).toContainText('2,570 parameters');
});

test('the editor shows the epoch time of the draft beside that of the running network, and undo covers layers alone', async ({
  page,
}) => {
  await open(page);
  await editButton(page).click();
  const region = page.getByRole('region', { name: 'Network' });
  await expect(region).toContainText(/an epoch takes\s+about [\d.]+ s/i);
  await page.getByRole('spinbutton', { name: 'conv 2: filters' }).fill('64');
  await expect(region).toContainText(/about [\d.]+ s, now [\d.]+ s/);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('spinbutton', { name: 'Seed' }).fill('77');
  await page.getByRole('spinbutton', { name: 'Seed' }).press('Enter');
  await region.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('spinbutton', { name: 'conv 2: filters' })).toHaveValue('16');
  await expect(page.getByRole('spinbutton', { name: 'Seed' })).toHaveValue('77');
});

test('the editor is accessible, in light and dark, and on a phone', async ({ page }) => {
  await open(page);
  await editButton(page).click();
  await page.getByRole('spinbutton', { name: 'conv 2: kernel' }).fill('20');
  await expect(card(page, 'conv 2')).toContainText('does not fit');
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme });
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
      await page.evaluate(AXE);
      const found = await page.evaluate(async () => {
        const { violations } = await /** @type {any} */ (globalThis).axe.run();
        return violations.map((/** @type {any} */ { id, nodes }) => [id, nodes.map((/** @type {any} */ n) => n.html)]);
      });
      expect(found, `${colorScheme}, ${width} pixels wide`).toEqual([]);
    }
  }
});
