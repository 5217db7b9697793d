/** Chosen files made into a data set, by a collector that does all the work. */

import { aboutIn, manifestOf } from '../../model/manifest.js';
import { Refusal } from '../problem.js';

/** @typedef {import('./protocol.js').ChosenFile} ChosenFile */
/** @typedef {import('./protocol.js').Choices} Choices */
/** @typedef {import('./protocol.js').FileKind} FileKind */
/** @typedef {import('./protocol.js').Loaded} Loaded */
/** @typedef {import('./protocol.js').Progress} Progress */
/** @typedef {import('./protocol.js').Survey} Survey */
/** @typedef {import('./protocol.js').WholeSet} WholeSet */

/**
 * Of the module, what is used.
 * @typedef {{
 *   name(): string, manifest(): string, file(kind: FileKind): Uint8Array, report(): string, zip(): Uint8Array, free(): void,
 * }} Collected
 * @typedef {{
 *   add(path: string, bytes: Uint8Array): void, survey(): string, prepare(choices: string): string,
 *   advance(images: number): string, finish(): Collected, free(): void,
 * }} Collector
 */

/** What the files are called in a saved set. @type {Record<FileKind, string>} */
const NAMES = {
  trainImages: 'train-images-idx3-ubyte',
  trainLabels: 'train-labels-idx1-ubyte',
  testImages: 't10k-images-idx3-ubyte',
  testLabels: 't10k-labels-idx1-ubyte',
};
const KINDS = /** @type {FileKind[]} */ (Object.keys(NAMES));

/** Images between two reports of progress. */
const STRIDE = 64;

export class Collecting {
  #newCollector;
  #report;
  /** With all chosen files in it. @type {Collector | null} */
  #collector = null;

  /** @param {() => Collector} newCollector @param {(progress: Progress) => void} report */
  constructor(newCollector, report) {
    this.#newCollector = newCollector;
    this.#report = report;
  }

  /** @param {ChosenFile[]} files @returns {Promise<Survey>} */
  async collect(files) {
    this.#collector?.free();
    this.#collector = null;
    this.#collector = await this.#filled(files);
    return JSON.parse(this.#collector.survey());
  }

  /** @param {Choices} choices @param {string} title @returns {Promise<Loaded>} */
  async load(choices, title) {
    if (!this.#collector) throw new Refusal('no_data', 'There are no images yet. Choose some first.');
    const collected = this.#finished(this.#collector, choices);
    try {
      return loadedFrom(collected, title);
    } finally {
      collected.free();
    }
  }

  /** A set as one file, which can be chosen again. @param {WholeSet} set */
  async zip({ set, about, files }) {
    const parts = KINDS.map((kind) => ({ path: NAMES[kind], file: files[kind] }));
    const collector = await this.#filled([{ path: 'manifest', file: new Blob([manifestOf(about)]) }, ...parts]);
    const collected = this.#finished(collector, JSON.parse(collector.survey()).proposal);
    try {
      if (collected.name() !== set)
        throw new Refusal('bad_file', `${about.title} is not what it was when it was kept.`);
      return blobOf(collected.zip(), 'application/zip');
    } finally {
      collected.free();
    }
  }

  /** @param {ChosenFile[]} files */
  async #filled(files) {
    const collector = this.#newCollector();
    try {
      for (const [index, { path, file }] of files.entries()) {
        this.#report({ done: index, of: files.length, name: path });
        collector.add(path, await bytesOf(path, file));
      }
    } catch (error) {
      collector.free();
      throw error;
    }
    return collector;
  }

  /** @param {Collector} collector @param {Choices} choices */
  #finished(collector, choices) {
    collector.prepare(JSON.stringify(choices));
    for (;;) {
      const { done, of } = JSON.parse(collector.advance(STRIDE));
      this.#report({ done, of, name: '' });
      if (done >= of) return collector.finish();
    }
  }
}

/** @param {string} path @param {Blob} file */
async function bytesOf(path, file) {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new Refusal('bad_file', `${path} could not be read. It was moved or changed: choose it again.`);
  }
}

/** @param {Collected} collected @param {string} title @returns {Loaded} */
function loadedFrom(collected, title) {
  const about = aboutIn(collected.manifest(), title);
  /** @type {import('./protocol.js').SetReport} */
  const report = JSON.parse(collected.report());
  const trainImages = collected.file('trainImages');
  const files = /** @type {Record<FileKind, Blob>} */ (
    Object.fromEntries(
      KINDS.map((kind) => [kind, blobOf(kind === 'trainImages' ? trainImages : collected.file(kind), '')]),
    )
  );
  const { channels, rows, columns } = about.form;
  const size = channels * rows * columns;
  // The pixels are all that is in the file behind its header.
  const pixels = trainImages.subarray(channels === 1 ? 16 : 20);
  const samples = report.samples.map((places) => {
    const images = new Uint8Array(places.length * size);
    places.forEach((at, index) => images.set(pixels.subarray(at * size, (at + 1) * size), index * size));
    return images;
  });
  const bytes = KINDS.reduce((sum, kind) => sum + files[kind].size, 0);
  return { set: /** @type {`own-${string}`} */ (collected.name()), about, files, bytes, report, samples };
}

/** @param {Uint8Array} bytes @param {string} type */
const blobOf = (bytes, type) => new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)], { type });
