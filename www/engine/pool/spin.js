/**
 * How long a worker that has nothing to do spins instead of falling asleep: waking it takes the better
 * part of a tenth of a millisecond, twice in each step, and a step can be shorter than that.
 */
export const SPIN_MS = 3;
