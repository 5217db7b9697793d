/**
 * The digits that can be looked up: labels of the images that are judged, and pictures of the test set.
 * Both are the same for every network, so what has come is kept. Only what a view asks for is fetched.
 */

/** @typedef {import('../protocol.js').TestImage} TestImage */
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
  #labelsUnderWay = false;
  /** @type {Map<number, TestImage>} */
  #images = new Map();
  #version = $state(0);
  /** @type {number[]} */
  #queue = [];
  /** What has been asked for and not answered. @type {Set<number>} */
  #underWay = new Set();

  /**
   * @param {(indices: number[]) => Promise<TestImage[]>} fetchImages
   * @param {(name: string) => Promise<Response>} [fetchFile]
   */
  constructor(fetchImages, fetchFile = (name) => fetch(new URL(`mnist/${name}`, document.baseURI))) {
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
    this.#labelsUnderWay = true;
    this.labelsFailed = false;
    try {
      const [train, test] = await Promise.all(
        ['train-labels-idx1-ubyte.gz', 't10k-labels-idx1-ubyte.gz'].map(async (name) =>
          labelsIn(await this.#fetchFile(name)),
        ),
      );
      if (train && test) this.labels = { validation: train.subarray(-VALIDATION_IMAGES), test };
    } catch {
      this.labelsFailed = true;
    }
    this.#labelsUnderWay = false;
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
