import { expect, test } from '@playwright/test';
import { violations } from './axe.js';
import { draw, ONE, open, settledPrediction, THREE, trainHundred } from './page.js';

/** @typedef {import('./page.js').Page} Page */

/** @param {Page} page */
const panel = (page) => page.getByRole('region', { name: 'Ask', exact: true });

/** @param {Page} page */
const said = (page) => panel(page).getByRole('status', { name: 'Where the answer turns' });

/** @param {Page} page */
const place = (page) => panel(page).getByRole('slider', { name: 'Place on the way' });

/** The likeliest class at the slider's place. @param {Page} page */
const top = (page) => panel(page).getByRole('list', { name: 'Probabilities at this place' }).locator('li.top');

/** @param {Page} page */
async function openView(page) {
  await page.keyboard.press('5');
  await panel(page).getByRole('tab', { name: 'Morph' }).click();
  await expect(said(page)).toContainText('The answer');
}

test('a 7 turns into a 1: where, in words and on the chart, and what the network computes there', async ({ page }) => {
  await open(page);
  await trainHundred(page);
  await openView(page);
  await panel(page).getByRole('button', { name: 'To: test digit 2, a 1' }).click();
  await expect(said(page)).toContainText(/from a 7 .*to a 1 at \d+\s% of the way/);
  const turn = Number(/to a 1 at (\d+)/.exec(await said(page).innerText())?.[1]);

  await place(page).fill(String(turn + 2));
  await expect(top(page)).toContainText(/^1/);
  await place(page).press('Home');
  await expect(top(page)).toContainText(/^7/);
  await expect(panel(page).getByRole('img', { name: /^Image at 0\s% of the way/ })).toBeVisible();

  const chart = panel(page).getByRole('slider', { name: 'Probabilities along the way' });
  await chart.focus();
  await page.keyboard.press('End');
  await expect(chart).toHaveAttribute('aria-valuetext', /^100\s% of the way: .*1 \d/);
  await expect(place(page)).toHaveValue('100');

  const maps = panel(page).getByRole('region', { name: 'What the network computes there' });
  await expect(maps.getByRole('img', { name: /^conv 1: 8 maps of 24×24; the largest number/ })).toBeVisible();
  await maps.getByRole('combobox', { name: 'Layer' }).selectOption('8. dense');
  await expect(
    maps.getByRole('img', { name: /^dense: 10 units; the largest number, [\d.]+, is in unit 2/ }),
  ).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test('one drawing turns into another: the first is held while the second is drawn', async ({ page }) => {
  await open(page);
  await trainHundred(page);
  await draw(page, THREE);
  await settledPrediction(page);
  await openView(page);
  const [from, to] = ['From', 'To'].map((name) => panel(page).getByRole('region', { name: new RegExp(`^${name}`) }));
  await expect(from).toContainText('your drawing');
  await from.getByRole('button', { name: 'Hold it' }).click();
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await draw(page, ONE);
  await to.getByRole('button', { name: 'Viewed image' }).click();
  await expect(to).toContainText('your drawing');
  await expect(from.getByRole('button', { name: 'Hold it' })).toHaveAttribute('aria-pressed', 'true');
  await expect(said(page)).toContainText('The answer');
});

test('it fits a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  await openView(page);
  await expect(panel(page)).toContainText('8 maps of 24×24');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(await violations(page)).toEqual([]);
});
