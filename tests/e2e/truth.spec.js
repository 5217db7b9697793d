import { expect, test } from '@playwright/test';
import { draw, open, pauseButton, prediction, stepsMade, testAccuracy, THREE, trainButton } from './page.js';

/** @typedef {import('./page.js').Page} Page */

/** Images of each digit in the test set. */
const TEST_LABELS = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009];

/**
 * How many pixels of a canvas are nearly of this colour of the theme.
 * @param {import('@playwright/test').Locator} canvas
 * @param {string} name
 */
function pixelsOf(canvas, name) {
  return canvas.evaluate((element, property) => {
    const drawn = /** @type {HTMLCanvasElement} */ (element);
    const colour = getComputedStyle(document.documentElement).getPropertyValue(`--${property}`).trim();
    const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
    const data = drawn.getContext('2d')?.getImageData(0, 0, drawn.width, drawn.height).data ?? [];
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] > 200 && wanted.every((value, channel) => Math.abs(data[at + channel] - value) < 20)) count++;
    }
    return count;
  }, name);
}

/**
 * How many colours there are on a canvas: a picture has many, an empty one hardly any.
 * @param {import('@playwright/test').Locator} canvas
 */
function coloursOf(canvas) {
  return canvas.evaluate((element) => {
    const drawn = /** @type {HTMLCanvasElement} */ (element);
    const pixels = drawn.getContext('2d')?.getImageData(0, 0, drawn.width, drawn.height).data.buffer;
    return new Set(new Uint32Array(pixels ?? new ArrayBuffer())).size;
  });
}

/** The confusion matrix on the page, a row for each label. @param {Page} page @returns {Promise<number[][]>} */
async function matrix(page) {
  const rows = await page
    .getByRole('grid', { name: /^Confusion matrix/ })
    .locator('tbody tr')
    .all();
  const texts = await Promise.all(rows.map((row) => row.getByRole('gridcell').allInnerTexts()));
  return texts.map((cells) => cells.map((cell) => Number(cell.replace('·', '0'))));
}

/** @param {number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);

test('the bars, the verdict and what is announced say the same', async ({ page }) => {
  await open(page);
  await draw(page, THREE);
  await expect(prediction(page)).toHaveText(/^\d, [<>]?\d+\s%$/);
  for (const name of ['Probability of each digit', 'Probabilities']) {
    const rows = page.getByRole('list', { name, exact: true }).getByRole('listitem');
    // The announcement waits for the hand to pause, the column of the network for a snapshot.
    await expect(async () => {
      const digit = Number.parseInt(await prediction(page).innerText(), 10);
      const words = await rows.allInnerTexts();
      const shares = words.map((text) => Number.parseFloat(text.split('\n')[1].replace(/[<>]/, '')));
      const widths = await rows
        .locator('.bar')
        .evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().width));
      expect(shares).toHaveLength(10);
      // Several may round to the largest share; only one bar is the longest.
      expect(shares[digit]).toBe(Math.max(...shares));
      expect(widths.indexOf(Math.max(...widths))).toBe(digit);
    }).toPass({ timeout: 15_000 });
  }
});

test('a chosen test digit is the one that is shown', async ({ page }) => {
  await open(page);
  for (const [index, label] of [
    [3, 0],
    [18, 3],
  ]) {
    await page.getByRole('button', { name: `Test digit ${index}, a ${label}` }).click();
    await expect(page.getByRole('spinbutton', { name: /Test digit/ })).toHaveValue(String(index));
    await expect(page.getByRole('region', { name: 'Draw' })).toContainText(`correct answer: ${label}`);
  }
});

test('curves and maps are drawn, and change while the network trains', async ({ page }) => {
  await open(page);
  const [loss, accuracy] = await page.getByRole('region', { name: 'Learning' }).locator('canvas').all();
  const map = page.getByRole('region', { name: 'Network' }).locator('canvas').nth(1);
  const look = () => map.evaluate((element) => /** @type {HTMLCanvasElement} */ (element).toDataURL());
  await expect.poll(() => coloursOf(map)).toBeGreaterThan(10);
  const untrained = await look();
  expect(await pixelsOf(loss, 'accent')).toBe(0);
  await trainButton(page).click();
  await expect(page.getByRole('region', { name: 'Learning' })).toContainText('misclassified', { timeout: 60_000 });
  for (const chart of [loss, accuracy]) {
    await expect.poll(() => pixelsOf(chart, 'train')).toBeGreaterThan(100);
    await expect.poll(() => pixelsOf(chart, 'accent')).toBeGreaterThan(5);
  }
  expect(await look()).not.toBe(untrained);
});

test('test results are of the test images, and validation results of the others', async ({ page }) => {
  test.setTimeout(120_000);
  await open(page);
  await trainButton(page).click();
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(400);
  // A pause evaluates the test images with the current weights.
  await pauseButton(page).click();
  await expect.poll(() => testAccuracy(page), { timeout: 60_000 }).toBeGreaterThan(50);
  const learning = page.getByRole('region', { name: 'Learning' });
  const shown = async () => {
    const counts = await matrix(page);
    const right = sum(counts.map((row, label) => row[label]));
    return { labels: counts.map(sum), share: (right / sum(counts.map(sum))) * 100 };
  };
  await learning.getByRole('group', { name: 'Images' }).getByText('test').click();
  await expect(learning.getByRole('grid', { name: /of the test images/ })).toBeVisible();
  const tested = await shown();
  expect(tested.labels).toEqual(TEST_LABELS);
  expect(tested.share).toBeCloseTo(await testAccuracy(page), 5);

  await learning.getByRole('group', { name: 'Images' }).getByText('validation').click();
  await expect(learning.getByRole('grid', { name: /of the validation images/ })).toBeVisible();
  const validated = await shown();
  expect(sum(validated.labels)).toBe(5_000);
  const words = await learning.innerText();
  expect(validated.share).toBeCloseTo(Number(/validation\saccuracy\s+([\d.]+)\s%/.exec(words)?.[1]), 5);
  expect(words).toMatch(/test\saccuracy, all 10,000\s+[\d.]+\s%\s+step [\d,]+/);
});
