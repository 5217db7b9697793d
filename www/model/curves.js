/**
 * The numbers behind the learning curves: plain typed arrays that grow, outside any reactivity.
 *
 * Memory is bounded. When a series is full, neighbouring points are averaged in pairs and every
 * later point covers twice as many steps: the whole run stays visible, at an even resolution
 * far finer than a screen.
 */

/** Points a series holds before it is thinned out: 48 KB a series, no thinning within nine default epochs. */
export const CAPACITY = 16_384;

/** @typedef {{ step: Uint32Array, loss: Float32Array, accuracy: Float32Array, stride: number }} StoredSeries */
/** @typedef {{ train: StoredSeries, validation: StoredSeries, test: StoredSeries, marks: Mark[] }} StoredCurves */

/** One curve: loss and accuracy over steps. */
export class Series {
  #step = new Uint32Array(CAPACITY);
  #loss = new Float32Array(CAPACITY);
  #accuracy = new Float32Array(CAPACITY);
  #length = 0;
  /** How many added points one kept point stands for. */
  #stride = 1;
  /** How many added points the last kept point stands for so far. */
  #inLast = 1;

  get length() {
    return this.#length;
  }

  /** Steps of the points, rising. The arrays are views: read them, do not keep them. */
  get step() {
    return this.#step.subarray(0, this.#length);
  }

  get loss() {
    return this.#loss.subarray(0, this.#length);
  }

  get accuracy() {
    return this.#accuracy.subarray(0, this.#length);
  }

  /**
   * @param {number} step
   * @param {number} loss
   * @param {number} accuracy
   */
  add(step, loss, accuracy) {
    if (this.#length > 0 && this.#inLast < this.#stride) {
      this.#inLast += 1;
      this.#blend(this.#length - 1, step, loss, accuracy, 1 / this.#inLast);
      return;
    }
    if (this.#length === CAPACITY) this.#halve();
    this.#step[this.#length] = step;
    this.#loss[this.#length] = loss;
    this.#accuracy[this.#length] = accuracy;
    this.#length += 1;
    this.#inLast = 1;
  }

  /**
   * Forgets everything after `step`.
   * @param {number} step
   */
  truncate(step) {
    while (this.#length > 0 && /** @type {number} */ (this.#step[this.#length - 1]) > step) this.#length -= 1;
    this.#inLast = this.#stride;
  }

  /** A copy that can be stored. @returns {StoredSeries} */
  stored() {
    const [step, loss, accuracy] = [this.step.slice(), this.loss.slice(), this.accuracy.slice()];
    return { step, loss, accuracy, stride: this.#stride };
  }

  /** @param {StoredSeries} stored */
  static from({ step, loss, accuracy, stride }) {
    const series = new Series();
    series.#length = Math.min(step.length, CAPACITY);
    series.#step.set(step.subarray(0, CAPACITY));
    series.#loss.set(loss.subarray(0, CAPACITY));
    series.#accuracy.set(accuracy.subarray(0, CAPACITY));
    series.#stride = series.#inLast = stride;
    return series;
  }

  #halve() {
    for (let to = 0; to < CAPACITY / 2; to += 1) {
      this.#move(2 * to, to);
      this.#move(2 * to + 1, to, 0.5);
    }
    this.#length = CAPACITY / 2;
    this.#stride *= 2;
  }

  /**
   * @param {number} from
   * @param {number} to
   * @param {number} [share]
   */
  #move(from, to, share = 1) {
    const [step, loss, accuracy] = [this.#step[from], this.#loss[from], this.#accuracy[from]];
    this.#blend(to, Number(step), Number(loss), Number(accuracy), share);
  }

  /**
   * Mixes the new numbers into the point at `at` with weight `share`; the point then covers the steps up to `step`.
   * @param {number} at
   * @param {number} step
   * @param {number} loss
   * @param {number} accuracy
   * @param {number} share
   */
  #blend(at, step, loss, accuracy, share) {
    const mix = (/** @type {number} */ old, /** @type {number} */ next) =>
      share === 1 ? next : old + (next - old) * share;
    this.#step[at] = step;
    this.#loss[at] = mix(Number(this.#loss[at]), loss);
    this.#accuracy[at] = mix(Number(this.#accuracy[at]), accuracy);
  }
}

/** @typedef {{ step: number, label: string }} Mark the settings that the steps after this one were made with, if they changed */

/** Everything drawn over steps. */
export class Curves {
  train = new Series();
  validation = new Series();
  test = new Series();
  /** @type {Mark[]} */
  marks = [];

  /**
   * Marks of one step are joined, so that moving a slider leaves one mark.
   * @param {number} step
   * @param {string} label
   */
  mark(step, label) {
    const others = this.marks.filter((mark) => mark.step !== step);
    const here = this.marks.filter((mark) => mark.step === step).map((mark) => mark.label);
    this.marks = [...others, { step, label: [...here, label].join(', ') }].slice(-MARKS);
  }

  /** A copy that can be stored. @returns {StoredCurves} */
  stored() {
    const [train, validation, test] = [this.train.stored(), this.validation.stored(), this.test.stored()];
    return { train, validation, test, marks: this.marks };
  }

  /** @param {StoredCurves} stored */
  static from({ train, validation, test, marks }) {
    const curves = new Curves();
    curves.train = Series.from(train);
    curves.validation = Series.from(validation);
    curves.test = Series.from(test);
    curves.marks = marks;
    return curves;
  }

  /** @param {number} step */
  truncate(step) {
    for (const series of [this.train, this.validation, this.test]) series.truncate(step);
    // A change after `step` is made again by the step that follows, if it is made with it.
    this.marks = this.marks.filter((mark) => mark.step < step);
  }
}

/** More marks than can be told apart on a chart. */
const MARKS = 200;
