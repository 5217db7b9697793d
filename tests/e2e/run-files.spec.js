import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { violations } from './axe.js';
import { open, stepsMade, testAccuracy, trainHundred, trainTo } from './page.js';

/** @typedef {import('@playwright/test').Page} Page */

/** @param {Page} page */
const learning = (page) => page.getByRole('region', { name: 'Learning' });

/**
 * Saves a file from a menu.
 * @param {Page} page
 * @param {string} button
 * @param {RegExp} item
 */
async function saved(page, button, item) {
  await page.getByRole('button', { name: button, exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: item }).click();
  const file = await download;
  await expect(page.getByRole('menu')).toHaveCount(0);
  const name = file.suggestedFilename();
  const path = test.info().outputPath(name);
  await file.saveAs(path);
  return { name, path, bytes: await readFile(path) };
}

/** Rows of cells; none of those here has a comma or a quote in it. @param {Buffer} bytes */
const rowsOf = (bytes) =>
  bytes
    .toString('utf8')
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));

/** The share of one colour that is not the page's, and the size. @param {Page} page @param {Buffer} bytes */
const pictureOf = (page, bytes) =>
  page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Set(new Uint32Array(data.buffer));
    return { width: canvas.width, height: canvas.height, colours: colours.size };
  }, bytes.toString('base64'));

/** What the page says of the validation images, in percent. @param {Page} page */
async function validationAccuracy(page) {
  const words = await learning(page).innerText();
  return Number(/validation\saccuracy\s+([\d.]+)\s%\s+step\s100/.exec(words)?.[1] ?? Number.NaN);
}

/** @param {Page} page evaluated on both splits at step 100 */
async function trainedAndEvaluated(page) {
  await open(page);
  await trainHundred(page);
  await expect.poll(() => validationAccuracy(page)).toBeGreaterThan(0);
  await expect.poll(() => testAccuracy(page)).toBeGreaterThan(0);
}

test('curves and results are saved as tables with the numbers that the page shows', async ({ page }) => {
  await trainedAndEvaluated(page);
  const curves = await saved(page, 'Save the curves', /^Curves as a table/);
  expect(curves.name).toBe('convscope-curves-step-100.csv');
  const [header = [], ...rows] = rowsOf(curves.bytes);
  const column = (/** @type {string} */ name) => header.indexOf(name);
  expect(rows).toHaveLength(100);
  const last = rows.at(-1) ?? [];
  expect(last[column('step')]).toBe('100');
  const percents = ['validation', 'test'].map((split) => 100 * Number(last[column(`${split} accuracy (0 to 1)`)]));
  expect(percents[0]).toBeCloseTo(await validationAccuracy(page), 5);
  expect(percents[1]).toBeCloseTo(await testAccuracy(page), 5);

  const confusion = await saved(page, 'Save these results', /^Confusion matrix/);
  expect(confusion.name).toBe('convscope-confusion-validation-step-100.csv');
  const counts = rowsOf(confusion.bytes)
    .slice(1)
    .map((row) => row.slice(1).map(Number));
  expect(counts.flat().reduce((sum, one) => sum + one, 0)).toBe(5000);
  const correct = counts.reduce((sum, row, label) => sum + Number(row[label]), 0);
  expect(correct / 50).toBeCloseTo(await validationAccuracy(page), 5);
  await expect(learning(page).locator('[data-cell="3/3"]')).toHaveText(String(counts[3]?.[3]));

  await learning(page).getByRole('tab', { name: 'By digit' }).click();
  const classes = await saved(page, 'Save these results', /^Precision, recall and F1/);
  const table = rowsOf(classes.bytes);
  for (const [digit, precision, recall, f1, support] of table.slice(1, 11)) {
    const shown = [precision, recall, f1].map((value) => Number(value).toFixed(3));
    await expect(learning(page).getByRole('row', { name: [digit, ...shown, support].join(' ') })).toBeVisible();
  }
});

test('curves, maps, filters and film strips are saved as pictures at twice their size', async ({ page }) => {
  await trainedAndEvaluated(page);
  const svg = await saved(page, 'Save the curves', /^Curves as a drawing/);
  const drawn = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    const { documentElement: root } = parsed;
    return {
      root: root.tagName,
      text: root.textContent ?? '',
      error: parsed.querySelector('parsererror')?.textContent,
    };
  }, svg.bytes.toString('utf8'));
  expect(drawn).toMatchObject({ root: 'svg', error: undefined });
  for (const word of ['Loss', 'Accuracy', 'validation', 'step', '100 %']) expect(drawn.text).toContain(word);

  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg.bytes.toString('utf8')) ?? [];
  const curves = await saved(page, 'Save the curves', /^Curves as a picture/);
  const picture = await pictureOf(page, curves.bytes);
  expect(picture).toMatchObject({ width: 2 * Number(width), height: 2 * Number(height) });
  expect(picture.colours).toBeGreaterThan(5);

  const pictures = [
    { button: 'Save pictures of conv 1', item: /^All maps of conv 1/, name: 'convscope-maps-conv-1-step-100.png' },
    { button: 'Save pictures of conv 1', item: /^All filters/, name: 'convscope-filters-conv-1-step-100.png' },
    {
      ...{ button: 'Save the snapshots of filter 1', item: /^All filters/ },
      name: 'convscope-film-conv-1-to-step-100.png',
    },
  ];
  for (const { button, item, name } of pictures) {
    const file = await saved(page, button, item);
    expect(file.name).toBe(name);
    const { width, height, colours } = await pictureOf(page, file.bytes);
    expect([width % 2, height % 2]).toEqual([0, 0]);
    expect(width).toBeGreaterThan(600);
    expect(colours).toBeGreaterThan(50);
  }
});

test('a lab report opens without a network, with the accuracy that the page shows', async ({ page, browser }) => {
  await trainedAndEvaluated(page);
  const [accuracy, steps] = [await testAccuracy(page), await stepsMade(page)];
  await page.getByRole('button', { name: 'Lab report of this run' }).click();
  const tab = page.waitForEvent('popup');
  await page.getByRole('menuitem', { name: /^Open the lab report/ }).click();
  const opened = await tab;
  await expect(opened.getByRole('heading', { name: 'Lab report', exact: true })).toBeVisible({ timeout: 30_000 });
  await opened.close();

  const { path, name } = await saved(page, 'Lab report of this run', /^Save the lab report/);
  expect(name).toBe(`convscope-report-step-${steps}.html`);
  const context = await browser.newContext({ offline: true });
  const report = await context.newPage();
  /** @type {string[]} */
  const complaints = [];
  report.on('console', (message) => complaints.push(message.text()));
  await report.goto(pathToFileURL(path).href);
  const results = report.getByRole('row', { name: /^accuracy/ });
  await expect(results).toContainText(`${accuracy.toFixed(2)}\u00a0%`);
  await expect(report.locator('pre')).toContainText(new RegExp(`^Convscope receipt 1\\n[^]*steps: ${steps}\\n`));
  await expect(report.getByRole('img', { name: /^Run 1: / })).toBeVisible();
  const broken = await report
    .locator('img')
    .evaluateAll(
      (images) => images.filter((image) => /** @type {HTMLImageElement} */ (image).naturalWidth === 0).length,
    );
  expect(broken).toBe(0);
  expect(await report.locator('img').count()).toBeGreaterThan(10);
  expect(await violations(report)).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

test('the runs on the curves are reported side by side, whatever they are called', async ({ page, browser }) => {
  await open(page);
  await trainTo(page, 30);
  await page.getByRole('button', { name: 'New seed' }).click();
  await expect.poll(() => stepsMade(page)).toBe(0);
  await trainTo(page, 30);
  await learning(page).getByRole('tab', { name: 'Runs', exact: true }).click();
  await page.getByRole('button', { name: 'Rename run 1' }).click();
  const evil = '</style><script>document.title="broken"</script>&"\'';
  await page.getByRole('textbox', { name: 'Name of run 1' }).fill(evil);
  await page.keyboard.press('Enter');
  const { path } = await saved(page, 'Lab report of the runs on the curves', /^Save the lab report/);
  const context = await browser.newContext({ offline: true });
  const report = await context.newPage();
  await report.goto(pathToFileURL(path).href);
  await expect(report).toHaveTitle(/^Lab report: Run 2: .* · Run 1: /);
  await expect(report.getByRole('columnheader', { name: `Run 1: ${evil}` }).first()).toBeVisible();
  await expect(report.getByRole('row', { name: /^Seed \d+ 1$/ })).toBeVisible();
  await context.close();
});

test('the menu of files is used by keyboard, and fits on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  const button = page.getByRole('button', { name: 'Save the curves', exact: true });
  const [heading, place] = await Promise.all([
    learning(page).getByRole('heading', { name: 'Learning' }).boundingBox(),
    button.boundingBox(),
  ]);
  expect(Number(place?.y)).toBeLessThan(Number(heading?.y) + Number(heading?.height));
  await button.focus();
  await page.keyboard.press('Enter');
  const items = page.getByRole('menuitem');
  await expect(items.first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(items.nth(1)).toBeFocused();
  await page.keyboard.press('End');
  await expect(items.last()).toBeFocused();
  const menu = await page.getByRole('menu').boundingBox();
  expect(Number(menu?.x)).toBeGreaterThanOrEqual(0);
  expect(Number(menu?.x) + Number(menu?.width)).toBeLessThanOrEqual(390);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu').getByRole('alert')).toHaveText(
    'There is nothing to report yet. Train the network first.',
  );
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(button).toBeFocused();
});
