/**
 * What can be undone and redone. `series` names what the last change belonged to: changes of one
 * series, like the digits of a number being typed, are undone together.
 * @template T
 * @typedef {{ past: readonly T[], future: readonly T[], series: string | null }} History
 */

/** Changes that can be undone. */
const DEPTH = 200;

/** @type {History<never>} */
export const EMPTY = { past: [], future: [], series: null };

/**
 * @template T
 * @param {History<T>} history
 * @param {T} before what stood there before the change
 * @param {string | null} [series]
 * @returns {History<T>}
 */
export function record(history, before, series = null) {
  if (series !== null && series === history.series) return history;
  return { past: [...history.past, before].slice(-DEPTH), future: [], series };
}

/**
 * The next change begins a series of its own.
 * @template T
 * @param {History<T>} history
 * @param {boolean} [unchanged] the series has returned to where it began: there is nothing to undo
 * @returns {History<T>}
 */
export function endSeries({ past, future, series }, unchanged = false) {
  return { past: series !== null && unchanged ? past.slice(0, -1) : past, future, series: null };
}

/**
 * @template T
 * @param {History<T>} history
 * @param {T} now
 * @returns {{ history: History<T>, value: T }} the value before; `now` if nothing can be undone
 */
export function undo({ past, future }, now) {
  const value = past.at(-1);
  if (value === undefined) return { history: { past, future, series: null }, value: now };
  return { history: { past: past.slice(0, -1), future: [now, ...future], series: null }, value };
}

/**
 * @template T
 * @param {History<T>} history
 * @param {T} now
 * @returns {{ history: History<T>, value: T }}
 */
export function redo({ past, future }, now) {
  const [value, ...rest] = future;
  if (value === undefined) return { history: { past, future, series: null }, value: now };
  return { history: { past: [...past, now], future: rest, series: null }, value };
}
