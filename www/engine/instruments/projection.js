/**
 * The two directions in which points differ most (principal component analysis), by orthogonal iteration: two
 * directions are multiplied by the covariance again and again, and kept at right angles. It continues from the
 * directions of the last points, so that a picture of it moves and does not jump or flip.
 *
 * Source: Golub and Van Loan, Matrix Computations, 8.2.4.
 */

/** Iterations from a fresh start, and from the directions of a moment ago. */
const FRESH = 24;
const WARM = 6;

export class Projection {
  /** @type {Float32Array} */
  #points = new Float32Array();
  #count = 0;
  #width = 0;
  #mean = new Float64Array();
  /** The two directions, one after the other. */
  #axes = new Float64Array();
  #iterationsLeft = 0;

  /**
   * @param {Float32Array} points `count` of them, one after the other
   * @param {number} count
   */
  begin(points, count) {
    const width = points.length / count;
    const warm = width === this.#width;
    [this.#points, this.#count, this.#width] = [points, count, width];
    this.#mean = this.#meanPoint();
    if (!warm) this.#axes = startingAxes(width);
    this.#iterationsLeft = warm ? WARM : FRESH;
  }

  /** One iteration. @returns {boolean} whether that was the last */
  improve() {
    const [along, next] = [new Float64Array(2), new Float64Array(this.#axes.length)];
    for (let point = 0; point < this.#count; point++) {
      this.#project(point, along);
      const [x, y] = [Number(along[0]), Number(along[1])];
      for (let at = 0; at < this.#width; at++) {
        const value = Number(this.#points[point * this.#width + at]) - Number(this.#mean[at]);
        next[at] = Number(next[at]) + x * value;
        next[this.#width + at] = Number(next[this.#width + at]) + y * value;
      }
    }
    this.#axes = orthonormal(next, this.#axes);
    this.#iterationsLeft -= 1;
    return this.#iterationsLeft <= 0;
  }

  /** @returns {{ points: Float32Array, explained: number }} x and y of each point, and the share of all variance in them */
  result() {
    const points = new Float32Array(2 * this.#count);
    const along = new Float64Array(2);
    let [inside, all] = [0, 0];
    for (let point = 0; point < this.#count; point++) {
      all += this.#project(point, along);
      points.set(along, 2 * point);
      inside += Number(along[0]) ** 2 + Number(along[1]) ** 2;
    }
    return { points, explained: all > 0 ? Math.min(1, inside / all) : 0 };
  }

  /**
   * Writes how far a point lies along each direction.
   * @param {number} point
   * @param {Float64Array} along
   * @returns {number} the square of its distance from the mean
   */
  #project(point, along) {
    let [x, y, square] = [0, 0, 0];
    for (let at = 0; at < this.#width; at++) {
      const value = Number(this.#points[point * this.#width + at]) - Number(this.#mean[at]);
      x += value * Number(this.#axes[at]);
      y += value * Number(this.#axes[this.#width + at]);
      square += value * value;
    }
    along[0] = x;
    along[1] = y;
    return square;
  }

  #meanPoint() {
    const mean = new Float64Array(this.#width);
    this.#points.forEach((value, index) => (mean[index % this.#width] = Number(mean[index % this.#width]) + value));
    return mean.map((sum) => sum / this.#count);
  }
}

/** Two directions at right angles that no data prefers. @param {number} width */
function startingAxes(width) {
  const axes = new Float64Array(2 * width);
  for (let at = 0; at < width; at++) {
    axes[at] = Math.cos(1 + 2.4 * at);
    axes[width + at] = Math.sin(2 + 1.7 * at * at);
  }
  return orthonormal(axes, axes);
}

/**
 * Both of length 1 and at right angles (Gram-Schmidt). A direction in which nothing differs stays as it was.
 * @param {Float64Array} axes
 * @param {Float64Array} before
 */
function orthonormal(axes, before) {
  const width = axes.length / 2;
  const first = normal(axes.subarray(0, width)) ?? before.slice(0, width);
  const second = axes.slice(width);
  const overlap = second.reduce((sum, value, at) => sum + value * Number(first[at]), 0);
  second.forEach((value, at) => (second[at] = value - overlap * Number(first[at])));
  const result = new Float64Array(axes.length);
  result.set(first);
  result.set(normal(second) ?? before.subarray(width), width);
  return result;
}

/** @param {Float64Array} axis */
function normal(axis) {
  const length = Math.sqrt(axis.reduce((sum, value) => sum + value * value, 0));
  return length > 1e-12 && Number.isFinite(length) ? axis.map((value) => value / length) : null;
}
