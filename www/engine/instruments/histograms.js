import { withGradients, withTestTrace } from '../trace.js';

/** @typedef {import('./instruments.js').Instrument} Instrument */
/** @typedef {import('./parts.js').Parts} Parts */
/** @typedef {import('../../model/reports.js').Histogram} Histogram */
/** @typedef {import('../session.js').Gradients} Gradients */
/** @typedef {import('../session.js').Trace} Trace */

const INTERVAL_MS = 1_000;

const BINS = 64;

/** How the weights, activations and gradients of each layer are spread. @implements {Instrument} */
export class HistogramsInstrument {
  unfinished = false;
  #session;
  #emit;
  #now;
  #summary;
  /** The same test images each time, so that what changes is the network: one block of the engine. */
  #images;
  /** @type {number | null} */
  #measuredStep = null;
  #measuredAt = -Infinity;

  /** @param {Parts} parts */
  constructor({ session, emit, now, summary, block }) {
    this.#session = session;
    this.#emit = emit;
    this.#now = now;
    this.#summary = summary;
    this.#images = block;
  }

  /** @param {number} step @param {number} now */
  due(step, now) {
    return step !== this.#measuredStep && now >= this.#measuredAt + INTERVAL_MS;
  }

  slice() {
    const session = this.#session;
    const layers = withTestTrace(session, this.#images, (trace) =>
      withGradients(session, trace, trace.labels(), (gradients) => this.#layers(trace, gradients)),
    );
    const { step } = session.position();
    this.#emit({ type: 'histograms', histograms: { step, images: this.#images, layers } });
    this.#measuredStep = step;
    this.#measuredAt = this.#now();
  }

  record() {
    this.slice();
  }

  /** @param {Trace} trace @param {Gradients} gradients */
  #layers(trace, gradients) {
    const images = Array.from({ length: this.#images }, (_, image) => image);
    return (this.#summary()?.layers ?? []).map(({ parameters }, layer) => ({
      layer,
      weights: parameters > 0 ? histogram([this.#session.parameter(`${layer}.weight`)]) : null,
      activations: histogram(images.map((image) => trace.activation(layer, image))),
      gradients: histogram([gradients.at(layer + 1)]),
    }));
  }

  end() {
    this.#measuredStep = null;
    this.#measuredAt = -Infinity;
  }
}

/**
 * Counts numbers in equally wide bins between the least and the largest; NaN is left out.
 * @param {Float32Array[]} parts
 * @returns {Histogram}
 */
export function histogram(parts) {
  const { least, most, zeros } = extent(parts);
  // The largest value falls behind the last bin, into which it belongs.
  const counts = new Uint32Array(BINS + 1);
  if (!Number.isFinite(most - least)) return { least: 0, most: 0, counts: counts.slice(0, BINS), zeros };
  const perUnit = most > least ? BINS / (most - least) : 0;
  for (const values of parts) {
    for (let index = 0; index < values.length; index++) {
      const value = /** @type {number} */ (values[index]);
      if (value >= least) /** @type {Record<number, number>} */ (counts)[((value - least) * perUnit) | 0] += 1;
    }
  }
  counts[BINS - 1] = Number(counts[BINS - 1]) + Number(counts[BINS]);
  return { least, most, counts: counts.slice(0, BINS), zeros };
}

/** Half a million numbers each time: these loops are written for speed. @param {Float32Array[]} parts */
function extent(parts) {
  let [least, most, zeros] = [Infinity, -Infinity, 0];
  for (const values of parts) {
    for (let index = 0; index < values.length; index++) {
      const value = /** @type {number} */ (values[index]);
      if (value === 0) zeros += 1;
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  return { least, most, zeros };
}
