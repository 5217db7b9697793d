/** The worker in which the engine is measured: does what its one message asks and answers with the result. */

import { learn } from './accuracy.js';
import { measureNetwork } from './network.js';
import { measurePeak } from './peak.js';
import { soak } from './soak.js';

const MEASUREMENTS = { learn, measureNetwork, measurePeak, soak };

/** @typedef {typeof MEASUREMENTS} Measurements */

self.onmessage = async ({ data: { name, settings } }) => {
  try {
    const measure = /** @type {(settings: unknown) => unknown} */ (
      MEASUREMENTS[/** @type {keyof Measurements} */ (name)]
    );
    self.postMessage({ result: await measure(settings) });
  } catch (error) {
    self.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
};
