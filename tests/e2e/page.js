/** What the tests of the page share: finding things as a visitor would, and drawing with the mouse. */

import { expect } from '@playwright/test';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {[number, number]} Point a place on the canvas, as shares of its width and height */

/** A three as a right hand would write it: two bows in one stroke. @type {Point[]} */
export const THREE = [
  [0.32, 0.25],
  [0.42, 0.17],
  [0.55, 0.16],
  [0.66, 0.22],
  [0.68, 0.32],
  [0.62, 0.42],
  [0.48, 0.48],
  [0.6, 0.5],
  [0.7, 0.58],
  [0.71, 0.7],
  [0.63, 0.8],
  [0.5, 0.85],
  [0.37, 0.82],
  [0.3, 0.76],
];

/** @type {Point[]} */
export const ONE = [
  [0.52, 0.15],
  [0.5, 0.5],
  [0.49, 0.85],
];

/**
 * Opens the page and waits until training can begin.
 * @param {Page} page
 */
export async function open(page) {
  await page.goto('');
  await expect(trainButton(page)).toBeEnabled();
}

/** @param {Page} page */
export const trainButton = (page) => page.getByRole('button', { name: 'Train', exact: true });

/** @param {Page} page */
export const pauseButton = (page) => page.getByRole('button', { name: 'Pause', exact: true });

/** @param {Page} page */
export const canvas = (page) => page.getByLabel('Draw a digit', { exact: true });

/** @param {Page} page */
export const prediction = (page) => page.getByRole('status', { name: 'Prediction' });

/**
 * The verdict on the image as it is now, not on a stroke that is still being drawn.
 * @param {Page} page
 */
export async function settledPrediction(page) {
  await expect(prediction(page)).toHaveAttribute('aria-busy', 'false');
  await expect(prediction(page)).toHaveText(/^\d, [<>]?\d+\s%$/);
  return prediction(page).innerText();
}

/** @param {Page} page */
export const settingsPanel = (page) => page.getByRole('region', { name: 'Settings' });

/**
 * Draws one stroke with the mouse.
 * @param {Page} page
 * @param {Point[]} points
 */
export async function draw(page, points) {
  const box = await canvas(page).boundingBox();
  if (!box) throw new Error('the canvas is not on the page');
  const at = (/** @type {Point} */ [x, y]) => /** @type {Point} */ ([box.x + x * box.width, box.y + y * box.height]);
  await page.mouse.move(...at(points[0]));
  await page.mouse.down();
  for (const point of points.slice(1)) await page.mouse.move(...at(point), { steps: 4 });
  await page.mouse.up();
}

/**
 * The number of updates made so far, as the header shows it.
 * @param {Page} page
 * @returns {Promise<number>}
 */
export async function stepsMade(page) {
  const words = await page.locator('header').innerText();
  return Number(/step\s+([\d,]+)/.exec(words)?.[1].replaceAll(',', '') ?? Number.NaN);
}

/**
 * Makes exactly so many steps, one press each.
 * @param {Page} page
 * @param {number} count
 */
export async function makeSteps(page, count) {
  for (let made = 0; made < count; made += 1) {
    const before = await stepsMade(page);
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect.poll(() => stepsMade(page)).toBe(before + 1);
  }
}

/**
 * Trains for at least so many steps, and pauses.
 * @param {Page} page
 * @param {number} steps
 */
export async function trainTo(page, steps) {
  await trainButton(page).click();
  await expect.poll(() => stepsMade(page), { intervals: [50] }).toBeGreaterThan(steps);
  await pauseButton(page).click();
  await expect(trainButton(page)).toBeEnabled();
}

/**
 * Trains for exactly 100 steps, so that the weights are always the same.
 * @param {Page} page
 */
export async function trainHundred(page) {
  const before = await stepsMade(page);
  await page.getByRole('button', { name: 'Speed and steps' }).click();
  await page.getByRole('button', { name: '100 steps', exact: true }).click();
  await expect.poll(() => stepsMade(page)).toBe(before + 100);
  await expect(trainButton(page)).toBeEnabled();
  await page.keyboard.press('Escape');
}

/**
 * The share of the test digits that are classified correctly, in percent.
 * @param {Page} page
 * @returns {Promise<number>}
 */
export async function testAccuracy(page) {
  const words = await page.getByRole('region', { name: 'Learning' }).innerText();
  return Number(/test\saccuracy, all 10,000\s+([\d.]+)\s%/.exec(words)?.[1] ?? Number.NaN);
}
