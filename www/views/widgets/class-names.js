/** What the running data set shows, for views that know of no lab. */

import { createContext } from 'svelte';

/** @typedef {import('../../model/data-sets.js').Classes} Classes */

/** Of so many classes each has its place; of more, those with the largest numbers come first. */
export const MOST_IN_ORDER = 10;

/** @param {ArrayLike<number> | null} values of the classes @param {number} count of the classes */
export function largestFirst(values, count) {
  const order = Array.from({ length: count }, (_, label) => label);
  const size = (/** @type {number} */ label) => Math.abs(Number(values?.[label])) || 0;
  return count > MOST_IN_ORDER ? order.sort((a, b) => size(b) - size(a)) : order;
}

export const [getClasses, setClasses] = /** @type {typeof createContext<() => Classes>} */ (createContext)();
