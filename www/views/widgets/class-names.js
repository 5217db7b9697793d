/** What the running data set shows, for views that know of no lab. */

import { createContext } from 'svelte';

/** @typedef {import('../../model/data-sets.js').Classes} Classes */

export const [getClasses, setClasses] = /** @type {typeof createContext<() => Classes>} */ (createContext)();
