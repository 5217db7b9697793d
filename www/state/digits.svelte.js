/**
 * The digits that can be looked up: labels of the images that are judged, and pictures of the test set.
 * Both are the same for every network, so what has come is kept as long as the data set is the same. Only what a view
 * asks for is fetched.
 */

/** @typedef {import('../model/reports.js').TestImage} TestImage */
/** @typedef {{ validation: Uint8Array, test: Uint8Array }} Labels in the order of their splits */

/** Bytes before the labels in an IDX file. */
const HEADER = 8;
/** The last of the training images are for validation. */
const VALIDATION_IMAGES = 5_000;
/** Pictures asked for in one message: the worker answers between two steps. */
const CHUNK = 64;

export class Digits {
  /** Null until `needLabels` has brought them. @type {Labels | null} */
  labels = $state.raw(null);
  /** True when they could not be read; `needLabels` tries again. */
  labelsFailed = $state(false);

  #fetchImages;
  #fetchFile;
  /** @type {Promise<Labels> | null} */
  #labelsUnderWay = null;
  /** @type {Map<number, TestImage>} */
  #images = new Map();
  #version = $state(0);
  /** @type {number[]} */
  #queue = [];
  /** What has been asked for and not answered. @type {Set<number>} */
  #underWay = new Set();

  /**
   * @param {(indices: number[]) => Promise<TestImage[]>} fetchImages
   * @param {(name: string) => Promise<Response>} fetchFile
   */
  constructor(fetchImages, fetchFile) {
    this.#fetchImages = fetchImages;
    this.#fetchFile = fetchFile;
  }

  /** @param {number} index in the test set @returns {TestImage | null} null until it has come; ask for it with `want` */
  image(index) {
    void this.#version;
    return this.#images.get(index) ?? null;
  }

  /**
   * Fetches test images that have not come yet, these before all that were wanted earlier.
   * @param {readonly number[]} indices
   */
  want(indices) {
    const wanted = indices.filter((index) => !this.#images.has(index) && !this.#underWay.has(index));
    if (wanted.length === 0) return;
    this.#queue = [...new Set([...wanted, ...this.#queue])];
    this.#work();
  }

  /** Fetches the labels, unless they are here. */
  async needLabels() {
    if (this.labels || this.#labelsUnderWay) return;
    this.labelsFailed = false;
    const underWay = (this.#labelsUnderWay = this.#fetchLabels());
    const labels = await underWay.catch(() => null);
    if (underWay !== this.#labelsUnderWay) return;
    this.#labelsUnderWay = null;
    this.labels = labels;
    this.labelsFailed = !labels;
  }

  /** Another data set is used from now on. */
  clear() {
    this.labels = null;
    this.labelsFailed = false;
    this.#labelsUnderWay = null;
    this.#images.clear();
    this.#queue = [];
    this.#version += 1;
  }

  /** @returns {Promise<Labels>} */
  async #fetchLabels() {
    const read = async (/** @type {string} */ name) => labelsIn(await this.#fetchFile(name));
    const [train, test] = await Promise.all(['train', 't10k'].map((split) => read(`${split}-labels-idx1-ubyte.gz`)));
    if (!train || !test) throw new Error('no labels');
    return { validation: train.subarray(-VALIDATION_IMAGES), test };
  }

  async #work() {
    if (this.#underWay.size > 0) return;
    while (this.#queue.length > 0) {
      const chunk = this.#queue.slice(0, CHUNK);
      this.#queue = this.#queue.slice(CHUNK);
      this.#underWay = new Set(chunk);
      try {
        const found = await this.#fetchImages(chunk);
        found.forEach((image) => this.#images.set(image.index, image));
        if (found.length > 0) this.#version += 1;
      } catch {
        // The worker was replaced. Views ask again when something comes from the new one.
        this.#queue = [];
      }
      this.#underWay.clear();
    }
  }
}

/**
 * @param {Response} response an IDX file of labels, packed, unless the server unpacks it on the way
 */
async function labelsIn(response) {
  if (!response.ok) throw new Error(`status ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!packed) return bytes.subarray(HEADER);
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(unpacked).arrayBuffer()).subarray(HEADER);
}
