/**
 * A collector that decodes nothing: each file is one image, of the class that its folder is called. The image has the size of
 * the file everywhere.
 */
export class FakeCollector {
  /** @type {{ path: string, value: number }[]} */
  images = [];
  freed = false;
  /** @type {import('../../model/collected.js').Choices | null} */
  #choices = null;
  #done = 0;

  /** @param {string} path @param {Uint8Array} bytes */
  add(path, bytes) {
    if (path.endsWith('.txt')) {
      throw Object.assign(new Error(`${path}: expected an image, got text.`), { code: 'bad_file' });
    }
    this.images.push({ path, value: bytes.length % 256 });
  }

  get classes() {
    return [...new Set(this.images.map(({ path }) => classOf(path)))].sort();
  }

  survey() {
    const classes = this.classes.map((name) => {
      return { name, training: 0, validation: 0, test: 0, unassigned: this.#of(name).length };
    });
    return JSON.stringify({
      ...{ kind: 'pictures', images: this.images.length, bytes: this.images.length * 64, channels: 1, equal: true },
      ...{ sizes: [{ rows: 8, columns: 8, images: this.images.length }], classes, splits: [], warnings: [] },
      choices: { any: true, sizes: [[8, 8]], shares: true, labelColumn: false, lightBorder: false },
      proposal: {
        ...{ rows: 8, columns: 8, channels: 1, invert: false, labelColumn: null, seed: 1 },
        shares: { training: 80, validation: 10, test: 10 },
      },
    });
  }

  /** @param {string} choices */
  prepare(choices) {
    this.#choices = JSON.parse(choices);
    this.#done = 0;
    return JSON.stringify({ done: 0, of: this.images.length });
  }

  /** @param {number} images */
  advance(images) {
    this.#done = Math.min(this.#done + images, this.images.length);
    return JSON.stringify({ done: this.#done, of: this.images.length });
  }

  finish() {
    return new FakeCollected(this.images, this.classes, this.#choices?.rows ?? 8);
  }

  free() {
    this.freed = true;
  }

  /** @param {string} name */
  #of(name) {
    return this.images.filter(({ path }) => classOf(path) === name);
  }
}

class FakeCollected {
  #images;
  #classes;
  #side;

  /** @param {{ path: string, value: number }[]} images @param {string[]} classes @param {number} side */
  constructor(images, classes, side) {
    this.#images = images;
    this.#classes = classes;
    this.#side = side;
  }

  name() {
    return `own-${String(this.#images.length).padStart(64, '0')}`;
  }

  manifest() {
    const { length } = this.#images;
    const lines = [`images 1 ${this.#side} ${this.#side}`, `splits ${length} 0 0`, 'normalization 0.1307 0.3081'];
    return ['convscope set 1', ...lines, ...this.#classes.map((name) => `class ${name}`), ''].join('\n');
  }

  /** @param {string} kind */
  file(kind) {
    const size = this.#side ** 2;
    if (kind === 'trainImages') {
      return Uint8Array.from([...header(16), ...this.#images.flatMap(({ value }) => Array(size).fill(value))]);
    }
    if (kind !== 'trainLabels') return Uint8Array.from(header(8));
    return Uint8Array.from([...header(8), ...this.#images.map(({ path }) => this.#classes.indexOf(classOf(path)))]);
  }

  report() {
    const places = (/** @type {string} */ name) =>
      this.#images.flatMap(({ path }, index) => (classOf(path) === name ? [index] : [])).slice(0, 10);
    const samples = this.#classes.map(places);
    const training = samples.map(({ length }) => length);
    const none = samples.map(() => 0);
    return JSON.stringify({
      ...{ classes: this.#classes, samples, balance: { training, validation: none, test: none } },
      ...{ normalization: [0.1307, 0.3081], broken: [], warnings: ['1 images have one shade only.'] },
    });
  }

  zip() {
    return Uint8Array.of(0x50, 0x4b);
  }

  free() {}
}

/** @param {string} path */
const classOf = (path) => path.split('/').at(-2) ?? 'image';

/** @param {number} length */
const header = (length) => Array(length).fill(0);
