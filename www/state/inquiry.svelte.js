/**
 * Questions to the network that is shown. It is taken from the run when a view asks the first time, and again whenever
 * another one is shown: at once while the run rests, at most once a second while it trains. The run is never changed.
 */

import { InquiryClient } from '../client/inquiry-client.js';
import { isAboutImages, KEPT_IMAGES } from '../model/inquiry.js';

/** @typedef {import('../model/inquiry.js').Question} Question */
/** @typedef {import('../model/inquiry.js').Questions} Questions */
/** @typedef {import('../model/reports.js').Problem} Problem */
/** @typedef {import('./lab.svelte.js').Lab} Lab */

/** The image that is viewed. `label` is null for a drawing, and `index` counts in its split. @typedef {{ pixels: Uint8Array, label: number | null, split: import('../model/reports.js').Split | null, index: number }} ViewedImage */

/**
 * `step` is that of the network that answers. All three are null if the question was cancelled.
 * @template {Question} Name
 * @typedef {{ answer: Questions[Name]['answer'], problem: null, step: number }
 *   | { answer: null, problem: Problem, step: null } | { answer: null, problem: null, step: null }} Reply
 */

/**
 * A question cancels the one before it in its `lane`, which is its name unless it is given. `checkpoint`: another network than
 * the one that is shown.
 * @template {Question} Name
 * @typedef {{
 *   lane?: string, onProgress?: (progress: import('../model/inquiry.js').Progress<Name>) => void, signal?: AbortSignal,
 *   checkpoint?: { step: number, bytes: Uint8Array } | null,
 * }} Options
 */

/** While it trains, the network is not taken more often. */
export const PAUSE_MS = 1_000;
/** Images asked for in one request: the run's worker answers between two steps. */
const CHUNK = 500;
/** Between two looks whether images have been loaded. */
export const LOADING_MS = 200;

const CANCELLED = { answer: null, problem: null, step: null };

export class Inquiry {
  #lab;
  #client;
  #now;
  /** The step of the network that was sent last. */
  #sentStep = 0;
  #takenAt = -Infinity;
  /** What the latest worker has: which worker it is, whether a network has been sent, and images of which data set. */
  #has = { worker: 0, network: false, set: '' };
  /** @type {Promise<Problem | null> | null} */
  #taking = null;
  /** @type {Promise<Problem | null> | null} */
  #sampling = null;
  /** @type {Map<string, AbortController>} */
  #lanes = new Map();
  /** @type {ViewedImage | null} */
  #lastImage = null;

  /** The step of the network that is asked; null before it has been taken. @type {number | null} */
  step = $state(null);
  /** Grows whenever another network is asked. */
  version = $state(0);
  /** Why the network could not be taken. @type {string} */
  problem = $state('');

  /** The step that is shown. @type {number} */
  shownStep = $derived.by(() => this.#lab.snapshot?.step ?? this.#lab.progress?.step ?? 0);
  /** The same as long as the network that is shown is. */
  #shown = $derived.by(() => {
    const { runs, weightEdits, teaching, phase } = this.#lab;
    const isReady = this.#lab.summary !== null && phase !== 'opening' && phase !== 'failed';
    return isReady ? [runs.current?.id, this.shownStep, weightEdits.changes, teaching?.done].join() : null;
  });
  /** What the page shows is another step than the one that is asked. */
  isStale = $derived.by(() => this.step !== null && this.step !== this.shownStep);

  /** The image that is viewed; the same object as long as it is the same image. @type {ViewedImage | null} */
  image = $derived.by(() => (this.#lastImage = viewedIn(this.#lab.snapshot?.reading ?? null, this.#lastImage)));
  /** What the network says of it, at the step that is shown. @type {Float32Array | null} */
  prediction = $derived.by(() => this.#lab.snapshot?.reading?.probabilities ?? null);

  /** @param {Lab} lab @param {{ client?: Pick<InquiryClient, 'ask' | 'dispose' | 'started'>, now?: () => number }} [parts] */
  constructor(lab, { client = new InquiryClient(), now = () => performance.now() } = {}) {
    this.#lab = lab;
    this.#client = client;
    this.#now = now;
  }

  /** Keeps the network up to date; to be called in an effect, for as long as a view is open that asks it. */
  follow() {
    if (this.#shown === null) return;
    const isTraining = this.#lab.phase === 'training';
    const wait = isTraining ? Math.max(0, this.#takenAt + PAUSE_MS - this.#now()) : 0;
    const timer = setTimeout(() => this.refresh(), wait);
    return () => clearTimeout(timer);
  }

  /** Takes the network as it is now. */
  async refresh() {
    // What is being taken may be older than now.
    await this.#taking;
    await this.#take();
  }

  /**
   * Asks the network. Never rejects.
   * @template {Question} Name
   * @param {Name} name
   * @param {Questions[Name]['ask']} ask
   * @param {Options<Name>} [options]
   * @returns {Promise<Reply<Name>>}
   */
  async ask(name, ask, { lane = name, onProgress = () => {}, signal, checkpoint = null } = {}) {
    this.#lanes.get(lane)?.abort();
    const controller = new AbortController();
    const cancel = () => controller.abort();
    signal?.addEventListener('abort', cancel);
    if (signal?.aborted) cancel();
    this.#lanes.set(lane, controller);
    try {
      const missing = await this.#prepare(isAboutImages(name, ask), checkpoint !== null);
      if (controller.signal.aborted) return CANCELLED;
      if (missing) return { answer: null, problem: missing, step: null };
      const step = checkpoint?.step ?? this.#sentStep;
      const options = { onProgress, signal: controller.signal, checkpoint: checkpoint?.bytes ?? null };
      const { answer, problem } = await this.#client.ask(name, ask, options);
      if (problem) return { answer: null, problem, step: null };
      return answer === null ? CANCELLED : { answer, problem: null, step };
    } finally {
      signal?.removeEventListener('abort', cancel);
      if (this.#lanes.get(lane) === controller) this.#lanes.delete(lane);
    }
  }

  /** Cancels all that is asked, as when its view is left. */
  cancel() {
    for (const controller of this.#lanes.values()) controller.abort();
  }

  dispose() {
    this.cancel();
    this.#client.dispose();
  }

  /** Sees to it that the worker has all it needs. @param {boolean} isAboutImages @param {boolean} isOfAnother network @returns {Promise<Problem | null>} why it has not */
  async #prepare(isAboutImages, isOfAnother) {
    if (this.#has.worker !== this.#client.started) this.#has = { worker: 0, network: false, set: '' };
    const missing = isOfAnother || this.#has.network ? null : await (this.#taking ?? this.#take());
    if (missing || !isAboutImages) return missing;
    this.#sampling ??= this.#sample().finally(() => (this.#sampling = null));
    return this.#sampling;
  }

  /** One at a time. */
  #take() {
    this.#taking ??= this.#takeNow().finally(() => (this.#taking = null));
    return this.#taking;
  }

  async #takeNow() {
    this.#takenAt = this.#now();
    const { answer, problem } = await this.#lab.ask('checkpoint', {}).catch(engineGone);
    if (!answer) return this.#refused(problem);
    const sent = this.#client.ask('useNetwork', { checkpoint: answer.bytes });
    this.#sentStep = answer.step;
    const { problem: refusal } = await sent;
    if (refusal) return this.#refused(refusal);
    this.#has = { ...this.#has, worker: this.#client.started, network: true };
    this.problem = '';
    this.step = answer.step;
    this.version += 1;
    return null;
  }

  /** @param {Problem | null} problem */
  #refused(problem) {
    this.problem = problem?.message ?? '';
    return problem;
  }

  /** Sends the images that accuracies are of, unless the worker has them. @returns {Promise<Problem | null>} */
  async #sample() {
    const { set } = this.#lab.spec.data;
    if (this.#has.set === set) return null;
    const parts = [];
    const count = Math.min(KEPT_IMAGES, this.#lab.classes.sizes.validation);
    for (let from = 0; from < count; from += CHUNK) {
      const ask = { split: /** @type {const} */ ('validation'), from, count: Math.min(CHUNK, count - from) };
      const { answer, problem } = await this.#loaded(ask);
      if (!answer) return problem;
      parts.push(answer);
    }
    const images = { pixels: joined(parts, 'pixels'), labels: joined(parts, 'labels') };
    const { problem } = await this.#client.ask('useImages', images);
    if (!problem) this.#has = { ...this.#has, worker: this.#client.started, set };
    return problem;
  }

  /** Images that may still be on their way: a page that opens with a question asks for them at once. @param {import('../client/client.js').Ask<'sample'>} ask */
  async #loaded(ask) {
    for (;;) {
      const reply = await this.#lab.ask('sample', ask).catch(engineGone);
      const isOnItsWay = !this.#lab.loading?.done && this.#lab.dataProblem === null;
      if (reply.problem?.code !== 'not_ready' || !isOnItsWay) return reply;
      await new Promise((resolve) => setTimeout(resolve, LOADING_MS));
    }
  }
}

/** @returns {{ answer: null, problem: Problem }} */
const engineGone = () => {
  const message = 'The network could not be asked: the engine was started anew. Try again.';
  return { answer: null, problem: { code: 'engine_unavailable', message, layer: null } };
};

/** @template {string} Key @param {Record<Key, Uint8Array>[]} parts @param {Key} key */
function joined(parts, key) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part[key].length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part[key], at);
    at += part[key].length;
  }
  return all;
}

/**
 * @param {import('../model/reports.js').ProbeReading | null} reading
 * @param {ViewedImage | null} last
 * @returns {ViewedImage | null} `last`, if it is that image
 */
function viewedIn(reading, last) {
  if (!reading) return null;
  const { probe, pixels, label } = reading;
  const place = probe.kind === 'drawing' ? { split: null, index: -1 } : { split: probe.kind, index: probe.index };
  const isLast =
    last !== null && last.split === place.split && last.index === place.index && last.pixels.length === pixels.length;
  return isLast && last.pixels.every((value, at) => value === pixels[at]) ? last : { pixels, label, ...place };
}
