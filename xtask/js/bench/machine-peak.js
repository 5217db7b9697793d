/** The peak of this machine in this browser: the measure of all shares. */

import { mkdirSync, writeFileSync } from 'node:fs';
import binaryen from 'binaryen';
import { WAT } from './peak-wat.js';
import { inWorkers } from './workers.js';

const FOLDER = 'target/bench';

/** GFLOP/s: of one worker, and of all at once. @typedef {{ one: number, all: number, tile: string }} Peak */

/**
 * @param {import('@playwright/test').Browser} browser
 * @param {number} workers
 * @returns {Promise<Peak>}
 */
export async function machinePeak(browser, workers) {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}/peak.wasm`, assemble());
  const settings = { url: `/${FOLDER}/peak.wasm` };
  const alone = await inWorkers(browser, 1, 'measurePeak', settings);
  const together = await inWorkers(browser, workers, 'measurePeak', settings);
  const [[tile = '', one = 0] = []] = Object.entries(alone[0] ?? {}).toSorted(([, a], [, b]) => b - a);
  const all = together.reduce((sum, speeds) => sum + Math.max(...Object.values(speeds)), 0);
  return { one, all, tile };
}

/**
 * The better of two measurements at different times.
 * @param {Peak} a
 * @param {Peak} b
 * @returns {Peak}
 */
export function better(a, b) {
  return { ...(a.one > b.one ? a : b), all: Math.max(a.all, b.all) };
}

function assemble() {
  const module = binaryen.parseText(WAT);
  module.setFeatures(binaryen.Features.SIMD128);
  if (!module.validate()) throw new Error('peak-wat.js is not a valid module');
  return module.emitBinary();
}
