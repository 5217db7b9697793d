/**
 * The one reactive store: what is known of the run, mirrored from the worker's events, and methods
 * that send commands. Views read it and call it; they never talk to the worker.
 *
 * Specs are replaced as a whole, never changed in place, so that they stay plain data that can be sent.
 */

import { Client } from '../client/client.js';
import { folderOf, SETS, withSet } from '../model/data-sets.js';
import { presetOf } from '../link/specs.js';
import { DEFAULT_PRESET, PRESETS } from '../model/presets.js';
import { Curves } from '../model/curves.js';
import { Digits } from './digits.svelte.js';
import { Glass } from './glass.svelte.js';
import { mirror } from './mirror.js';
import { Runs } from './runs.svelte.js';
import { writeSetting } from '../model/settings.js';

/** @typedef {import('../model/reports.js').Costs} Costs */
/** @typedef {import('../model/reports.js').Evaluation} Evaluation */
/** @typedef {import('../model/reports.js').Loading} Loading */
/** @typedef {import('../model/reports.js').Probe} Probe */
/** @typedef {import('../model/reports.js').Problem} Problem */
/** @typedef {import('../model/reports.js').Progress} Progress */
/** @typedef {import('../model/reports.js').Snapshot} Snapshot */
/** @typedef {import('../model/spec.js').LayerSpec} LayerSpec */
/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('../model/spec.js').Summary} Summary */
/** @typedef {import('../model/spec.js').Training} Training */
/** @typedef {import('../model/settings.js').Setting} Setting */
/** @typedef {import('../model/settings.js').Value} Value */

/** @typedef {'opening' | 'ready' | 'training' | 'paused' | 'finished' | 'diverged' | 'failed'} Phase */

/** @typedef {Omit<Progress, 'firstStep' | 'losses' | 'accuracies'> & { loss: number, accuracy: number }} Standing the last step's loss and accuracy with where the run stands */

/** @typedef {{ step: number, layer: number | null, problem: Problem, goBackTo: number | null }} Divergence */

/** Time for the hand to come to rest on a slider before its value is checked and used. */
export const SETTLE_MS = 150;

/** Where a run stands until its worker has told. @type {Omit<Standing, 'loss' | 'accuracy'>} */
const NOWHERE = {
  ...{ step: 0, epoch: 0, stepsPerEpoch: 1, totalSteps: 1, imagesPerSecond: 0, elapsed: 0, remaining: null },
  ...{ learningRate: 0, workers: 1 },
};

export class Lab {
  /** @type {Phase} */
  phase = $state('opening');
  /** The engine's version, once it has loaded. @type {string | null} */
  version = $state(null);
  /** How far the data has come; null before the first byte. @type {Loading | null} */
  loading = $state.raw(null);
  /** Why some data could not be read; `retryData()` tries again. @type {Problem | null} */
  dataProblem = $state.raw(null);
  /** Why the engine is gone for good; `restart()` starts a new one. @type {Problem | null} */
  failure = $state.raw(null);
  /** What went wrong and has been mended, in one sentence; the view may set it to null. @type {string | null} */
  notice = $state(null);
  /** The data set that the host is asked for; what runs goes on meanwhile. @type {import('../model/data-sets.js').DataSet | null} */
  sought = $state(null);
  /** Why the data set that was asked for cannot be had; the view may set it to null. @type {Problem | null} */
  absent = $state.raw(null);
  /** Where the numbers stopped being finite, in phase 'diverged'. @type {Divergence | null} */
  divergence = $state.raw(null);

  /** The spec that runs. @type {Spec} */
  spec = $state.raw(DEFAULT_PRESET.spec);
  /** What it comes to; null until the engine has built it. @type {Summary | null} */
  summary = $state.raw(null);
  /** The spec being edited. @type {Spec} */
  draft = $state.raw(DEFAULT_PRESET.spec);
  /** Why the draft cannot be run. @type {Problem | null} */
  draftProblem = $state.raw(null);
  /** What the draft would come to; the last valid one while it has a problem. @type {Summary | null} */
  draftSummary = $state.raw(null);
  /** What the running spec's data set shows, and the names of its classes. */
  classes = $derived(SETS[this.spec.data.set]);
  /** The preset whose layers run, or are about to; an empty name if they are somebody's own. */
  presetId = $derived(presetOf(this.phase === 'opening' ? this.draft : this.spec));

  /** Where the run stands; null before the first step. @type {Standing | null} */
  progress = $state.raw(null);
  /** Not reactive: read it when `curvesVersion` has changed. */
  curves = new Curves();
  curvesVersion = $state(0);
  /** The latest of each split. @type {{ validation: Evaluation | null, test: Evaluation | null }} */
  evaluations = $state.raw({ validation: null, test: null });

  /** What training costs; null until something has been found out. @type {Costs | null} */
  costs = $state.raw(null);

  /** @type {Snapshot | null} */
  snapshot = $state.raw(null);
  /** The answer for what is drawn; null when the canvas is empty. @type {{ probabilities: Float32Array, pixels: Uint8Array, drawnAt: number } | null} */
  prediction = $state.raw(null);
  /** @type {Probe} */
  probe = $state.raw({ kind: 'test', index: 0 });

  /** What is only measured while somebody looks. */
  glass = new Glass((command) => this.#client.send(command));
  /** Digits that can be looked up. */
  digits = new Digits(
    (indices) => this.testImages(indices),
    (name) => fetch(folderOf(this.dataUrl, this.spec.data.set) + name),
  );

  /** The run that trains, and those before it. */
  runs;

  #client;
  #stopListening = () => {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #settling;

  /** @param {{ client?: Client, storage?: import('../runs/storage.js').Storage | null }} [options] */
  constructor({ client, storage } = {}) {
    this.#client = client ?? new Client({ dataUrl: new URL('.', document.baseURI).href });
    this.runs = new Runs(this, (command) => this.#client.send(command), storage);
  }

  /** True when the draft differs from what runs in something that needs a restart. */
  get draftChanged() {
    return !same({ ...this.draft, training: null }, { ...this.spec, training: null });
  }

  /** True when steps can be made. */
  get canTrain() {
    return this.phase === 'ready' || this.phase === 'paused';
  }

  open() {
    this.#stopListening();
    this.#stopListening = this.#client.on((event) => {
      this.runs.prepare(event);
      mirror(this, event);
      this.runs.hear(event);
    });
    this.runs.open();
    this.#open(this.draft);
  }

  train() {
    this.#client.send({ type: 'train' });
  }

  pause() {
    this.#client.send({ type: 'pause' });
  }

  toggle() {
    if (this.phase === 'training') this.pause();
    else this.train();
  }

  /** Trains until the run has made `step` steps, and pauses. @param {number} step */
  trainTo(step) {
    this.#client.send({ type: 'trainTo', step });
  }

  /** What the run, as it stands, can be recognised by. */
  receipt() {
    return this.#client.receipt();
  }

  /** Makes one step. */
  step() {
    this.#client.send({ type: 'step' });
  }

  /** Starts over with the draft: same seed, unless the draft has another. */
  restart() {
    clearTimeout(this.#settling);
    this.absent = null;
    if (this.phase === 'failed') this.#open(this.draft);
    else this.#client.send({ type: 'restart', spec: this.draft });
  }

  async restartWithNewSeed() {
    try {
      this.draft = { ...this.draft, seed: await this.#client.freshSeed() };
    } catch {
      // Without an engine there is no seed either; a restart starts the engine, with the seed there is.
    }
    this.restart();
  }

  /**
   * Starts with `spec` and leaves the draft, and what is wrong with it, as it is.
   * @param {Spec} spec
   */
  fallBack(spec) {
    this.#client.send({ type: 'restart', spec });
  }

  /** @param {Spec} spec */
  validate(spec) {
    return this.#client.validate(spec);
  }

  /** @param {Uint8Array} bytes of a checkpoint, which nothing is done with */
  readCheckpoint(bytes) {
    return this.#client.readCheckpoint(bytes);
  }

  /**
   * The run stands at a step it was gone back to, or another one has taken its place.
   * @param {boolean} another
   * @param {{ loss: number, accuracy: number } | null} trained what its last step came to
   */
  resumed(another, trained) {
    clearTimeout(this.#settling);
    this.draft = another ? this.spec : { ...this.draft, training: this.spec.training };
    if (another) [this.draftProblem, this.draftSummary] = [null, this.summary];
    this.progress = this.progress && trained && { ...this.progress, ...trained };
    if (trained) this.progress ??= { ...NOWHERE, ...trained };
    if (this.probe.kind === 'drawing') this.lookAt(this.probe);
  }

  /** Builds the draft and starts over. */
  applyDraft() {
    this.restart();
  }

  /** Takes the running spec as the draft again. */
  discardDraft() {
    this.#edit(this.spec);
  }

  /**
   * Starts over on another data set.
   * @param {import('../model/data-sets.js').DataSet} set
   */
  chooseSet(set) {
    this.draft = withSet(this.draft, set);
    this.restart();
  }

  /**
   * Starts over with a preset, on the data set there is.
   * @param {string} id
   */
  choosePreset(id) {
    const preset = PRESETS.find((candidate) => candidate.id === id);
    if (!preset) return;
    this.draft = withSet(preset.spec, this.draft.data.set);
    this.draftProblem = null;
    this.restart();
  }

  /**
   * Changes one setting of the draft; one that can change in the middle of a run is used at once.
   * @param {Setting} setting
   * @param {Value} value
   */
  change(setting, value) {
    this.#edit(writeSetting(this.draft, setting, value));
  }

  /**
   * Changes the draft's layers.
   * @param {LayerSpec[]} layers
   */
  editLayers(layers) {
    this.#edit({ ...this.draft, layers });
  }

  /**
   * Trains with other settings from now on.
   * @param {Training} training
   */
  configure(training) {
    this.draft = { ...this.draft, training };
    this.#client.send({ type: 'configure', training });
  }

  /** After a divergence: takes the last good weights. */
  goBack() {
    this.#client.send({ type: 'goBack' });
  }

  /** @param {Probe} probe */
  lookAt(probe) {
    this.probe = probe;
    if (probe.kind === 'drawing' && !probe.pixels) this.prediction = null;
    this.#client.send({ type: 'probe', probe, drawnAt: performance.now() });
  }

  /** @param {Uint8Array | null} pixels the 28×28 image the network gets, or null for an empty canvas */
  draw(pixels) {
    this.lookAt({ kind: 'drawing', pixels });
  }

  /** Fetches the data files that could not be read. */
  retryData() {
    this.dataProblem = null;
    this.#client.send({ type: 'reload' });
  }

  /** The view has drawn the snapshot: the next one may come. */
  painted() {
    this.#client.send({ type: 'painted' });
  }

  /**
   * Those of the wanted test images that have been loaded.
   * @param {number[]} indices
   */
  testImages(indices) {
    return this.#client.testImages(indices);
  }

  /**
   * The next test digit behind `after` that the network misreads now; null where none is misread.
   * @param {number} after
   */
  nextWrong(after) {
    return this.#client.nextWrong(after);
  }

  /**
   * What the next step will do to one weight.
   * @param {import('../model/reports.js').WeightRef} place
   */
  weigh(place) {
    return this.#client.weigh(place);
  }

  /**
   * The slope of the probe's loss in one weight, computed and measured.
   * @param {import('../model/reports.js').WeightRef} place
   */
  checkGradient(place) {
    return this.#client.checkGradient(place, this.glass.label);
  }

  /**
   * The loss of the next batch at so many places from `from` to `to` times the next step.
   * @param {{ from: number, to: number, points: number }} where
   */
  slice(where) {
    return this.#client.slice(where);
  }

  /**
   * What the network makes of an image, without looking at it from now on.
   * @param {Uint8Array} pixels
   */
  tryImage(pixels) {
    return this.#client.tryImage(pixels);
  }

  /** The address of the folder of the data sets. */
  get dataUrl() {
    return this.#client.dataUrl;
  }

  dispose() {
    clearTimeout(this.#settling);
    this.#stopListening();
    this.#client.dispose();
  }

  /** @param {Spec} spec */
  #open(spec) {
    this.phase = 'opening';
    this.failure = null;
    this.dataProblem = null;
    this.loading = null;
    this.#client.open(spec);
    this.lookAt(this.probe);
  }

  /** @param {Spec} draft */
  #edit(draft) {
    this.draft = draft;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#settle(), SETTLE_MS);
  }

  /** Has the draft checked, and uses at once what needs no restart. */
  async #settle() {
    const draft = this.draft;
    if (!same(draft.training, this.spec.training)) this.configure(draft.training);
    try {
      const { summary, problem } = await this.#client.validate(draft);
      if (!same(this.draft, draft)) return;
      this.draftProblem = problem;
      if (summary) this.draftSummary = summary;
    } catch {
      // The worker died or was replaced meanwhile, which is told elsewhere; the engine checks again on restart.
    }
  }
}

/**
 * @param {unknown} a
 * @param {unknown} b
 */
function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}
