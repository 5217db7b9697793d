import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { open, pauseButton, settingsPanel, trainButton } from './page.js';

/** @typedef {import('./page.js').Page} Page */

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** @param {Page} page */
const learning = (page) => page.getByRole('region', { name: 'Learning' });

/** @param {Page} page @param {string} name */
const tab = (page, name) => page.getByRole('tab', { name, exact: true });

/** @param {Page} page what axe finds wrong in the middle of the page and in the learning panel */
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

/** @param {Page} page trains until the test digits have been evaluated, and pauses */
async function trainOneEpoch(page) {
  await trainButton(page).click();
  await expect(learning(page)).not.toContainText('after each epoch', { timeout: 90_000 });
  await pauseButton(page).click();
  await expect(trainButton(page)).toBeEnabled();
}

/** @param {Page} page the number of the test digit that is shown */
const probe = (page) => page.getByRole('spinbutton', { name: 'Test digit, 0 to 9,999' });

test('the middle of the page is chosen by pointer, arrow and number keys', async ({ page }) => {
  await open(page);
  await expect(page.getByRole('region', { name: 'Network' })).toBeVisible();
  await tab(page, 'Network').focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('region', { name: 'Health' })).toBeVisible();
  await expect(tab(page, 'Health')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(tab(page, 'Digits')).toBeFocused();
  await page.keyboard.press('1');
  await expect(page.getByRole('region', { name: 'Network' })).toBeVisible();
  await tab(page, 'Health').click();
  await expect(tab(page, 'Gradient flow')).toHaveAttribute('aria-selected', 'true');
});

test('the Health panel follows training: gradients, histograms, units, filters', async ({ page }) => {
  test.setTimeout(150_000);
  await open(page);
  await page.keyboard.press('2');
  const health = page.getByRole('region', { name: 'Health' });
  await trainButton(page).click();
  await expect(health.getByRole('row', { name: /^conv 1/ })).toContainText(/healthy|vanishing|exploding/);
  const norms = health.getByRole('slider', { name: 'Norm of the gradient at step' });
  await expect(norms).toHaveAttribute('aria-valuetext', /step [\d,]+: conv 1 [\d.e−]+, conv 2 [\d.e−]+, dense/);
  await norms.focus();
  await page.keyboard.press('Home');
  await expect(health).not.toContainText('the latest');

  await tab(page, 'Histograms').click();
  const weights = health.getByRole('slider', { name: 'Weights at step' });
  await expect(weights).toHaveAttribute('aria-valuetext', /deviation [\d.]+, zeros/, { timeout: 30_000 });
  await health.getByRole('combobox', { name: 'Layer' }).selectOption('2. ReLU 1');
  await expect(weights).toBeHidden();
  await expect(health.getByRole('slider', { name: 'Activations at step' })).toHaveAttribute('aria-valuetext', /zeros/);

  await tab(page, 'Symmetry').click();
  await expect(health.getByRole('row', { name: /^conv 2/ })).toContainText('No two of the 16 filters are alike');
  await expect(health.getByRole('row', { name: /^dense/ })).toContainText('No two of the 10 units are alike');
  await pauseButton(page).click();

  await tab(page, 'Units').click();
  await expect(health).toContainText('on the 5,000 validation images', { timeout: 30_000 });
  await health.getByRole('slider', { name: 'ReLU 1, unit' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(health).toContainText(/channel 2 (fires on [\d,]+ of 5,000|has never|died)/);
  for (const part of ['Gradient flow', 'Histograms', 'Units', 'Symmetry']) {
    await tab(page, part).click();
    expect(await violations(page), part).toEqual([]);
  }
});

test('a constant start is found out: all filters are identical and stay so', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = settingsPanel(page);
  await settings.getByRole('combobox', { name: 'Initial weights' }).selectOption('All the same');
  await settings.getByRole('button', { name: 'Restart with these' }).click();
  await tab(page, 'Health').click();
  await tab(page, 'Symmetry').click();
  const conv = page.getByRole('region', { name: 'Health' }).getByRole('row', { name: /^conv 1/ });
  await expect(conv).toContainText('All 8 filters are identical');
  await trainButton(page).click();
  await expect.poll(() => page.locator('header').innerText()).toMatch(/step\s+\d{2,}/);
  await expect(conv).toContainText('All 8 filters are identical');
});

test('digits are found on the map, in a channel and in a cell of the confusion matrix, and shown', async ({ page }) => {
  test.setTimeout(180_000);
  await open(page);
  await trainOneEpoch(page);

  await page.keyboard.press('3');
  const digits = page.getByRole('region', { name: 'Digits' });
  const map = digits.getByRole('slider', { name: /Map of test digits/ });
  await expect(map).toBeVisible({ timeout: 30_000 });
  await expect(digits).toContainText(/Only [\d<]+\s% of the variation/);
  await map.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowUp');
  const walked = Number(/Test digit (\d+)/.exec((await map.getAttribute('aria-valuetext')) ?? '')?.[1]);
  await page.keyboard.press('Enter');
  await expect(probe(page)).toHaveValue(String(walked));
  expect(await violations(page), 'map').toEqual([]);
  await digits.getByRole('button', { name: 'As numbers' }).click();
  await expect(digits.getByRole('row')).toHaveCount(11);

  await tab(page, 'Top digits').click();
  const strongest = digits.getByRole('button', { name: /^Test digit \d+, an? \d: activates channel 1 / });
  await expect(strongest.first()).toBeVisible({ timeout: 30_000 });
  await expect(digits).not.toContainText('still searching', { timeout: 30_000 });
  const number = /digit (\d+)/.exec((await strongest.first().getAttribute('aria-label')) ?? '')?.[1];
  await strongest.first().click();
  await expect(probe(page)).toHaveValue(String(number));
  await digits.getByRole('option', { name: /^channel 1,/ }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(digits.getByRole('heading', { name: /channel 2/ })).toBeVisible();
  expect(await violations(page), 'top digits').toEqual([]);

  const cell = learning(page).locator('[data-cell="4/4"]');
  await cell.focus();
  await page.keyboard.press('Enter');
  await expect(learning(page)).toContainText('validation images');
  const validated = learning(page).getByRole('button', { name: /^Validation digit \d+, a 4: predicted 4 with / });
  await expect(validated).toHaveCount(24);
  await validated.first().click();
  await expect(validated.first()).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('region', { name: 'Draw' })).toContainText('correct answer: 4');
  await page.keyboard.press('Escape');

  await learning(page).getByRole('group', { name: 'Images' }).getByText('test').click();
  await cell.focus();
  await page.keyboard.press('Enter');
  await expect(learning(page).getByRole('heading', { name: '4 recognised correctly' })).toBeVisible();
  const sure = learning(page).getByRole('button', { name: /^Test digit \d+, a 4: predicted 4 with / });
  await expect(sure).toHaveCount(24);
  await learning(page)
    .getByRole('button', { name: /^Show [\d,]+ more/ })
    .click();
  await expect(sure).toHaveCount(48);
  const confident = /digit (\d+)/.exec((await sure.first().getAttribute('aria-label')) ?? '')?.[1];
  await sure.first().click();
  await expect(probe(page)).toHaveValue(String(confident));
  expect(await violations(page), 'cell').toEqual([]);
  await page.keyboard.press('Escape');
  await expect(cell).toBeFocused();
});

test('confidence is held against accuracy, and the parts add up', async ({ page }) => {
  test.setTimeout(120_000);
  await open(page);
  await trainOneEpoch(page);
  await learning(page).getByRole('group', { name: 'Images' }).getByText('test').click();
  await learning(page).getByRole('tab', { name: 'Confidence' }).click();
  await expect(learning(page)).toContainText(/expected calibration error\s+[\d.]+\s%/);
  const chart = learning(page).getByRole('slider', { name: /^Confidence/ });
  await chart.focus();
  await page.keyboard.press('End');
  await expect(chart).toHaveAttribute('aria-valuetext', /^90 to 100 % sure: [\d,]+ images/);
  expect(await violations(page)).toEqual([]);
  await learning(page).getByRole('button', { name: 'As numbers' }).click();
  const counts = await learning(page).locator('table tbody td:nth-child(2)').allInnerTexts();
  expect(counts.reduce((sum, count) => sum + Number(count.replaceAll(',', '')), 0)).toBe(10_000);
});

test('everything fits a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  for (const [key, parts] of /** @type {const} */ ([
    ['Health', ['Gradient flow', 'Histograms', 'Units', 'Symmetry']],
    ['Digits', ['Map', 'Top digits']],
  ])) {
    await tab(page, key).click();
    for (const part of parts) {
      await tab(page, part).click();
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth), `${key}, ${part}`)
        .toBeLessThanOrEqual(390);
      expect(await violations(page), part).toEqual([]);
    }
  }
});
