/** Where the four files of a data set come from: a folder of the host, or the page, which hands over those of a set of one's own. */

import { folderOf, setOf } from '../../model/data-sets.js';
import { Refusal } from '../problem.js';

/** @typedef {import('../../model/data-sets.js').DataSet} DataSet */
/** @typedef {import('../session.js').FileKind} FileKind */
/** @typedef {Record<FileKind, string>} Names */

/**
 * `names` is what messages call the files. `open` returns what is in one of them, perhaps with gzip around it; `lost` is why
 * no more of it can be read.
 * @typedef {{
 *   set: DataSet, names: Names, open(kind: FileKind, signal: AbortSignal): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>,
 *   lost(kind: FileKind): Refusal,
 * }} Source
 */

/** In the order of loading: there is something to see as soon as there are test images, and training images take longest. @type {readonly FileKind[]} */
export const KINDS = ['testImages', 'testLabels', 'trainLabels', 'trainImages'];

/** @type {Names} */
const NAMES = {
  trainImages: 'train-images-idx3-ubyte',
  trainLabels: 'train-labels-idx1-ubyte',
  testImages: 't10k-images-idx3-ubyte',
  testLabels: 't10k-labels-idx1-ubyte',
};

/** As a host has them. @type {Names} */
export const ZIPPED_NAMES = /** @type {Names} */ (
  Object.fromEntries(Object.entries(NAMES).map(([kind, name]) => [kind, `${name}.gz`]))
);

/**
 * The size of a file of a set, unpacked.
 * @param {FileKind} kind
 * @param {Pick<import('../../model/data-sets.js').Classes, 'form' | 'sizes'>} set
 */
export function bytesOf(kind, { form, sizes }) {
  const images = kind.startsWith('train') ? sizes.training + sizes.validation : sizes.test;
  if (kind.endsWith('Labels')) return 8 + images;
  // The header of coloured images has their channels too.
  const header = form.channels === 1 ? 16 : 20;
  return header + images * form.channels * form.rows * form.columns;
}

/** All four files of a set. @param {DataSet} set */
export const totalBytes = (set) => KINDS.reduce((sum, kind) => sum + bytesOf(kind, setOf(set)), 0);

/** @implements {Source} */
export class HostedFiles {
  names = ZIPPED_NAMES;
  set;
  url;
  #fetch;

  /** @param {string} dataUrl the folder of all sets @param {DataSet} set @param {typeof fetch} fetch */
  constructor(dataUrl, set, fetch) {
    this.set = set;
    this.url = folderOf(dataUrl, set);
    this.#fetch = fetch;
  }

  /** @param {FileKind} kind @param {AbortSignal} signal */
  async open(kind, signal) {
    const name = this.names[kind];
    const response = await this.#fetch(this.url + name, { signal }).catch(() => {
      throw this.lost(kind);
    });
    if (response.status === 404) throw new Refusal('missing_file', `${name} is not where it should be: ${this.url}.`);
    if (!response.ok || !response.body) {
      throw new Refusal('network', `${name} could not be fetched: the server answered ${response.status}.`);
    }
    return response.body;
  }

  /** @param {FileKind} kind */
  lost(kind) {
    return new Refusal('network', `${this.names[kind]} could not be fetched: the connection failed.`);
  }
}

/** @implements {Source} */
export class OwnFiles {
  names = NAMES;
  set;
  #files;

  /** @param {DataSet} set @param {Record<FileKind, Blob>} files */
  constructor(set, files) {
    this.set = set;
    this.#files = files;
  }

  /** @param {FileKind} kind */
  async open(kind) {
    return this.#files[kind].stream();
  }

  /** The browser keeps large blobs on the disk. @param {FileKind} kind */
  lost(kind) {
    return new Refusal('bad_file', `${this.names[kind]} of your images can no longer be read. Open their file again.`);
  }
}
