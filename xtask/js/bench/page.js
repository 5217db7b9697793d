/** The page as people see it, while it trains: is it free to draw, how fast is it, what memory does it take? */

import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { serve } from './server.js';

const SECONDS = 10;

/** What the page was seen to do. @typedef {{ longestTask: number | null, longTasks: number, longestFrame: number }} Seen */

/**
 * @typedef {{
 *   longestTaskMs: number | null, longTasks: number, longestFrameMs: number, imagesPerSecond: number,
 *   memoryBytes: number | null,
 * }} PageFigures
 */

/** The lab is measured: a first visit would begin with a lesson. */
export const skipLessons = () => localStorage.setItem('convscope.lessons', '{"open":null,"cards":{}}');

/**
 * @param {import('@playwright/test').Browser} browser
 * @returns {Promise<PageFigures>}
 */
export async function measurePage(browser) {
  const site = await serve('dist');
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  try {
    await page.addInitScript(skipLessons);
    await page.goto(`${site.address}/`);
    const train = page.getByRole('button', { name: 'Train', exact: true });
    // As a visitor would: as soon as it can be pressed, while training images are still loading.
    await train.click({ trial: true });
    const watch = await page.evaluateHandle(watchMainThread);
    await train.click();
    const memory = [];
    for (let second = 0; second < SECONDS; second += 1) {
      await sleep(1_000);
      memory.push(await privateMemory(browser));
    }
    const seen = await watch.jsonValue();
    const words = await page.locator('header').innerText();
    return {
      longestTaskMs: seen.longestTask,
      longTasks: seen.longTasks,
      longestFrameMs: seen.longestFrame,
      imagesPerSecond: Number(/images\/s\s+([\d,]+)/.exec(words)?.[1]?.replaceAll(',', '') ?? Number.NaN),
      memoryBytes: memory.some((bytes) => bytes === null) ? null : Math.max(...memory.map(Number)),
    };
  } finally {
    await page.close();
    site.close();
  }
}

/**
 * Runs in the page. A browser reports tasks only if they take more than 50 ms; a gap between two frames
 * shows shorter ones too.
 * @returns {Seen} which goes on changing
 */
export function watchMainThread() {
  const seen = { longestTask: /** @type {number | null} */ (null), longTasks: 0, longestFrame: 0 };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      seen.longestTask = Math.max(seen.longestTask ?? 0, duration);
      seen.longTasks += 1;
    }
  }).observe({ type: 'longtask' });
  let last = performance.now();
  const frame = (/** @type {number} */ now) => {
    seen.longestFrame = Math.max(seen.longestFrame, now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  return seen;
}

/**
 * Bytes of the process that holds the page and its workers alone.
 * @param {import('@playwright/test').Browser} browser
 * @returns {Promise<number | null>} null where the system does not say
 */
async function privateMemory(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  try {
    // A browser may keep another one at hand, which is small.
    return Math.max(...(await Promise.all(renderers.map(({ id }) => privateMemoryOf(id)))));
  } catch {
    return null;
  }
}

/** @param {number} pid */
async function privateMemoryOf(pid) {
  const map = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kilobytes = [...map.matchAll(/^Private_\w+:\s+(\d+) kB$/gm)].map(([, count]) => Number(count));
  return 1024 * kilobytes.reduce((sum, count) => sum + count, 0);
}
