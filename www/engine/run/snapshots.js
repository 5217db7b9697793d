/** Copies of what can be seen in the network, for the page to draw; no more of them than it draws. */

import { argmax } from '../argmax.js';
import { refusalOf } from '../problem.js';
import { withGradients, withTrace } from '../trace.js';

/** @typedef {import('../session.js').Session} Session */
/** @typedef {import('../session.js').Trace} Trace */
/** @typedef {import('../../model/reports.js').Probe} Probe */
/** @typedef {import('../../model/reports.js').ProbeReading} ProbeReading */
/** @typedef {import('../../model/reports.js').Backward} Backward */
/** @typedef {import('../../model/reports.js').Parameters} Parameters */
/** @typedef {import('../../model/reports.js').Snapshot} Snapshot */
/** @typedef {import('../../model/reports.js').Watched} Watched */
/** @typedef {import('../../model/spec.js').Summary} Summary */

/** While training, pictures that change faster than this are only a flicker. */
const INTERVAL_MS = 60;

/** While training, snapshots take at most this share of the worker's time. */
const SHARE = 0.04;

/** While training, a page that was slow to paint is left alone for this many times as long. */
const REST = 4;

/** But no longer than this: a hidden page does not paint, and was not slow when it is shown again. */
const MAX_REST_MS = 500;

export class Snapshots {
  #session;
  #emit;
  #now;
  /** @type {Summary | null} */
  #summary = null;
  /** @type {Probe} */
  #probe = { kind: 'test', index: 0 };
  /** @type {Watched} */
  #watched = { instruments: [], layers: [], label: null };
  #painted = true;
  /** Whether there is something new since the last snapshot: in the weights, or another image. */
  #weightsChanged = false;
  #probeChanged = false;
  /** Whether the last snapshot lacked the probe's image, because it had not been loaded. */
  #blind = false;
  #takenAt = -Infinity;
  #notBefore = -Infinity;

  /**
   * @param {Session} session
   * @param {import('../emit.js').Emit} emit
   * @param {() => number} now
   */
  constructor(session, emit, now) {
    this.#session = session;
    this.#emit = emit;
    this.#now = now;
  }

  /** @param {Summary} summary the network that is viewed from now on */
  begin(summary) {
    this.#summary = summary;
    this.#probeChanged = true;
  }

  /** @param {Probe} probe */
  view(probe) {
    this.#probe = probe;
    this.#probeChanged = true;
  }

  /** The image that is viewed now, null while it has not arrived. */
  get image() {
    return imageOf(this.#session, this.#probe);
  }

  /** @param {Watched} watched what else is viewed */
  watch(watched) {
    this.#watched = watched;
    this.#probeChanged = true;
  }

  weightsChanged() {
    this.#weightsChanged = true;
  }

  imagesArrived() {
    if (this.#blind) this.#probeChanged = true;
  }

  painted() {
    if (this.#painted) return;
    this.#painted = true;
    const now = this.#now();
    const rest = Math.min(REST * (now - this.#takenAt), MAX_REST_MS);
    this.#notBefore = Math.max(this.#notBefore, now + rest);
  }

  /**
   * Whether a snapshot is to be taken now. What a visitor has just chosen to see does not wait.
   * @param {boolean} training
   */
  due(training) {
    if (!this.#summary || !this.#painted) return false;
    if (this.#probeChanged) return true;
    return this.#weightsChanged && (!training || this.#now() >= this.#notBefore);
  }

  take() {
    if (!this.#summary) return;
    const start = this.#now();
    const { snapshot, buffers } = takeSnapshot(this.#session, this.#summary, this.#probe, this.#watched);
    this.#emit({ type: 'snapshot', snapshot }, buffers);
    this.#painted = false;
    this.#weightsChanged = false;
    this.#probeChanged = false;
    this.#blind = snapshot.reading === null && this.#probe.kind !== 'drawing';
    const end = this.#now();
    this.#takenAt = end;
    this.#notBefore = end + Math.max(INTERVAL_MS, (end - start) / SHARE);
  }
}

/**
 * @param {Session} session
 * @param {Summary} summary
 * @param {Probe} probe
 * @param {Watched} watched
 * @returns {{ snapshot: Snapshot, buffers: Transferable[] }} the snapshot, and its buffers to transfer
 */
export function takeSnapshot(session, summary, probe, watched) {
  const layers = watched.layers.filter((layer) => (summary.layers[layer]?.parameters ?? 0) > 0);
  const parameter = (/** @type {string} */ name) => session.parameter(name);
  const snapshot = {
    step: session.position().step,
    ...passes(session, summary, probe, { ...watched, layers }),
    filters: filtersOf(summary, parameter),
    parameters: parametersOf(layers, parameter),
  };
  return { snapshot, buffers: buffersOf(snapshot) };
}

/**
 * The probe's forward pass, and its backward pass if that is watched. A probe that the engine refuses shows nothing.
 * @param {Session} session
 * @param {Summary} summary
 * @param {Probe} probe
 * @param {Watched} watched
 * @returns {Pick<Snapshot, 'reading' | 'backward'>}
 */
function passes(session, summary, probe, watched) {
  const image = imageOf(session, probe);
  if (!image) return { reading: null, backward: null };
  try {
    return withTrace(session, image.pixels, (trace) => {
      const reading = readingOf(trace, summary, probe, image);
      const back = watched.instruments.includes('backward');
      return { reading, backward: back ? passBack(session, trace, summary, reading, watched) : null };
    });
  } catch (error) {
    if (!refusalOf(error)) throw error;
    return { reading: null, backward: null };
  }
}

/**
 * @param {Trace} trace
 * @param {Summary} summary
 * @param {Probe} probe
 * @param {{ pixels: Uint8Array, label: number | null }} image
 * @returns {ProbeReading}
 */
function readingOf(trace, summary, probe, { pixels, label }) {
  return {
    ...{ probe, label, pixels },
    probabilities: trace.probabilities(),
    logits: trace.logits(),
    activations: summary.layers.map((_, layer) => trace.activation(layer, 0)),
  };
}

/**
 * @param {Session} session
 * @param {Trace} trace
 * @param {Summary} summary
 * @param {ProbeReading} reading of the trace
 * @param {Watched} watched its `layers` have parameters
 * @returns {Backward}
 */
function passBack(session, trace, summary, reading, watched) {
  const label = lossLabel(watched.label, reading.label, reading.probabilities);
  return withGradients(session, trace, Uint8Array.of(label), (gradients) => {
    const gradient = (/** @type {string} */ name) => gradients.parameter(name);
    return {
      ...{ label, loss: gradients.loss(), input: gradients.at(0) },
      activations: summary.layers.map((_, layer) => gradients.at(layer + 1)),
      filters: filtersOf(summary, gradient),
      parameters: parametersOf(watched.layers, gradient),
    };
  });
}

/**
 * The class whose loss is passed back: the one that was chosen, or the image's own, or the predicted one.
 * @param {number | null} chosen
 * @param {number | null} label
 * @param {Float32Array} probabilities
 */
export function lossLabel(chosen, label, probabilities) {
  if (chosen !== null && chosen < probabilities.length) return chosen;
  return label ?? argmax(probabilities);
}

/** @param {Summary} summary @param {(name: string) => Float32Array} values */
function filtersOf(summary, values) {
  return summary.layers.flatMap(({ type }, layer) =>
    type === 'conv2d' ? [{ layer, weights: values(`${layer}.weight`) }] : [],
  );
}

/** @param {number[]} layers @param {(name: string) => Float32Array} values @returns {Parameters[]} */
function parametersOf(layers, values) {
  return layers.map((layer) => ({ layer, weight: values(`${layer}.weight`), bias: values(`${layer}.bias`) }));
}

/** @param {Snapshot} snapshot @returns {Transferable[]} */
function buffersOf({ reading, filters, parameters, backward }) {
  const arrays = [...filters, ...(backward?.filters ?? [])].map(({ weights }) => weights);
  if (reading) arrays.push(reading.probabilities, reading.logits, ...reading.activations);
  if (backward) arrays.push(backward.input, ...backward.activations);
  for (const { weight, bias } of [...parameters, ...(backward?.parameters ?? [])]) arrays.push(weight, bias);
  return arrays.map((array) => /** @type {ArrayBuffer} */ (array.buffer));
}

/**
 * @param {Session} session
 * @param {Probe} probe
 * @returns {{ pixels: Uint8Array, label: number | null } | null} null while there is nothing to see
 */
function imageOf(session, probe) {
  if (probe.kind === 'drawing') return probe.pixels && { pixels: probe.pixels, label: null };
  try {
    return { pixels: session.image(probe.kind, probe.index), label: session.label(probe.kind, probe.index) };
  } catch (error) {
    // It has not been loaded yet.
    if (!refusalOf(error)) throw error;
    return null;
  }
}
