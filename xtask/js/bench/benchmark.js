/** All measurements, one after the other, in one browser: only what was measured in one run can be compared. */

import { cpus } from 'node:os';
import { launch } from '../browser-page.js';
import { figuresOf } from './figures.js';
import { better, machinePeak } from './machine-peak.js';
import { LEARNER, subjects, TINY } from './nets.js';
import { measurePage } from './page.js';
import { shippedBytes } from './shipped.js';
import { measureViews } from './views.js';
import { inWorker } from './workers.js';

/** @typedef {import('@playwright/test').Browser} Browser */

/** As many as the page takes at most beside the one that owns the run. */
const MOST_HELPERS = 7;

/**
 * @param {{ nets: string[], windows: number, accuracy: boolean, soak: boolean }} options
 * @param {(what: string) => void} tell hears what is measured now
 */
export async function benchmark({ nets, windows, accuracy, soak }, tell) {
  const chosen = subjects(nets);
  const browser = await launch();
  try {
    const helpers = Math.min((await logicalCores(browser)) - 1, MOST_HELPERS);
    tell('the peak of this machine');
    const peakBefore = await machinePeak(browser, helpers + 1);
    const measured = [];
    for (const subject of chosen) {
      tell(`${subject.name}, batch ${subject.spec.training.batch_size}`);
      const settings = { spec: subject.spec, helpers, windows };
      measured.push({ subject, result: await inWorker(browser, 'measureNetwork', settings) });
    }
    tell('the peak of this machine once more');
    const peak = better(peakBefore, await machinePeak(browser, helpers + 1));
    tell('the page while it trains');
    const page = await measurePage(browser);
    tell('what each view of the page costs');
    const views = await measureViews(browser);
    return {
      date: new Date().toISOString(),
      version: measured[0]?.result.version ?? '',
      machine: {
        processor: cpus()[0]?.model ?? '',
        platform: `${process.platform} ${process.arch}`,
        browser: `Chromium ${browser.version()}`,
        workers: helpers + 1,
      },
      windows,
      peak,
      networks: measured.map(({ subject, result }) => figuresOf(subject, result, peak)),
      shipped: shippedBytes('dist'),
      page,
      views,
      accuracy: accuracy ? await learning(browser, helpers, tell) : null,
      soak: soak ? await soaking(browser, tell) : null,
    };
  } finally {
    await browser.close();
  }
}

/** @param {Browser} browser @returns {Promise<number>} */
async function logicalCores(browser) {
  const page = await browser.newPage();
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  await page.close();
  return cores;
}

/** @param {Browser} browser @param {number} helpers @param {(what: string) => void} tell */
async function learning(browser, helpers, tell) {
  tell('net T learning, one worker');
  const settings = { spec: LEARNER, helpers };
  const oneWorker = await inWorker(browser, 'learn', { ...settings, workers: 'one' });
  tell('net T learning, all workers');
  return { oneWorker, allWorkers: await inWorker(browser, 'learn', { ...settings, workers: 'all' }) };
}

/** @param {Browser} browser @param {(what: string) => void} tell */
function soaking(browser, tell) {
  tell('a million steps');
  return inWorker(browser, 'soak', { spec: TINY });
}
