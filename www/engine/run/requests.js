/** How each request of the page is answered: a row a request. What a handler refuses, it throws. */

import { shortestDecimals } from '../../lib/shortest-decimal.js';
import { DEFAULT_SET, setOf } from '../../model/data-sets.js';
import { Refusal, refusalOf } from '../problem.js';
import { withTrace } from '../trace.js';
import { contrastOf } from './contrast.js';
import { checkGradient, nameOf } from './gradient-check.js';
import { MisclassifiedSearch } from './misclassified-search.js';
import { livesIn, livesOf } from './lives.js';
import { lossLabel } from './snapshots.js';
import { sampleOf } from './sample.js';
import { takenNetwork } from './taken-network.js';
import { teach, undoTeaching } from './teaching.js';
import { unlikenessOf } from './unlikeness.js';

/** @typedef {import('../protocol.js').RequestName} RequestName */
/** @typedef {import('../../model/reports.js').TestImage} TestImage */
/** @typedef {import('./commands.js').Commands} Commands */
/** @typedef {import('./commands.js').When} When */

/**
 * @template {RequestName} Name
 * @typedef {import('../protocol.js').Ask<Name>} Ask
 */

/**
 * @template {RequestName} Name
 * @typedef {import('../protocol.js').Answer<Name>} Answer
 */

/**
 * @template {RequestName} Name
 * @typedef {{ when: When, answer: (run: Commands, ask: Ask<Name>) => Answer<Name> | Promise<Answer<Name>> }} Row
 */

/** @satisfies {{ [Name in RequestName]: Row<Name> }} */
export const REQUESTS = {
  validate: { when: 'atOnce', answer: ({ engine }, { spec }) => engine.validate(spec) },
  readCheckpoint: {
    when: 'atOnce',
    answer: ({ session }, { bytes }) => shortestDecimals(session.readCheckpoint(bytes)),
  },
  freshSeed: { when: 'atOnce', answer: ({ engine }) => engine.freshSeed() },
  images: { when: 'atOnce', answer: imagesOf },
  labels: { when: 'atOnce', answer: labelsOf },
  nextWrong: { when: 'atOnce', answer: nextWrong },
  traceWeight: {
    when: 'betweenSteps',
    answer: ({ session }, { place }) => ({ ...session.traceWeight(nameOf(place), place.index), place }),
  },
  checkGradient: { when: 'betweenSteps', answer: gradientCheckOf },
  lossLine: { when: 'betweenSteps', answer: ({ session }, { from, to, points }) => session.lossLine(from, to, points) },
  tryImage: {
    when: 'atOnce',
    answer: ({ session }, { pixels }) =>
      withTrace(session, pixels, (trace) => ({ logits: trace.logits(), probabilities: trace.probabilities() })),
  },
  unlikeness: { when: 'betweenSteps', answer: unlikenessOf },
  contrast: { when: 'atOnce', answer: contrastIn },
  receipt: { when: 'betweenSteps', answer: receiptOf },
  checkpointFilters: {
    when: 'atOnce',
    answer: ({ engine }, { bytes, layer }) => engine.checkpointFilters(bytes, layer),
  },
  emptyCheckpoint: { when: 'atOnce', answer: ({ engine }, { spec }) => engine.emptyCheckpoint(spec) },
  network: { when: 'atOnce', answer: (run) => takenNetwork(run) },
  checkpoint: { when: 'betweenSteps', answer: checkpointOf },
  sample: { when: 'atOnce', answer: sampleOf },
  teach: { when: 'betweenSteps', answer: teach },
  undoTeaching: { when: 'betweenSteps', answer: undoTeaching },
  lives: { when: 'betweenSteps', answer: livesIn },
  livesOf: { when: 'atOnce', answer: livesOf },
  facts: { when: 'atOnce', answer: ({ engine }) => engine.facts() },
};

/** At most a whole split at once. @param {Commands} run @param {Ask<'images'>} ask */
function imagesOf({ session, loop }, { split, indices }) {
  /** @param {number} index @returns {TestImage[]} none if it has not been loaded, or does not exist */
  const imageAt = (index) => {
    try {
      return [{ index, label: session.label(split, index), pixels: session.image(split, index) }];
    } catch (error) {
      if (!refusalOf(error)) throw error;
      return [];
    }
  };
  const { sizes } = setOf(loop.spec?.data.set ?? DEFAULT_SET);
  return indices.slice(0, sizes[split]).flatMap(imageAt);
}

/** @param {Commands} run @param {Ask<'nextWrong'>} ask */
async function nextWrong(run, { after }) {
  const search = new MisclassifiedSearch(run.session, run.now, after);
  while (!search.continue()) await run.turn();
  return search.found;
}

/** @param {Commands} run @param {Ask<'checkGradient'>} ask */
function gradientCheckOf({ session, reporting: { image } }, { place, label }) {
  if (!image) throw new Refusal('not_ready', 'There is no image to check it with. Draw a digit or pick one.');
  return checkGradient(session, place, image.pixels, lossLabel(label, image.label, session.predict(image.pixels)));
}

/** @param {Commands} run @param {Ask<'contrast'>} ask */
function contrastIn({ session, loop: { spec } }, ask) {
  if (!spec) throw new Refusal('not_ready', 'There is no run yet.');
  return contrastOf(session, spec, ask);
}

/** The weights as they are now; the sum of the data may take a while. @param {Commands} run @returns {Promise<Answer<'receipt'>>} */
async function receiptOf({ session, engine, loop, reporting, data }) {
  const { madeWith, touched } = reporting.provenance;
  if (!loop.spec || !madeWith) throw new Refusal('not_ready', 'There is no run yet.');
  const { step } = session.position();
  // A setting that has been changed since the last step has not made a difference yet.
  const spec = { ...loop.spec, training: madeWith };
  const run = { spec, step, weights: session.fingerprint(), version: engine.version(), touched };
  const sum = await data.sum().catch(() => {
    throw new Refusal('not_ready', 'The data files could not be read again to compute their checksum.');
  });
  return { ...run, data: sum };
}

/** The engine alone knows how many images a split has. @param {Commands} run @param {Ask<'labels'>} ask */
function labelsOf({ session }, { split }) {
  /** @type {number[]} */
  const labels = [];
  try {
    for (;;) labels.push(session.label(split, labels.length));
  } catch (error) {
    if (refusalOf(error)?.code !== 'not_found') throw error;
    return Uint8Array.from(labels);
  }
}

/** @param {Commands} run @returns {Answer<'checkpoint'>} */
function checkpointOf({ session, loop }) {
  if (!loop.spec) throw new Refusal('not_ready', 'There is no run yet.');
  return { step: session.position().step, bytes: session.checkpoint() };
}
