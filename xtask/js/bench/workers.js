/** Measurements in a worker of the browser, where the engine runs in the page too. */

import { FINE_CLOCK, serve } from './server.js';

/** @typedef {import('./bench.worker.js').Measurements} Measurements */

/**
 * @template {keyof Measurements} Name
 * @param {import('@playwright/test').Browser} browser
 * @param {Name} name of the measurement
 * @param {Parameters<Measurements[Name]>[0]} settings
 * @returns {Promise<Awaited<ReturnType<Measurements[Name]>>>}
 */
export async function inWorker(browser, name, settings) {
  const [result] = await inWorkers(browser, 1, name, settings);
  return /** @type {Awaited<ReturnType<Measurements[Name]>>} */ (result);
}

/**
 * The same measurement in several workers at once. The page they are started from is a new one each
 * time, so that no measurement is affected by what another one left.
 * @template {keyof Measurements} Name
 * @param {import('@playwright/test').Browser} browser
 * @param {number} count
 * @param {Name} name of the measurement
 * @param {Parameters<Measurements[Name]>[0]} settings
 * @returns {Promise<Awaited<ReturnType<Measurements[Name]>>[]>}
 */
export async function inWorkers(browser, count, name, settings) {
  const site = await serve('.', FINE_CLOCK);
  const page = await browser.newPage();
  try {
    await page.goto(`${site.address}/xtask/js/bench/`);
    return await page.evaluate(ask, { count, name, settings });
  } finally {
    await page.close();
    site.close();
  }
}

/**
 * Runs in the page.
 * @param {{ count: number, name: string, settings: unknown }} question
 * @returns {Promise<any[]>}
 */
function ask({ count, name, settings }) {
  const answers = Array.from({ length: count }, () => {
    const worker = new Worker('bench.worker.js', { type: 'module' });
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => ('error' in data ? reject(new Error(data.error)) : resolve(data.result));
      worker.onerror = (event) => reject(new Error(event.message || 'the worker could not be started'));
      worker.postMessage({ name, settings });
    });
  });
  return Promise.all(answers);
}
