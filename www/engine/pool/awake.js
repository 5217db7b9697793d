/**
 * How long a worker that has nothing to do turns on instead of falling asleep: waking it takes the better
 * part of a tenth of a millisecond, twice in each step, and a step can be shorter than one.
 */
export const AWAKE_MS = 3;
