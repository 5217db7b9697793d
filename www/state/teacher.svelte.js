/** The visitor's own examples, and the network that is taught them. */

import { ALL_STEPS, digitFromStrokes } from '../lib/digit.js';
import { examplesFromJson, LARGEST_FILE, MOST_EXAMPLES } from '../hand/examples.js';
import { ExampleDatabase } from '../hand/storage.js';

/** @typedef {import('../hand/examples.js').Example} Example */
/** @typedef {import('../hand/storage.js').ExampleStorage} ExampleStorage */
/** @typedef {import('../lib/strokes.js').Drawing} Drawing */
/** @typedef {import('../model/reports.js').Taught} Taught */
/** @typedef {import('./lab.svelte.js').Lab} Lab */
/** What the last teaching has done; `test` is the accuracy before it. @typedef {Taught & { test: import('../model/reports.js').Evaluation | null }} Result */

const NOT_KEPT = 'The browser does not keep your examples. Save them as a file before you close this page.';

export class Teacher {
  /** Of all data sets. @type {readonly Example[]} */
  #all = $state.raw([]);
  /** Whether the network is being taught. */
  teaching = $state(false);
  /** @type {Result | null} */
  result = $state.raw(null);
  /** What went wrong, in one sentence. */
  problem = $state('');

  #lab;
  #storage;

  /** Of the data set that is trained on. */
  examples = $derived.by(() => this.#all.filter(({ set }) => set === this.#lab.spec.data.set));

  /** @param {Lab} lab @param {ExampleStorage} [storage] */
  constructor(lab, storage = new ExampleDatabase()) {
    this.#lab = lab;
    this.#storage = storage;
  }

  /** Reads what was kept. */
  async open() {
    const kept = await this.#keep(() => this.#storage.all());
    const known = new Set(this.#all.map(({ id }) => id));
    this.#all = [...(kept ?? []).filter(({ id }) => !known.has(id)), ...this.#all];
  }

  /** Whether the last teaching can be undone: the run has not gone on since. */
  get canUndo() {
    const { progress, phase } = this.#lab;
    return this.result !== null && !this.teaching && phase !== 'training' && (progress?.step ?? 0) === this.result.step;
  }

  /** The test accuracy after the last teaching, once all images have been evaluated. */
  get testAfter() {
    const { test } = this.#lab.evaluations;
    return this.result && test !== this.result.test && test?.step === this.result.step ? test : null;
  }

  /**
   * Adds what is drawn to the examples, and teaches the network all of them.
   * @param {Drawing} drawing
   * @param {number} label
   */
  async teachDrawing(drawing, label) {
    const { probe, spec, classes } = this.#lab;
    if (this.teaching || probe.kind !== 'drawing' || !probe.pixels) return;
    const { pixels } = probe;
    const drawn = digitFromStrokes(drawing.strokes, ALL_STEPS, classes.form);
    const same = drawn?.every((value, index) => value === pixels[index]);
    const strokes = same ? drawing.strokes.map((stroke) => stroke.map(({ x, y }) => ({ x, y }))) : [];
    const added = await this.#add([{ id: newId(), set: spec.data.set, label, strokes, pixels }]);
    if (added) await this.teach();
  }

  /** Teaches the network all examples. */
  async teach() {
    const { examples } = this;
    if (this.teaching || examples.length === 0) return;
    this.teaching = true;
    this.problem = '';
    this.result = null;
    const test = this.#lab.evaluations.test;
    try {
      const size = examples[0]?.pixels.length ?? 0;
      const pixels = new Uint8Array(examples.length * size);
      examples.forEach((example, index) => pixels.set(example.pixels, index * size));
      const labels = Uint8Array.from(examples, ({ label }) => label);
      const { answer, problem } = await this.#lab.ask('teach', { pixels, labels });
      if (answer) this.result = { ...answer, test };
      this.problem = problem?.message ?? '';
      this.#lab.lookAt(this.#lab.probe);
    } catch (error) {
      this.problem = sentenceOf(error);
    }
    this.teaching = false;
  }

  /** Takes the weights from before the last teaching; the examples stay. */
  async undo() {
    try {
      const { problem } = await this.#lab.ask('undoTeaching', {});
      this.problem = problem?.message ?? '';
      this.result = null;
      this.#lab.lookAt(this.#lab.probe);
    } catch (error) {
      this.problem = sentenceOf(error);
    }
  }

  /** @param {readonly Example[]} examples */
  async remove(examples) {
    this.#all = this.#all.filter((example) => !examples.includes(example));
    await this.#keep(() => this.#storage.remove(examples.map(({ id }) => id)));
  }

  /** Adds the examples of a file. @param {File} file */
  async bringIn(file) {
    try {
      if (file.size > LARGEST_FILE) {
        throw new RangeError(`Expected at most ${LARGEST_FILE / 2 ** 20} MiB; the file has ${file.size} bytes.`);
      }
      await this.#add(examplesFromJson(await file.text(), this.#lab.spec.data.set, newId));
    } catch (error) {
      this.problem = `${file.name} was not read. ${sentenceOf(error)}`;
    }
  }

  /** @param {readonly Example[]} added @returns {Promise<boolean>} whether there was room */
  async #add(added) {
    this.problem = '';
    if (this.examples.length + added.length > MOST_EXAMPLES) {
      this.problem = `There is room for ${MOST_EXAMPLES} examples, and you have ${this.examples.length}. Remove some first.`;
      return false;
    }
    this.#all = [...this.#all, ...added];
    await this.#keep(() => this.#storage.put(added));
    return true;
  }

  /**
   * @template T
   * @param {() => Promise<T>} action
   * @returns {Promise<T | null>} null if the database failed
   */
  async #keep(action) {
    try {
      return await action();
    } catch {
      this.problem = NOT_KEPT;
      return null;
    }
  }
}

/** Rises with time, so that the database has them in the order in which they were drawn. */
let count = 0;
const newId = () =>
  `${Date.now().toString(36)}-${String((count += 1)).padStart(6, '0')}-${Math.random().toString(36).slice(2, 8)}`;

/** @param {unknown} error */
const sentenceOf = (error) => (error instanceof Error ? error.message : String(error));
