import { expect, test } from '@playwright/test';
import { canvas, draw, open, settledPrediction, trainHundred } from './page.js';
import { violations } from './axe.js';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('./page.js').Point} Point */

/** No digit at all, so that only a network that was taught it calls it a 6. @type {Point[]} */
const ZIGZAG = [
  [0.2, 0.2],
  [0.8, 0.25],
  [0.2, 0.45],
  [0.8, 0.55],
  [0.2, 0.75],
  [0.8, 0.8],
];

/** @param {Page} page */
const part = (page) => page.getByRole('region', { name: 'Teach the network' });

/** @param {Page} page */
async function openPart(page) {
  await page.getByRole('button', { name: /Teach it/ }).click();
  await expect(part(page)).toBeVisible();
}

/** The receipt of the run, or why it has none. @param {Page} page */
async function receipt(page) {
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  const text = dialog.getByRole('textbox', { name: 'Receipt', exact: true });
  const refusal = dialog.getByText('it has no receipt');
  await expect(text.or(refusal)).toBeVisible({ timeout: 20_000 });
  const said = (await refusal.isVisible()) ? await refusal.innerText() : await text.inputValue();
  await page.keyboard.press('Escape');
  return said;
}

/** @param {string} text of a receipt */
const weightsIn = (text) => /weights: (\S+)/.exec(text)?.[1];

test('a drawing that is misread is taught, read, and undone; the example is kept', async ({ page }) => {
  test.slow();
  await open(page);
  await trainHundred(page);
  await draw(page, ZIGZAG);
  const before = await settledPrediction(page);
  const wanted = before.startsWith('6') ? '5' : '6';
  const weights = weightsIn(await receipt(page));
  expect(weights).toBeTruthy();

  await openPart(page);
  await part(page).getByRole('button', { name: wanted, exact: true }).click();
  await expect(part(page).getByRole('status')).toContainText('It now reads 1 of your 1 example', { timeout: 60_000 });
  expect(await settledPrediction(page)).toMatch(new RegExp(`^${wanted},`));
  expect(await receipt(page)).toContain('taught examples of your own');
  expect(await violations(page)).toEqual([]);

  await part(page).getByRole('button', { name: 'Undo teaching' }).click();
  await expect.poll(() => settledPrediction(page)).toBe(before);
  expect(weightsIn(await receipt(page))).toBe(weights);

  await page.reload();
  await openPart(page);
  await part(page).getByText('My examples (1)').click();
  await expect(part(page).getByRole('button', { name: `Example 1 of ${wanted}` })).toBeVisible();
});

test('by keyboard: a digit key says what was drawn, and an example is removed', async ({ page }) => {
  test.slow();
  await open(page);
  await draw(page, ZIGZAG);
  await openPart(page);
  await part(page).getByRole('button', { name: '0', exact: true }).focus();
  await page.keyboard.press('7');
  await expect(part(page).getByText('My examples (1)')).toBeVisible();
  await expect(part(page).getByRole('status')).toContainText('It now reads', { timeout: 60_000 });
  await part(page).getByText('My examples (1)').click();
  await part(page).getByRole('button', { name: 'Example 1 of 7' }).press('Enter');
  await part(page).getByRole('button', { name: 'Remove', exact: true }).press('Enter');
  await expect(part(page).getByText('My examples (0)')).toBeVisible();
});

test('examples leave as a file and come back; what is no such file is refused', async ({ page }) => {
  await open(page);
  await openPart(page);
  await part(page).getByText('My examples (0)').click();
  const file = part(page).getByLabel('File of examples');
  const bring = (/** @type {string} */ text) =>
    file.setInputFiles({ name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await bring('{"kind": "conv');
  await expect(part(page).getByRole('status')).toContainText('mine.json was not read. Expected JSON');
  const strokes = [ZIGZAG.flat()];
  await bring(
    JSON.stringify({ kind: 'convscope examples', version: 1, set: 'mnist', examples: [{ label: 3, strokes }] }),
  );
  await expect(part(page).getByText('My examples (1)')).toBeVisible();
  const download = page.waitForEvent('download');
  await part(page).getByRole('button', { name: 'Save strokes' }).click();
  expect((await download).suggestedFilename()).toBe('my-examples.json');
  await expect(canvas(page)).toBeVisible();
});
