import { expect, test } from '@playwright/test';
import { violations } from './axe.js';
import { open, stepsMade, trainHundred } from './page.js';

/** @typedef {import('./page.js').Page} Page */

/** @param {Page} page */
const view = (page) => page.getByRole('group', { name: 'Switch channels off' });
/** @param {Page} page */
const tiles = (page) => view(page).getByRole('listbox', { name: /maps of ReLU 2/ });
/** @param {Page} page the rows of the table of costs */
const costs = (page) =>
  view(page)
    .getByRole('region', { name: /^What each map/ })
    .locator('tbody tr');

/** Trains a hundred steps, whose weights are always the same, and opens the view. @param {Page} page */
async function openView(page) {
  test.setTimeout(120_000);
  await open(page);
  await trainHundred(page);
  await page.keyboard.press('5');
  await page.getByRole('tab', { name: 'Switch off' }).click();
  await expect(view(page)).toContainText(/With all channels on it classifies [\d,]+ of 2,000 validation images/);
}

/** What the network says now, class by class. @param {Page} page */
async function answer(page) {
  const list = view(page).getByRole('list', { name: /^Probabilities/ });
  return (await list.getByRole('listitem').allInnerTexts()).map((text) => /[\d.<>]+\s%\s*$/.exec(text)?.[0].trim());
}

test('maps are switched off and on by keyboard and pointer, undone and redone; the answer and the accuracy follow', async ({
  page,
}) => {
  await openView(page);
  const whole = await answer(page);
  const steps = await stepsMade(page);
  await tiles(page).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await expect(view(page)).toContainText('Off: map 2 of ReLU 2');
  await expect(view(page)).toContainText(/Without map 2 of ReLU 2 it (still )?reads a/);
  await expect(view(page)).toContainText(/Without map 2 of ReLU 2 it classifies [\d,]+ of 2,000/);
  await expect(tiles(page).getByRole('option')).toHaveText(/^map 2: .*, switched off$/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(view(page)).toContainText('Off: maps 2 and 3 of ReLU 2');
  expect(await stepsMade(page), 'Space and Enter are the tiles’ own').toBe(steps);

  await page.keyboard.press('Control+z');
  await expect(view(page)).toContainText('Off: map 2 of ReLU 2');
  await page.keyboard.press('Control+Shift+z');
  await expect(view(page)).toContainText('Off: maps 2 and 3 of ReLU 2');
  await view(page).getByText('its mean', { exact: true }).click();
  await expect(view(page)).toContainText('With maps 2 and 3 of ReLU 2 at the mean it classifies');
  await view(page).getByRole('button', { name: 'All on' }).click();
  await expect(view(page)).toContainText('With all channels on it reads');
  expect(await answer(page)).toEqual(whole);
  await tiles(page)
    .locator('canvas')
    .click({ position: { x: 20, y: 20 } });
  await expect(view(page)).toContainText('Off: map 1 of ReLU 2');
  await expect(view(page)).toContainText('With map 1 of ReLU 2 at the mean it');
});

test('without any map, every image gets the same answer, and the run is as it was', async ({ page }) => {
  await openView(page);
  const bars = () => page.getByRole('list', { name: 'Probability of each digit' }).innerText();
  const before = await bars();
  await tiles(page).focus();
  for (let map = 0; map < 16; map++) {
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
  }
  await expect(view(page)).toContainText('Off: 16 channels');
  await expect(view(page)).toContainText('Without 16 channels it reads');
  const first = await answer(page);
  expect(await bars()).toBe(before);
  await page.getByRole('spinbutton', { name: /^Test digit/ }).fill('1');
  await page.keyboard.press('Enter');
  await expect.poll(bars).not.toBe(before);
  await expect.poll(() => answer(page)).toEqual(first);
});

test('the table says what each map costs: the same as when it is switched off', async ({ page }) => {
  await openView(page);
  await view(page).getByRole('button', { name: 'Count', exact: true }).click();
  await expect(view(page)).toContainText(/Most depends on map \d+: without it/);
  await expect(costs(page)).toHaveCount(16);
  const changes = (await costs(page).allInnerTexts()).map((text) =>
    Number(/([+−]?[\d.]+) points/.exec(text)?.[1].replace('−', '-')),
  );
  expect(changes).toEqual([...changes].sort((a, b) => a - b));

  const first = costs(page).first();
  const [, name] = /(map \d+)/.exec(await first.innerText()) ?? [];
  const [without] = /[\d.]+\s%/.exec(await first.innerText()) ?? [];
  await first.getByRole('button').click();
  await expect(view(page)).toContainText(`Off: ${name} of ReLU 2`);
  await expect(view(page)).toContainText(new RegExp(`images correctly: ${without} instead of`));
  await expect(first.getByRole('button', { pressed: true })).toBeVisible();

  await view(page).getByRole('button', { name: 'map', exact: true }).click();
  await expect(costs(page).first()).toContainText('map 1');
});

test('it is accessible and fits, on a phone too, in light and dark', async ({ page }) => {
  await openView(page);
  await tiles(page).focus();
  await page.keyboard.press('Space');
  await view(page).getByRole('button', { name: 'Count', exact: true }).click();
  await expect(costs(page)).toHaveCount(16);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 844 });
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page), `${colorScheme}, ${width} pixels wide`).toEqual([]);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
});
