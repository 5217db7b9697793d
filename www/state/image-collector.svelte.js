/** Chosen files on their way to a data set of one's own: read, looked through, loaded. One writer of its fields: itself. */

import { Cancelled, OwnSetClient } from '../client/own-set-client.js';
import { apart, titleOf, whyTooMuch } from '../own/chosen-files.js';

/** @typedef {import('../client/own-set-client.js').Loaded} Loaded */
/** @typedef {import('../client/own-set-client.js').Progress} Progress */
/** @typedef {import('../model/collected.js').Choices} Choices */
/** @typedef {import('../model/collected.js').Survey} Survey */
/** @typedef {import('../own/chosen-files.js').ChosenFile} ChosenFile */
/** @typedef {import('../own/storage.js').OwnRecord} OwnRecord */
/** Where this is; `found` and `loaded` wait for the visitor. @typedef {'choose' | 'reading' | 'found' | 'loading' | 'loaded'} Stage */

const NO_FILES = 'There are no files in it. Choose files, or a folder that has some.';

export class ImageCollector {
  /** @type {Stage} */
  stage = $state('choose');
  /** @type {Progress | null} */
  progress = $state.raw(null);
  /** What went wrong, in one sentence. */
  problem = $state('');
  /** @type {Survey | null} */
  survey = $state.raw(null);
  /** @type {Choices | null} */
  choices = $state.raw(null);
  /** @type {Loaded | null} */
  loaded = $state.raw(null);
  /** What the set is to be called. */
  title = $state('');
  /** Whether a file of the set is being written. */
  zipping = $state(false);

  #client;
  /** @type {readonly ChosenFile[]} */
  #files = [];

  /** @param {OwnSetClient} [client] */
  constructor(client = new OwnSetClient()) {
    this.#client = client;
  }

  /** Reads files, beside those that are there. @param {readonly ChosenFile[]} files */
  async add(files) {
    const isMore = this.stage === 'found';
    const all = apart(isMore ? [...this.#files, ...files] : files);
    this.problem = files.length === 0 ? NO_FILES : whyTooMuch(all);
    if (this.problem) return;
    this.#go('reading');
    try {
      const survey = await this.#client.collect(all, this.#report);
      Object.assign(this, { survey, choices: survey.proposal, loaded: null });
      this.#files = all;
      if (!isMore || !this.title) this.title = titleOf(all);
      this.#go('found');
    } catch (error) {
      this.#fail(error, isMore ? 'found' : 'choose');
    }
  }

  /** @param {Partial<Choices>} changed */
  choose(changed) {
    if (this.choices) this.choices = { ...this.choices, ...changed };
  }

  /** Makes the set. */
  async load() {
    if (!this.choices) return;
    this.#go('loading');
    try {
      const ask = { choices: this.choices, title: this.title };
      this.loaded = await this.#client.load(this.#files, ask, this.#report);
      this.#go('loaded');
    } catch (error) {
      this.#fail(error, 'found');
    }
  }

  /** The set that was made, under its title, as it is kept and used. @returns {OwnRecord} */
  record() {
    if (!this.loaded) throw new Error('There is no set yet.');
    const { set, about, files, bytes } = this.loaded;
    const title = this.title.trim() || titleOf([]);
    return { set, about: { ...about, title }, files, bytes, keptAt: Date.now() };
  }

  /** Stops what is under way, and goes one step back. */
  cancel() {
    if (this.stage === 'reading' || this.stage === 'loading') this.#client.cancel();
  }

  /** To the choices, with the set that was made gone. */
  backToChoices() {
    this.loaded = null;
    this.#go('found');
  }

  /** To the beginning. */
  startOver() {
    this.#client.cancel();
    this.#files = [];
    Object.assign(this, { survey: null, choices: null, loaded: null, title: '' });
    this.#go('choose');
  }

  /**
   * A set as one file.
   * @param {Pick<OwnRecord, 'set' | 'about' | 'files'>} whole
   * @returns {Promise<Blob | null>} null if it could not be written
   */
  async zip({ set, about, files }) {
    this.problem = '';
    this.zipping = true;
    try {
      return await this.#client.zip({ set, about, files }, () => {});
    } catch (error) {
      this.#fail(error, this.stage);
      return null;
    } finally {
      this.zipping = false;
    }
  }

  /** @param {Progress} progress */
  #report = (progress) => {
    this.progress = progress;
  };

  /** @param {Stage} stage */
  #go(stage) {
    Object.assign(this, { stage, progress: null, problem: '' });
  }

  /** @param {unknown} error @param {Stage} stage where to go on */
  #fail(error, stage) {
    this.#go(stage);
    if (!(error instanceof Cancelled)) this.problem = error instanceof Error ? error.message : String(error);
  }
}
