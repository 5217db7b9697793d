import { expect, test } from '@playwright/test';
import { violations } from './axe.js';
import { draw, open, THREE, trainHundred } from './page.js';

/** @typedef {import('./page.js').Page} Page */

const METHODS = ['Input gradient', 'Occlusion', 'Class activation', 'Integrated gradients'];

/** @param {Page} page */
const view = (page) => page.getByRole('tabpanel', { name: 'Where it looks' });
/** @param {Page} page @param {string} name */
const method = (page, name) => view(page).getByRole('region', { name, exact: true });

/** Trains a hundred steps, whose weights are always the same, and opens the view. @param {Page} page */
async function openView(page) {
  test.setTimeout(120_000);
  await open(page);
  await trainHundred(page);
  await page.keyboard.press('5');
  await page.getByRole('tab', { name: 'Where it looks' }).click();
  await expect(method(page, 'Occlusion')).toContainText('uncovered');
}

/** The two sides of the check of integrated gradients. @param {Page} page */
async function check(page) {
  const words = await method(page, 'Integrated gradients').innerText();
  const [, sum, difference] = /add up to (\S+); .* changes by (\S+):/.exec(words) ?? [];
  return [sum, difference].map((text) => Number(text?.replace('−', '-')));
}

test('four pictures of one class, with figures of what each says and where they agree', async ({ page }) => {
  await openView(page);
  for (const name of METHODS) await expect(method(page, name).getByRole('application')).toHaveCount(1);
  await expect(method(page, 'Input gradient')).toContainText(/Strongest at row \d+, column \d+/);
  await expect(method(page, 'Input gradient')).toContainText(/It shares \d+\s% of its strongest tenth with/);
  await expect(view(page)).toContainText(
    /agree most by rank correlation: −?[01]\.\d\d, with \d+\s% of the strongest tenth/,
  );
  const rows = view(page).getByRole('table').locator('tbody tr');
  await expect(rows).toHaveCount(6);
  await expect(rows.filter({ hasText: '–' })).toHaveCount(0);

  await method(page, 'Integrated gradients').getByLabel('points').selectOption('256');
  await expect
    .poll(async () => {
      const [sum = NaN, difference = NaN] = await check(page);
      return Math.abs(sum - difference) / Math.abs(difference);
    })
    .toBeLessThan(0.02);
});

test('patches, convolution, class and a second class can be chosen, and a pixel is read in all pictures', async ({
  page,
}) => {
  await openView(page);
  await method(page, 'Occlusion').getByLabel('patch').selectOption('8×8');
  await method(page, 'Occlusion').getByLabel('stride').selectOption('4');
  await expect(method(page, 'Occlusion')).toContainText('36 patches');
  await expect(method(page, 'Class activation')).toContainText('8×8 cells');
  await method(page, 'Class activation').getByLabel('maps of').selectOption('conv 1');
  await expect(method(page, 'Class activation')).toContainText('24×24 cells');

  await view(page).getByLabel('Score of').selectOption('a 7');
  await view(page).getByLabel('compared with').selectOption('a 3');
  for (const name of METHODS) await expect(method(page, name).getByRole('application')).toHaveCount(2);
  await expect(view(page).getByRole('table').locator('tbody tr')).toHaveCount(10);
  await expect(view(page).getByRole('row', { name: /^Occlusion: 7 and 3/ })).not.toContainText('–');

  await method(page, 'Occlusion').getByRole('application').first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(view(page)).toContainText(/row 15, column 15: ink \d+; input gradient \S+ and \S+, occlusion \S+ and/);
});

test('it follows the drawing, and says what to do while there is none', async ({ page }) => {
  await openView(page);
  await draw(page, THREE);
  await expect(view(page).getByLabel('Score of')).toHaveValue(/\d/);
  await expect(method(page, 'Occlusion')).toContainText('uncovered');
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(view(page)).toContainText('Draw a digit, or choose a test digit');
});

test('it is accessible and fits, on a phone too, in light and dark', async ({ page }) => {
  await openView(page);
  await view(page).getByLabel('compared with').selectOption({ index: 1 });
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 844 });
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page), `${colorScheme}, ${width} pixels wide`).toEqual([]);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
});
