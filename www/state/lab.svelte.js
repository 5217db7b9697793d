/**
 * The page's one store: its state changes with the worker's events, its methods send commands. Views read it and call it;
 * they never talk to the worker.
 */

import { Client } from '../client/client.js';
import { same } from '../lib/same.js';
import { presetOf } from '../link/specs.js';
import { isHosted, setOf, withSet } from '../model/data-sets.js';
import { PRESETS } from '../model/presets.js';
import { writeSetting } from '../model/settings.js';
import { applyEvent, replyTo } from './apply-event.js';
import { beginningOf } from './built.js';
import { Digits } from './digits.svelte.js';
import { needsRestart } from './draft.js';
import { Instruments } from './instruments.svelte.js';
import { LabCommands } from './lab-commands.svelte.js';
import { OwnSetsAccess } from './own-sets-access.svelte.js';
import { Runs } from './runs.svelte.js';
import { WeightEdits } from './weight-edits.svelte.js';

/** @typedef {import('./lab-state.svelte.js').Ask} Ask */
/** @typedef {import('../client/client.js').ClientEvent} ClientEvent */
/** @typedef {import('../client/client.js').PlainCommand} PlainCommand */
/** @typedef {import('../model/reports.js').Probe} Probe */
/** @typedef {import('../model/settings.js').Setting} Setting */
/** @typedef {import('../model/settings.js').Value} Value */
/** @typedef {import('../model/spec.js').LayerSpec} LayerSpec */
/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('../model/spec.js').Training} Training */
/** @typedef {import('./lab-state.svelte.js').Phase} Phase */

/** How long a slider must rest before its value is checked and used. */
export const SETTLE_MS = 150;

export class Lab extends LabCommands {
  #client;
  #access;
  #stopListening = () => {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #settling;

  /**
   * Sends the worker a request; `Requests` lists them all. It rejects only when the worker is gone or
   * does not answer in time.
   * @type {Ask}
   */
  ask = (name, ask) => this.#client.ask(name, ask);
  /** What is measured of the network. */
  instruments = new Instruments((command) => this.#client.send(command));
  weightEdits = new WeightEdits((command) => this.#client.send(command));
  /** Digits that can be looked up. */
  digits = new Digits(this.ask);
  /** The run that trains, and those before it. */
  runs;

  /** What the running spec's data set shows, and the names of its classes. */
  classes = $derived(setOf(this.spec.data.set));
  /** The preset whose layers run, or are about to; an empty name if they are of no preset. */
  presetId = $derived(presetOf(this.phase === 'opening' ? this.draft : this.spec));

  /** @param {{ client?: Client, storage?: import('../runs/storage.js').Storage | null }} [options] */
  constructor({ client, storage } = {}) {
    const own = client ?? new Client({ dataUrl: new URL('.', document.baseURI).href });
    const send = (/** @type {PlainCommand} */ command) => own.send(command);
    super(send);
    this.#client = own;
    this.#access = new OwnSetsAccess(this, send);
    const notify = (/** @type {string} */ sentence) => this.notify(sentence);
    const configure = (/** @type {Training} */ training) => this.configure(training);
    const meet = async (/** @type {Spec[]} */ specs) => (await this.openOwnSets()).meet(specs);
    const begin = (/** @type {PlainCommand} */ command) => this.#access.send(command);
    this.runs = new Runs({ ask: this.ask, send: begin, notify, configure, meet }, storage);
  }

  /** True when the draft differs from what runs in something that needs a restart. */
  get draftChanged() {
    return needsRestart(this);
  }

  /** True when steps can be made. */
  get canTrain() {
    return this.phase === 'ready' || this.phase === 'paused';
  }

  /** The current run's curves. Not reactive: read them when `curvesVersion` has changed. */
  get curves() {
    return this.runs.curves;
  }

  get curvesVersion() {
    return this.runs.curvesVersion;
  }

  /** The address of the folder of the data sets. */
  get dataUrl() {
    return this.#client.dataUrl;
  }

  /**
   * What `open` starts with, in place of the default.
   * @param {{ spec: Spec, probe: Probe | null }} experiment
   */
  prepare({ spec, probe }) {
    this.set({ draft: spec, ...(probe && { probe }) });
  }

  open() {
    this.#stopListening();
    this.#stopListening = this.#client.on((event) => this.#receive(event));
    this.runs.open();
    this.#open(this.draft);
  }

  /** Starts over with the draft: same seed, unless the draft has another. */
  restart() {
    clearTimeout(this.#settling);
    this.set({ absent: null });
    if (this.phase === 'failed') this.#open(this.draft);
    else this.#access.send({ type: 'restart', spec: this.draft });
  }

  /** @param {Spec} spec */
  restartWith(spec) {
    this.set({ draft: spec, draftProblem: null });
    this.restart();
  }

  /** @returns {Promise<number>} the seed */
  async restartWithNewSeed() {
    try {
      const { answer: seed } = await this.ask('freshSeed', {});
      if (seed !== null) this.set({ draft: { ...this.draft, seed } });
    } catch {
      // Without an engine there is no new seed; a restart starts the engine, with the present seed.
    }
    this.restart();
    return this.draft.seed;
  }

  /** Builds the draft and starts over. */
  applyDraft() {
    this.restart();
  }

  /** Makes the running spec the draft again. */
  discardDraft() {
    this.edit(this.spec);
  }

  /** The draft is the running spec, whatever was wrong with it. */
  resetDraft() {
    this.set({ draft: this.spec, draftProblem: null });
  }

  /**
   * Starts over on another data set. Those of a host are all alike; for any other, the network may have to change.
   * @param {import('../model/data-sets.js').DataSet} set
   */
  async chooseSet(set) {
    const areAlike = isHosted(set) && isHosted(this.draft.data.set);
    if (!areAlike) return this.#withOwnSets((sets) => sets.choose(set));
    this.restartWith(withSet(this.draft, set));
    return true;
  }

  /**
   * Starts over with a preset, on the data set there is.
   * @param {string} id
   * @returns {Promise<boolean>} whether it can take those images
   */
  async choosePreset(id) {
    const preset = PRESETS.find((candidate) => candidate.id === id);
    if (!preset) return false;
    const { set } = this.draft.data;
    const spec = withSet(preset.spec, set);
    if (!isHosted(set)) return this.#withOwnSets((sets) => sets.startPreset(preset.name, spec));
    this.restartWith(spec);
    return true;
  }

  /** @param {(sets: import('./own-sets.svelte.js').OwnSets) => Promise<boolean>} act */
  async #withOwnSets(act) {
    try {
      return await act(await this.openOwnSets());
    } catch {
      this.notify('Your own images could not be reached. Check your connection and try again.');
      return false;
    }
  }

  /**
   * Changes one setting of the draft; one that can change in the middle of a run is used at once.
   * @param {Setting} setting
   * @param {Value} value
   */
  change(setting, value) {
    this.edit(writeSetting(this.draft, setting, value));
  }

  /**
   * Changes the draft's layers.
   * @param {LayerSpec[]} layers
   */
  editLayers(layers) {
    this.edit({ ...this.draft, layers });
  }

  /** Changes the draft as a whole. @param {Spec} draft */
  edit(draft) {
    this.set({ draft });
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#settle(), SETTLE_MS);
  }

  /**
   * Trains with other settings from now on.
   * @param {Training} training
   */
  configure(training) {
    this.set({ draft: { ...this.draft, training } });
    this.#client.send({ type: 'configure', training });
  }

  /** The visitor's own data sets; null until `openOwnSets`. */
  get ownSets() {
    return this.#access.sets;
  }

  openOwnSets() {
    return this.#access.open();
  }

  /** Fetches the data files that could not be read. */
  retryData() {
    this.set({ dataProblem: null });
    this.#client.send({ type: 'reload' });
  }

  /** @param {string} sentence what went wrong and has been fixed, or what a key has done @param {number} [ms] after which it goes */
  notify(sentence, ms = Infinity) {
    this.set({ notice: sentence });
    if (ms < Infinity) setTimeout(() => this.notice === sentence && this.dismiss('notice'), ms);
  }

  /** @param {'notice' | 'absent'} message */
  dismiss(message) {
    this.set({ [message]: null });
  }

  dispose() {
    clearTimeout(this.#settling);
    this.#stopListening();
    this.#client.dispose();
  }

  /**
   * The one place where events arrive. Each store changes only itself, from its own state and the event, so that
   * their order does not matter.
   * @param {ClientEvent} event
   */
  #receive(event) {
    const heard = event.type === 'built' ? beginningOf(event, this.runs) : event;
    if (heard.type === 'entered') clearTimeout(this.#settling);
    const viewed = this.probe;
    this.set(applyEvent(this, heard));
    for (const store of [this.runs, this.instruments, this.weightEdits, this.digits]) store.receive(heard);
    const { restart, probe } = replyTo(this, heard);
    if (restart) this.#access.send({ type: 'restart', spec: restart });
    if (probe || viewed !== this.probe) this.lookAt(this.probe);
  }

  /** @param {Spec} spec */
  #open(spec) {
    this.set({ phase: 'opening', failure: null, dataProblem: null, loading: null });
    this.#access.before(spec.data.set, () => {
      this.#client.open(spec);
      this.lookAt(this.probe);
    });
  }

  /** Has the draft checked, and uses at once what needs no restart. */
  async #settle() {
    const draft = this.draft;
    if (!same(draft.training, this.spec.training)) this.configure(draft.training);
    try {
      const { answer: summary, problem } = await this.ask('validate', { spec: draft });
      if (!same(this.draft, draft)) return;
      this.set({ draftProblem: problem, ...(summary && { draftSummary: summary }) });
    } catch {
      // The worker died or was replaced meanwhile, which is reported elsewhere; the engine checks again on restart.
    }
  }
}
