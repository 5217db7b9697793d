import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { open, pauseButton, trainButton } from './page.js';

/** @typedef {import('./page.js').Page} Page */

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** @param {Page} page */
const ask = (page) => page.getByRole('region', { name: 'Ask', exact: true });
/** @param {Page} page */
const view = (page) => page.getByRole('tabpanel', { name: 'Dream' });
/** What is said of the dream that is shown large. @param {Page} page */
const said = (page) => view(page).getByText(/(score|map|activation) (is|stays)/);

/** @param {Page} page trains for a while, and pauses */
async function train(page) {
  await trainButton(page).click();
  await expect(page.getByRole('region', { name: 'Learning' })).toContainText(/train 0\.[0-4]/, { timeout: 90_000 });
  await pauseButton(page).click();
  await expect(trainButton(page)).toBeEnabled();
}

/** The number after a word of what is said. @param {Page} page @param {RegExp} before */
async function figure(page, before) {
  const text = await said(page).innerText();
  return Number(before.exec(text)?.[1]?.replace('−', '-').replace(',', ''));
}

test('the network dreams of a class, beyond any real digit, and says so in figures', async ({ page }) => {
  test.setTimeout(150_000);
  await open(page);
  await train(page);
  await page.keyboard.press('5');
  await expect(view(page)).toBeVisible();
  await expect(said(page)).toContainText('the strongest of these test digits reaches', { timeout: 60_000 });
  expect(await figure(page, /score is (\S+);/)).toBeGreaterThan(await figure(page, /reaches (\S+?)\.( |$)/));
  // Every class has been dreamt of, and another is shown at once.
  await view(page)
    .getByRole('option', { name: /^class 3, / })
    .click();
  await expect(view(page).getByRole('img', { name: 'Dream of class 3' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(view(page).getByRole('option', { name: /^class 4, / })).toBeFocused();
});

test('the same noise gives the same dream, other noise another, and Stop keeps what is there', async ({ page }) => {
  test.setTimeout(120_000);
  await open(page);
  await page.keyboard.press('5');
  await expect(said(page)).toBeVisible({ timeout: 60_000 });
  const large = view(page).getByRole('img', { name: /^Dream of class/ });
  const pixels = () => large.evaluate((/** @type {HTMLCanvasElement} */ canvas) => canvas.toDataURL());
  const first = await pixels();
  await view(page).getByRole('button', { name: 'Dream again' }).click();
  await expect(said(page)).toBeVisible({ timeout: 60_000 });
  expect(await pixels()).toBe(first);
  await view(page).getByRole('button', { name: 'Other noise' }).click();
  await expect(view(page)).toContainText('Noise 2,');
  await expect(said(page)).toBeVisible({ timeout: 60_000 });
  expect(await pixels()).not.toBe(first);
  await view(page).getByText('Settings', { exact: true }).click();
  await view(page).getByRole('slider', { name: 'Steps' }).fill('400');
  await view(page).getByRole('button', { name: 'Stop' }).click();
  await expect(view(page)).toContainText(/Stopped at \d+\s%/);
});

test('all channels of a layer are dreamt of, and one of them over the run', async ({ page }) => {
  test.setTimeout(180_000);
  await open(page);
  await train(page);
  await page.keyboard.press('5');
  await view(page).getByRole('combobox', { name: 'Layer' }).selectOption({ index: 1 });
  const tiles = view(page).getByRole('listbox').getByRole('option');
  await expect(tiles.first()).toHaveAccessibleName(/^channel 1, \S/, { timeout: 60_000 });
  await expect(tiles.last()).toHaveAccessibleName(/^channel \d+, \S/);
  await tiles.nth(1).click();
  await ask(page).getByRole('tab', { name: 'Fool it' }).click();
  await page.keyboard.press('1');
  await page.keyboard.press('5');
  await ask(page).getByRole('tab', { name: 'Dream', exact: true }).click();
  await expect(view(page).getByRole('img', { name: 'Dream of channel 2' })).toBeVisible({ timeout: 60_000 });
  await tiles.first().click();
  await view(page).getByRole('button', { name: 'Dream at kept steps' }).click();
  const strip = view(page).getByRole('group', { name: 'Dreams of channel 1 over the run' });
  await expect(strip.getByRole('button').first()).toHaveAccessibleName(/^Step 0, /, { timeout: 60_000 });
  await expect(view(page).getByRole('button', { name: 'Dream them again' })).toBeVisible({ timeout: 60_000 });
  const third = strip.getByRole('button').nth(2);
  const step = Number(/^Step ([\d,]+)/.exec((await third.getAttribute('aria-label')) ?? '')?.[1]?.replace(',', ''));
  await third.click();
  await expect(third).toHaveAttribute('aria-current', 'step');
  await expect(view(page)).toContainText(`weights of step ${step.toLocaleString('en')}.`, { timeout: 60_000 });
});

test('while it trains, dreams say that they are older than the network', async ({ page }) => {
  test.setTimeout(120_000);
  await open(page);
  await page.keyboard.press('5');
  await expect(said(page)).toBeVisible({ timeout: 60_000 });
  await trainButton(page).click();
  await expect(view(page)).toContainText(/The network is at step [\d,]+ now: dream again/, { timeout: 60_000 });
  await view(page).getByRole('button', { name: 'Dream again' }).click();
  await expect(view(page)).toContainText(/weights of step [1-9]/, { timeout: 60_000 });
  await pauseButton(page).click();
});

test('the Dream view has nothing that axe finds wrong, and is in the link of the page', async ({ page }) => {
  test.setTimeout(120_000);
  await open(page);
  await page.keyboard.press('5');
  await expect(ask(page).getByRole('tab', { name: 'Dream', exact: true })).toHaveAttribute('aria-selected', 'true');
  await expect(said(page)).toBeVisible({ timeout: 60_000 });
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => {
    const { violations } = await /** @type {any} */ (globalThis).axe.run('#main-panel');
    return violations.map((/** @type {any} */ { id, nodes }) => [id, nodes.map((/** @type {any} */ { html }) => html)]);
  });
  expect(found).toEqual([]);
});
