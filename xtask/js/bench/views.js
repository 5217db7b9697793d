/** What each view of the page costs: how fast it trains with the view open, and how busy the main thread is. */

import { setTimeout as sleep } from 'node:timers/promises';
import { skipLessons, watchMainThread } from './page.js';
import { median } from './statistics.js';
import { serve } from './server.js';

/** @typedef {import('@playwright/test').Page} Page */

/**
 * All views are opened in turn so often. A machine's speed drifts by a fifth and more, so each view is compared with
 * the default view of the same round, and the median of these ratios counts.
 */
const ROUNDS = 10;

/** How long each view is open each time, and before that for it to settle. */
const SECONDS = 3;
const SETTLING_MS = 1_000;

/** @typedef {{ view: string, imagesPerSecond: number, ofDefault: number, longTasks: number, longestTaskMs: number | null }} ViewFigures */

/** @param {string} name */
const press = (name) => (/** @type {Page} */ page) => page.getByRole('button', { name, exact: true }).click();

/** @param {string} name */
const tab = (name) => (/** @type {Page} */ page) => page.getByRole('tab', { name, exact: true }).click();

/** @param {string} direction */
const turn = (direction) => (/** @type {Page} */ page) => page.getByText(direction, { exact: true }).click();

/** What to do for each view to be open, coming from the one before it, and for the first from the last. @type {[string, ((page: Page) => Promise<unknown>)[]][]} */
const VIEWS = [
  ['network, forward', [press('Confusion')]],
  ['a layer spread open', [(page) => page.locator('[data-tile="4/3"]').click()]],
  [
    'network, backward',
    [(page) => page.keyboard.press('Escape'), (page) => page.keyboard.press('Escape'), turn('backward')],
  ],
  ['why this pixel', [press('Why?')]],
  ['gradient flow', [tab('Health')]],
  ['histograms', [tab('Histograms')]],
  ['units', [tab('Units')]],
  ['symmetry', [tab('Symmetry')]],
  ['map of the digits', [tab('Digits')]],
  ['top digits', [tab('Top digits')]],
  ['confidence', [tab('Network'), turn('forward'), press('Why?'), press('Confidence')]],
];

/**
 * Trains the default network for as long as it takes and opens one view after the other.
 * @param {import('@playwright/test').Browser} browser
 * @returns {Promise<ViewFigures[]>} medians over the rounds
 */
export async function measureViews(browser) {
  const site = await serve('dist');
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await page.addInitScript(skipLessons);
    await page.goto(`${site.address}/`);
    await trainForever(page);
    const seen = await page.evaluateHandle(watchMainThread);
    /** @type {Map<string, { speeds: number[], longTasks: number, longestTaskMs: number | null }>} */
    const figures = new Map(VIEWS.map(([view]) => [view, { speeds: [], longTasks: 0, longestTaskMs: null }]));
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [view, actions] of VIEWS) {
        for (const action of actions) await action(page);
        await sleep(SETTLING_MS);
        await seen.evaluate((seen) => Object.assign(seen, { longestTask: null, longTasks: 0, longestFrame: 0 }));
        const own = figures.get(view);
        own?.speeds.push(await speed(page));
        const { longTasks, longestTask } = await seen.jsonValue();
        if (!own) continue;
        own.longTasks += longTasks;
        own.longestTaskMs = longestTask === null ? own.longestTaskMs : Math.max(longestTask, own.longestTaskMs ?? 0);
      }
    }
    const usual = figures.get('network, forward')?.speeds ?? [];
    return [...figures].map(([view, { speeds, ...tasks }]) => {
      const ratios = speeds.map((speed, round) => speed / Number(usual[round]));
      return { view, imagesPerSecond: median(speeds), ofDefault: median(ratios), ...tasks };
    });
  } finally {
    await page.close();
    site.close();
  }
}

/** @param {Page} page */
async function trainForever(page) {
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const epochs = page.getByRole('spinbutton', { name: 'Epochs', exact: true });
  await epochs.fill('1000');
  await epochs.press('Enter');
  await page.getByRole('button', { name: 'Close settings' }).click();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  // Until all digits have been loaded and the number of workers has been found.
  await sleep(8_000);
}

/** Images trained in a second, by the steps that the page shows. @param {Page} page */
async function speed(page) {
  const before = await standing(page);
  await sleep(SECONDS * 1_000);
  const after = await standing(page);
  return ((after.step - before.step) * BATCH) / ((after.at - before.at) / 1_000);
}

/** Of the default preset. */
const BATCH = 32;

/** @param {Page} page */
function standing(page) {
  return page.evaluate(() => {
    const words = document.querySelector('header')?.innerText ?? '';
    return { step: Number(/step\s+([\d,]+)/.exec(words)?.[1]?.replaceAll(',', '')), at: performance.now() };
  });
}
