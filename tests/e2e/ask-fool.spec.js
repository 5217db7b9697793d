import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { violations } from './axe.js';
import { draw, ONE, open, settledPrediction, stepsMade, trainHundred } from './page.js';

/** @typedef {import('./page.js').Page} Page */

/** @param {Page} page */
const panel = (page) => page.getByRole('region', { name: 'Ask', exact: true });

/** What the change does, in a sentence. @param {Page} page */
const said = (page) => panel(page).getByRole('status', { name: 'What the change does' });

/** @param {Page} page */
const strength = (page) => panel(page).getByRole('slider', { name: 'Strength' });

/** @param {Page} page */
async function openView(page) {
  await page.keyboard.press('5');
  await panel(page).getByRole('tab', { name: 'Fool it' }).click();
  await expect(said(page)).toContainText('of 255 grey levels');
}

/** What is said of a change of a strength. @param {Page} page @param {number} levels */
async function answerAt(page, levels) {
  await strength(page).fill(String(levels));
  await expect(said(page)).toContainText(`at most ${levels} of 255`);
  return said(page).innerText();
}

test('the smallest change that turns a 7 is found: one grey level less leaves it a 7', async ({ page }) => {
  await open(page);
  await trainHundred(page);
  await openView(page);
  await panel(page).getByRole('button', { name: 'Find the smallest change' }).click();
  await expect(said(page)).toContainText('is the least this method needs', { timeout: 30_000 });
  const least = Number(await strength(page).inputValue());
  expect(least).toBeGreaterThan(0);
  await expect(said(page)).toContainText(new RegExp(`at most ${least} of 255 grey levels turns this 7 into an? \\d`));
  await strength(page).press('ArrowLeft');
  await expect(said(page)).toContainText(
    `at most ${least - 1} of 255 grey levels is not enough: the answer is still a 7`,
  );
  await expect(panel(page).getByRole('list', { name: 'Probabilities after' }).getByRole('listitem')).toHaveCount(10);
  await expect(panel(page)).toContainText(new RegExp(`by [\\d.]+ on average and ${least - 1} at most`));
  expect(await violations(page)).toEqual([]);
});

test('a change is aimed at a class, and compared with others of its size', async ({ page }) => {
  await open(page);
  await trainHundred(page);
  await openView(page);
  await panel(page).getByText('Targeted', { exact: true }).click();
  await panel(page).getByRole('combobox', { name: 'Turn it into' }).selectOption('a 2');
  await panel(page).getByRole('button', { name: 'Find the smallest change' }).click();
  await expect(said(page)).toContainText('to turn a 7 into a 2', { timeout: 30_000 });
  await expect(said(page)).toContainText('turns this 7 into a 2');
  const rivals = panel(page).getByRole('region', { name: 'Other changes of the same size' });
  await expect(rivals.getByRole('listitem')).toHaveCount(5);
  await expect(rivals.getByRole('listitem').first()).toContainText(/Attack.*a 2, [\d.]+/s);
  for (const kind of ['Noise', 'Blur', 'Rotation', 'Occlusion']) await expect(rivals).toContainText(kind);
  expect(await answerAt(page, 1)).toContain('still a 7');
});

test('a drawing can be made to fool the network, and an image that it gets wrong cannot', async ({ page }) => {
  await open(page);
  await trainHundred(page);
  await draw(page, ONE);
  const [digit] = await settledPrediction(page);
  await openView(page);
  await strength(page).fill('1');
  await expect(said(page)).toContainText(new RegExp(`the answer is still an? ${digit}`));
  await page.getByRole('button', { name: 'Next mistake' }).click();
  await expect(panel(page)).toContainText('so there is nothing to fool');
  await expect(panel(page)).not.toContainText('Changed image');
  await panel(page).getByRole('button', { name: 'Choose a digit that it gets right' }).click();
  await expect(said(page)).toContainText('at most 1 of 255 grey levels');
  await expect(panel(page)).toContainText('Changed image');
});

test('accuracies under attack are measured, as a curve, in words and in a file, beside an earlier run', async ({
  page,
}) => {
  test.setTimeout(150_000);
  await open(page);
  await trainHundred(page);
  await page.getByRole('button', { name: 'Restart', exact: true }).click();
  await expect.poll(() => stepsMade(page)).toBe(0);
  await trainHundred(page);
  await openView(page);
  const part = panel(page).getByRole('region', { name: 'Accuracy under attack' });
  await part.getByRole('combobox', { name: 'Beside it' }).selectOption({ index: 1 });
  await part.getByRole('button', { name: 'Measure the accuracy' }).click();
  await expect(part.getByRole('button', { name: 'Stop' })).toBeVisible();
  await expect(part.getByRole('listitem').filter({ hasText: /^Run 1 .*, step 100: / })).toBeVisible({
    timeout: 90_000,
  });
  await expect(part.getByRole('listitem').filter({ hasText: /^This network, step 100: / })).toBeVisible();
  const chart = part.getByRole('slider', { name: /^Accuracy in percent/ });
  await chart.focus();
  await page.keyboard.press('Home');
  await expect(chart).toHaveAttribute('aria-valuetext', /^grey levels 0: This network, step 100: gradient sign \d+/);
  await part.getByRole('button', { name: 'As numbers' }).click();
  const row = await part.getByRole('row', { name: /^128 / }).innerText();
  const [first = 100] = row.split(/\s+/).slice(1).map(Number.parseFloat);
  expect(first).toBeLessThan(50);
  expect(await violations(page)).toEqual([]);

  const download = page.waitForEvent('download');
  await part.getByRole('button', { name: 'Save these accuracies' }).click();
  await page.getByRole('menuitem', { name: /Accuracy under attack/ }).click();
  const lines = readFileSync(await (await download).path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines).toHaveLength(10);
  expect(lines[0]).toContain('accuracy under gradient sign (0 to 1)');
});

test('it fits a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  await trainHundred(page);
  await openView(page);
  await expect(panel(page)).toContainText('Other changes of the same size');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(await violations(page)).toEqual([]);
});
