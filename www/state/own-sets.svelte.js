/** The visitor's own data sets: those that are kept on this device, and the one that was used last. */

import { fittedTo, isKnown, makeKnown, MOST_IMAGES, shortHash } from '../model/data-sets.js';
import { withEnoughEpochs } from '../model/enough-epochs.js';
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

  /** What would continue a run whose set was not here. @type {{ set: DataSet, begin: () => void } | null} */
  waiting = null;

  #page;
  #send;
  #storage;
  /** Those met during this visit: a run on one can be continued though it was not kept. @type {Map<DataSet, OwnRecord>} */
  #met = new Map();

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
    const record = this.#met.get(set) ?? (await this.#storage.get(set).catch(() => null));
    if (record) this.#met.set(set, record);
    return record;
  }

  /**
   * Starts a run on a set. What is refused changes nothing.
   * @param {OwnRecord} record
   * @param {Spec} [spec] what runs on it; without one, what was to run on it, or else the draft, fitted to it
   * @returns {Promise<{ changed: string, problem: string, resumed?: boolean }>} what was changed of the network, or why it
   * cannot run: sentences; and whether it is a run of before that goes on
   */
  async use(record, spec) {
    makeKnown(record.set, record.about);
    const { absent } = this.#page;
    const { waiting } = this;
    if (!spec && waiting?.set === record.set && absent?.missing === record.set) {
      this.#met.set(record.set, record);
      this.waiting = null;
      await this.offer(record.set);
      waiting.begin();
      return { changed: '', problem: '', resumed: true };
    }
    const wanted = spec ?? (absent?.missing === record.set ? absent.spec : undefined);
    const fitted = wanted ? { spec: wanted, changed: '' } : fittedTo(this.#page.draft, record.set);
    const problem = await this.#refusalOf(fitted.spec);
    if (problem) return { changed: '', problem };
    this.#met.set(record.set, record);
    this.current = record;
    this.#page.restartWith(fitted.spec);
    return { changed: fitted.changed, problem: '' };
  }

  /**
   * Starts over on a set, from or to one of the visitor's own: with the draft fitted to it, or else with a network made for it.
   * @param {DataSet} set that is known
   */
  async choose(set) {
    const fitted = fittedTo(this.#page.draft, set);
    const { spec, changed } = withEnoughEpochs(fitted.spec, this.#page.draft);
    const refusal = await this.#refusalOf(spec);
    this.#page.restartWith(refusal ? { ...spec, layers: presetFor(set).layers } : spec);
    const other = `Your network cannot take these images, so another one is there. ${refusal}`;
    const sentence = [refusal ? other : fitted.changed, changed].filter(Boolean).join(' ');
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

  /**
   * Hands a set to the worker, which must have it before a run on it begins.
   * @param {DataSet} set
   * @returns {Promise<boolean>} whether it is here
   */
  async offer(set) {
    const record = await this.find(set);
    if (!record) return false;
    const { about, files } = record;
    makeKnown(set, about);
    this.current = record;
    const name = /** @type {OwnName} */ (set);
    this.#send({ type: 'offerSet', set: name, about, files });
    return true;
  }

  /** @param {OwnRecord} record @throws if the browser cannot keep it */
  async keep(record) {
    await this.#storage.put(record);
    const { files: _, ...listed } = record;
    this.kept = [listed, ...this.#others(record.set)];
    if (this.removed?.set === record.set) this.removed = null;
  }

  /** Runs on it can be continued for the rest of this visit. @param {OwnRecord} record */
  async forget(record) {
    await this.#storage.remove(record.set);
    this.#met.set(record.set, record);
    this.kept = this.#others(record.set);
    this.removed = record;
  }

  /** @param {DataSet} set @param {string} title */
  async rename(set, title) {
    await this.#storage.rename(set, title);
    const renamed = (/** @type {OwnSet} */ about) => ({ ...about, title });
    this.kept = this.kept.map((one) => (one.set === set ? { ...one, about: renamed(one.about) } : one));
    if (this.current?.set === set) this.current = { ...this.current, about: renamed(this.current.about) };
    const met = this.#met.get(set);
    if (met) this.#met.set(set, { ...met, about: renamed(met.about) });
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
