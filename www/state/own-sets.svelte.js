/** The visitor's own data sets: those that are kept on this device, and the one that was used last. */

import { fittedTo, isKnown, makeKnown, MOST_IMAGES, shortHash } from '../model/data-sets.js';
import { presetFor } from '../model/preset-for.js';
import { SetDatabase } from '../own/storage.js';

/** @typedef {import('../client/client.js').PlainCommand} PlainCommand */
/** @typedef {import('../model/data-sets.js').DataSet} DataSet */
/** @typedef {import('../model/data-sets.js').OwnSet} OwnSet */
/** @typedef {import('../model/spec.js').OwnName} OwnName */
/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('../own/storage.js').Listed} Listed */
/** @typedef {import('../own/storage.js').OwnRecord} OwnRecord */
/** @typedef {import('../own/storage.js').SetStorage} SetStorage */
/** The parts of the lab that are used here. @typedef {Pick<import('./lab.svelte.js').Lab, 'ask' | 'draft' | 'absent' | 'restartWith' | 'notify'>} Page */

/** Time to read what was changed. */
const TOLD_MS = 12_000;

export class OwnSets {
  /** Those kept on this device, the latest first. @type {readonly Listed[]} */
  kept = $state.raw([]);
  /** The one that was used last, whether it is kept or not. @type {OwnRecord | null} */
  current = $state.raw(null);
  /** The one that was removed last: until the page closes it can be brought back. @type {OwnRecord | null} */
  removed = $state.raw(null);

  #page;
  #send;
  #storage;

  /**
   * @param {Page} page
   * @param {(command: PlainCommand) => void} send
   * @param {SetStorage} [storage]
   */
  constructor(page, send, storage = new SetDatabase()) {
    this.#page = page;
    this.#send = send;
    this.#storage = storage;
  }

  /** Finds out which are kept. A browser that keeps nothing has none. */
  async open() {
    this.kept = await this.#storage.all().catch(() => []);
    for (const { set, about } of this.kept) makeKnown(set, about);
  }

  /** The set with its files, if it is here. @param {DataSet} set @returns {Promise<OwnRecord | null>} */
  async find(set) {
    if (this.current?.set === set) return this.current;
    return this.#storage.get(set).catch(() => null);
  }

  /**
   * Starts a run on a set. What is refused changes nothing.
   * @param {OwnRecord} record
   * @param {Spec} [spec] what runs on it; without one, what was to run on it, or else the draft, fitted to it
   * @returns {Promise<{ changed: string, problem: string }>} what was changed of the network, or why it cannot run: sentences
   */
  async use(record, spec) {
    makeKnown(record.set, record.about);
    const { absent } = this.#page;
    const wanted = spec ?? (absent?.missing === record.set ? absent.spec : undefined);
    const fitted = wanted ? { spec: wanted, changed: '' } : fittedTo(this.#page.draft, record.set);
    const problem = await this.#refusalOf(fitted.spec);
    if (problem) return { changed: '', problem };
    this.current = record;
    this.#page.restartWith(fitted.spec);
    return { changed: fitted.changed, problem: '' };
  }

  /**
   * Starts over on a set, from or to one of the visitor's own: with the draft fitted to it, or else with a network made for it.
   * @param {DataSet} set that is known
   */
  async choose(set) {
    const { spec, changed } = fittedTo(this.#page.draft, set);
    const refusal = await this.#refusalOf(spec);
    this.#page.restartWith(refusal ? { ...spec, layers: presetFor(set).layers } : spec);
    const sentence = refusal ? `Your network cannot take these images, so another one is there. ${refusal}` : changed;
    if (sentence) this.#page.notify(sentence, TOLD_MS);
    return true;
  }

  /**
   * Starts over with a preset that has been fitted to the set, unless it cannot be.
   * @param {string} name @param {Spec} spec
   * @returns {Promise<boolean>} whether it could
   */
  async startPreset(name, spec) {
    const refusal = await this.#refusalOf(spec);
    if (refusal) this.#page.notify(`“${name}” cannot take these images. ${refusal}`);
    else this.#page.restartWith(spec);
    return !refusal;
  }

  /** Why the engine cannot build it, in a sentence; empty if it can. @param {Spec} spec */
  async #refusalOf(spec) {
    // An engine that has stopped is started again by what follows, and checks it then.
    const { problem } = await this.#page.ask('validate', { spec }).catch(() => ({ problem: null }));
    return problem?.message ?? '';
  }

  /** Hands a set to the worker, which must have it before a run on it begins. @param {DataSet} set */
  async offer(set) {
    const record = await this.find(set);
    if (!record) return;
    const { about, files } = record;
    makeKnown(set, about);
    this.current = record;
    const name = /** @type {OwnName} */ (set);
    this.#send({ type: 'offerSet', set: name, about, files });
  }

  /** @param {OwnRecord} record @throws if the browser cannot keep it */
  async keep(record) {
    await this.#storage.put(record);
    const { files: _, ...listed } = record;
    this.kept = [listed, ...this.#others(record.set)];
    if (this.removed?.set === record.set) this.removed = null;
  }

  /** The run on it goes on. @param {OwnRecord} record */
  async forget(record) {
    await this.#storage.remove(record.set);
    this.kept = this.#others(record.set);
    this.removed = record;
  }

  /** @param {DataSet} set @param {string} title */
  async rename(set, title) {
    await this.#storage.rename(set, title);
    const renamed = (/** @type {OwnSet} */ about) => ({ ...about, title });
    this.kept = this.kept.map((one) => (one.set === set ? { ...one, about: renamed(one.about) } : one));
    if (this.current?.set === set) this.current = { ...this.current, about: renamed(this.current.about) };
    const about = [...this.kept, this.current].find((one) => one?.set === set)?.about;
    if (about) makeKnown(set, about);
  }

  /** Says of sets that are not here what the specs of runs on them tell. @param {readonly Spec[]} specs */
  async meet(specs) {
    for (const spec of specs) if (!isKnown(spec.data.set)) makeKnown(spec.data.set, guessedFrom(spec));
  }

  /** @param {DataSet} set */
  #others(set) {
    return this.kept.filter((one) => one.set !== set);
  }
}

/** @param {Spec} spec of a run on a set that is not here @returns {OwnSet} */
function guessedFrom({ input: [channels, rows, columns], layers, data, normalization }) {
  const last = layers.findLast((layer) => layer.type === 'dense');
  return {
    title: `Images ${shortHash(/** @type {OwnName} */ (data.set))}`,
    classes: Array.from({ length: last?.units ?? 2 }, (_, at) => `class ${at + 1}`),
    form: { channels, rows, columns },
    // How many there are to evaluate is not known: as many as there can be.
    sizes: { training: data.training_images, validation: MOST_IMAGES, test: MOST_IMAGES },
    normalization,
  };
}
