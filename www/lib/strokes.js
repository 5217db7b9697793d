/**
 * A drawing kept as vectors: strokes are lists of points in the unit square, x to the right and y
 * down. Vectors, because the small image is drawn anew from them at its own scale (see digit.js).
 */

/** @typedef {{ x: number, y: number }} Point */
/** @typedef {readonly Point[]} Stroke */

/** Points beyond this number in one stroke are dropped: an hour of scribbling must not slow the page. */
export const MOST_POINTS = 4000;

export class Drawing {
  /** @type {Point[][]} */
  #strokes = [];
  #open = false;

  /** Draws it anew, where it is shown, after it was changed by something else than the pen. */
  redraw = () => {};

  /** @returns {readonly Stroke[]} */
  get strokes() {
    return this.#strokes;
  }

  get isEmpty() {
    return this.#strokes.length === 0;
  }

  /** @param {Point} point */
  begin(point) {
    this.#strokes.push([point]);
    this.#open = true;
  }

  /**
   * Adds a point to the stroke under way.
   * @param {Point} point
   * @returns {boolean} whether anything changed
   */
  extend(point) {
    const stroke = this.#strokes.at(-1);
    const last = stroke?.at(-1);
    if (!this.#open || !stroke || !last || stroke.length >= MOST_POINTS) return false;
    if (last.x === point.x && last.y === point.y) return false;
    stroke.push(point);
    return true;
  }

  end() {
    this.#open = false;
  }

  /** Takes back the last stroke. */
  undo() {
    this.#strokes.pop();
    this.#open = false;
  }

  clear() {
    this.#strokes = [];
    this.#open = false;
  }
}
