/**
 * How unlike an image is to those that the network knows: the distance of its features to the nearest ones of validation
 * images of the predicted class. Features are what the last layer with weights reads, scaled to length 1.
 */

import { setOf } from '../../model/data-sets.js';
import { argmax } from '../argmax.js';
import { Refusal, refusalOf } from '../problem.js';
import { withTrace } from '../trace.js';

/** @typedef {import('../session.js').Session} Session */
/** @typedef {import('../../model/spec.js').Summary} Summary */

/** Validation images that are used, if there are as many: two thirds to compare with, the others to set the threshold. */
const MOST_IMAGES = 3_000;
/** Fewer say nothing. */
const LEAST_IMAGES = 30;
/** Of validation images that are not compared with, this share is nearer. */
const SHARE = 0.95;
/** The nearest may be odd itself, so the third is taken. */
const NEIGHBOUR = 3;
/** How long one slice may take. */
const SLICE_MS = 12;

export class Unlikeness {
  /** By label. @type {Float32Array[][]} */
  #known = [];
  /** Beyond it, an image is unlike those of the training. */
  threshold = Infinity;
  #session;
  #layer;

  /** @param {Session} session @param {Summary} summary */
  constructor(session, summary) {
    this.#session = session;
    this.#layer = summary.layers.findLastIndex(({ parameters }) => parameters > 0) - 1;
    this.#known = Array.from({ length: summary.classes }, () => []);
  }

  /**
   * Looks at validation images, in slices.
   * @param {number} images of the validation split
   * @param {() => number} now
   * @param {() => Promise<void>} turn lets other work be done
   */
  async learn(images, now, turn) {
    if (images < LEAST_IMAGES)
      throw new Refusal('out_of_range', 'There are too few validation images to compare with.');
    const used = Math.min(images, MOST_IMAGES);
    const known = Math.floor((2 * used) / 3);
    let start = now();
    const distances = [];
    for (let index = 0; index < used; index++) {
      const pixels = validationImage(this.#session, index);
      if (!pixels) throw new Refusal('not_ready', 'The validation images are still loading.');
      const label = this.#session.label('validation', index);
      if (index < known) this.#known[label]?.push(this.#seen(pixels).features);
      else distances.push(this.distance(pixels));
      if (now() - start < SLICE_MS) continue;
      await turn();
      start = now();
    }
    distances.sort((a, b) => a - b);
    this.threshold = Number(distances[Math.floor(SHARE * distances.length)]);
  }

  /** From 0 to 2; infinite where there is nothing to compare with. @param {Uint8Array} pixels */
  distance(pixels) {
    const { predicted, features } = this.#seen(pixels);
    /** The nearest, nearest first. @type {number[]} */
    const nearest = [];
    for (const known of this.#known[predicted] ?? []) {
      const square = squareBetween(known, features);
      if (square >= (nearest[NEIGHBOUR - 1] ?? Infinity)) continue;
      nearest.push(square);
      nearest.sort((a, b) => a - b);
      nearest.length = Math.min(nearest.length, NEIGHBOUR);
    }
    return Math.sqrt(nearest[NEIGHBOUR - 1] ?? Infinity);
  }

  /** @param {Uint8Array} pixels */
  #seen(pixels) {
    return withTrace(this.#session, pixels, (trace) => {
      const values = this.#layer < 0 ? Float32Array.from(pixels) : trace.activation(this.#layer, 0);
      const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1;
      return { predicted: argmax(trace.logits()), features: values.map((value) => value / length) };
    });
  }
}

/** What a run's network last learned, and with which weights. @type {WeakMap<Session, { weights: string, learned: Promise<Unlikeness> }>} */
const latest = new WeakMap();

/**
 * @param {import('./commands.js').Commands} run
 * @param {{ pixels: Uint8Array }} ask
 */
export async function unlikenessOf(run, { pixels }) {
  const { session, engine, loop } = run;
  if (!loop.spec) throw new Refusal('not_ready', 'There is no run yet.');
  const weights = session.fingerprint();
  if (latest.get(session)?.weights !== weights) {
    const unlikeness = new Unlikeness(session, engine.validate(loop.spec));
    const images = setOf(loop.spec.data.set).sizes.validation;
    const learned = unlikeness.learn(images, run.now, () => run.turn()).then(() => unlikeness);
    latest.set(session, { weights, learned });
  }
  try {
    const unlikeness = /** @type {Unlikeness} */ (await latest.get(session)?.learned);
    if (session.fingerprint() === weights) {
      return { distance: unlikeness.distance(pixels), threshold: unlikeness.threshold };
    }
  } catch (error) {
    latest.delete(session);
    throw error;
  }
  latest.delete(session);
  throw new Refusal('not_ready', 'The network has changed meanwhile. Pause the training.');
}

/** @param {Session} session @param {number} index @returns {Uint8Array | null} null if it has not been loaded */
function validationImage(session, index) {
  try {
    return session.image('validation', index);
  } catch (error) {
    if (!refusalOf(error)) throw error;
    return null;
  }
}

/** @param {Float32Array} a @param {Float32Array} b */
function squareBetween(a, b) {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (Number(a[at]) - Number(b[at])) ** 2;
  return sum;
}
