/** How long net T takes to learn. Runs in a worker. */

import { Engine } from './engine.js';

const GOALS = [0.97, 0.985, 0.99];

/** The test images are evaluated after so many steps: 4,992 images. */
const STEPS_BETWEEN_EVALUATIONS = 78;

/** What has not been reached after ten epochs is given up. */
const MOST_EVALUATIONS = 110;

/** @typedef {{ accuracy: number, seconds: number | null, images: number | null }} Reached */

/**
 * Trains until every goal is reached on all test images. Only steps are timed, not the evaluations.
 * @param {{ spec: import('../../../www/model/spec.js').Spec, helpers: number, workers: 'one' | 'all' }} settings
 * @returns {Promise<Reached[]>}
 */
export async function learn({ spec, helpers, workers }) {
  const engine = await Engine.open(helpers);
  await engine.start(spec);
  /** @type {Reached[]} */
  const reached = [];
  const trained = { images: 0, seconds: 0 };
  for (let evaluations = 0; evaluations < MOST_EVALUATIONS && reached.length < GOALS.length; evaluations += 1) {
    const { images, seconds } = await engine.train(workers, { steps: STEPS_BETWEEN_EVALUATIONS });
    trained.images += images;
    trained.seconds += seconds;
    const accuracy = testAccuracy(engine.session);
    while (accuracy >= (GOALS[reached.length] ?? Infinity)) {
      reached.push({ accuracy: GOALS[reached.length] ?? NaN, ...trained });
    }
  }
  const missed = GOALS.slice(reached.length).map((accuracy) => ({ accuracy, seconds: null, images: null }));
  return [...reached, ...missed];
}

/** @param {import('../../../www/engine/session.js').Session} session */
function testAccuracy(session) {
  session.beginEvaluation('test');
  session.continueEvaluation(10_000);
  return session.evaluation().accuracy;
}
