/**
 * The number that an open layer explains. It moves on by itself; it follows the pointer while that is over the
 * layer, and a click or a key pins it.
 */

/** Two numbers a second. */
const PAUSE_MS = 500;

export class Walk {
  #auto = $state(0);
  /** @type {number | null} */
  pinned = $state(null);
  /** @type {number | null} */
  hovered = $state(null);
  paused = $state(false);
  /** The input channel whose products are shown. */
  channel = $state(0);

  /** @param {boolean} paused whether it does not move by itself until it is asked to */
  constructor(paused) {
    this.paused = paused;
  }

  get position() {
    return this.hovered ?? this.pinned ?? this.#auto;
  }

  get moving() {
    return !this.paused && this.pinned === null && this.hovered === null;
  }

  /** @param {number} position */
  pin(position) {
    this.pinned = position;
    this.hovered = null;
  }

  /** Walks on from where it was pinned. */
  release() {
    this.#auto = this.pinned ?? this.#auto;
    this.pinned = null;
  }

  /** Stops where it is, or walks on. */
  toggle() {
    if (this.moving) {
      this.paused = true;
      return;
    }
    this.release();
    this.paused = false;
  }

  /** @param {number} position where it begins */
  begin(position) {
    this.#auto = position;
    this.pinned = this.hovered = null;
    this.channel = 0;
  }

  /**
   * @param {(position: number) => number} next
   * @returns {() => void} ends the walk
   */
  start(next) {
    const timer = setInterval(() => (this.#auto = next(this.#auto)), PAUSE_MS);
    return () => clearInterval(timer);
  }
}
