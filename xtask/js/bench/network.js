/** All there is to know of one network's speed. Runs in a worker. */

import { Engine } from './engine.js';
import { median, quantile } from './statistics.js';

/** @typedef {import('../../../www/model/spec.js').Spec} Spec */
/** @typedef {import('../../../www/engine/session.js').Session} Session */

const WINDOW_MS = 1_000;

/** Steps after which the weights of one worker and of all are compared. */
const COMPARED_STEPS = 25;

const PREDICTIONS = 500;
const PREDICTIONS_TO_WARM_UP = 100;

/** Images evaluated between two readings of the clock. */
const SLICE = 400;

/** @param {{ spec: Spec, helpers: number, windows: number }} settings */
export async function measureNetwork({ spec, helpers, windows }) {
  const engine = await Engine.open(helpers);
  const summary = await engine.start(spec);
  const training = await trainingSpeeds(engine, windows);
  return {
    version: engine.version,
    summary,
    training,
    evaluation: evaluationSpeed(engine.session, windows),
    prediction: predictionTimes(engine.session),
    // These two restart the training.
    timing: await timesOfLayers(engine, spec),
    fingerprints: await fingerprints(engine, spec),
    memory: engine.memory,
  };
}

/**
 * Images per second. The windows of one worker and of all take turns: a machine's speed drifts, and so
 * it drifts for both.
 * @param {Engine} engine
 * @param {number} windows
 */
async function trainingSpeeds(engine, windows) {
  /** @type {Record<'one' | 'all', number[]>} */
  const rates = { one: [], all: [] };
  let workers = 1;
  for (let window = -1; window < windows; window += 1) {
    for (const kind of /** @type {const} */ (['one', 'all'])) {
      const { images, seconds } = await engine.train(kind, { milliseconds: WINDOW_MS });
      workers = engine.workers;
      // The browser makes its code faster while it runs: the first window does not count.
      if (window >= 0) rates[kind].push(images / seconds);
    }
  }
  return { one: median(rates.one), all: median(rates.all), workers };
}

/**
 * Images per second, by one worker.
 * @param {Session} session
 * @param {number} windows
 */
function evaluationSpeed(session, windows) {
  const rates = [];
  session.beginEvaluation('test');
  for (let window = -1; window < windows; window += 1) {
    let images = 0;
    const start = performance.now();
    while (performance.now() - start < WINDOW_MS) {
      if (session.continueEvaluation(SLICE)) session.beginEvaluation('test');
      images += SLICE;
    }
    if (window >= 0) rates.push((1000 * images) / (performance.now() - start));
  }
  return median(rates);
}

/** @param {Session} session */
function predictionTimes(session) {
  const times = [];
  for (let turn = -PREDICTIONS_TO_WARM_UP; turn < PREDICTIONS; turn += 1) {
    const image = session.image('test', turn + PREDICTIONS_TO_WARM_UP);
    const start = performance.now();
    session.predict(image);
    if (turn >= 0) times.push(performance.now() - start);
  }
  return { medianMs: median(times), p95Ms: quantile(times, 0.95) };
}

/**
 * The timing of a window in which one worker worked alone.
 * @param {Engine} engine
 * @param {Spec} spec
 */
async function timesOfLayers(engine, spec) {
  await engine.start(spec);
  await engine.train('one', { milliseconds: WINDOW_MS });
  return engine.session.timing();
}

/**
 * The fingerprint of the weights with one worker and with all: they must be equal.
 * @param {Engine} engine
 * @param {Spec} spec
 */
async function fingerprints(engine, spec) {
  const after = async (/** @type {'one' | 'all'} */ workers) => {
    await engine.start(spec);
    await engine.train(workers, { steps: COMPARED_STEPS });
    return engine.session.fingerprint();
  };
  return { one: await after('one'), all: await after('all') };
}
