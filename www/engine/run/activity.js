/**
 * What the run is doing, as one value, and how commands and steps change it. Nothing here acts: the training loop asks
 * for the next activity and carries it out.
 */

/** @typedef {import('../protocol.js').Phase} Phase */
/** @typedef {'due' | 'running' | 'starved' | 'early'} Burst */

/**
 * `empty`: there is no network yet. `resting`: no step is wanted. `stepping`: `left` steps are still to be made,
 * infinitely many while training. `ending`: the last step of the run has been made, its evaluations have not; `left` is
 * kept in case epochs are added meanwhile. `diverged`: the loss is not a number.
 *
 * `training` is false for single steps, which are too short to be reported as training. While a `burst` of steps is
 * `running`, nothing may change what they build on; it is `starved` if the images of the next step have not arrived,
 * and `early` if training is slowed down and the time of the next step has not come.
 * @typedef {(
 *   | { is: 'empty' }
 *   | { is: 'resting' }
 *   | { is: 'stepping', left: number, training: boolean, burst: Burst }
 *   | { is: 'ending', left: number, training: boolean }
 *   | { is: 'diverged' }
 * )} Activity
 */

/** @type {Activity} */
export const EMPTY = { is: 'empty' };
/** @type {Activity} */
export const RESTING = { is: 'resting' };
/** @type {Activity} */
export const DIVERGED = { is: 'diverged' };

/**
 * Trains, without end or for so many steps.
 * @param {Activity} activity
 * @param {boolean} finished whether the run has made all of its steps
 * @param {number} [steps]
 * @returns {Activity}
 */
export function train(activity, finished, steps = Infinity) {
  if (activity.is === 'stepping' || activity.is === 'ending') return { ...activity, left: steps, training: true };
  if (activity.is !== 'resting' || finished) return activity;
  return { is: 'stepping', left: steps, training: true, burst: 'due' };
}

/**
 * Makes one step, or one more than are wanted, unless it is training anyway.
 * @param {Activity} activity
 * @param {boolean} finished
 * @returns {Activity}
 */
export function step(activity, finished) {
  if (activity.is === 'stepping' && !activity.training) return { ...activity, left: activity.left + 1 };
  if (activity.is !== 'resting' || finished) return activity;
  return { is: 'stepping', left: 1, training: false, burst: 'due' };
}

/** @param {Activity} activity @returns {Activity} */
export function pause(activity) {
  if (activity.is === 'ending') return { ...activity, left: 0, training: false };
  return activity.is === 'stepping' ? RESTING : activity;
}

/** @param {Activity} activity @param {Burst} burst @returns {Activity} */
export function withBurst(activity, burst) {
  return activity.is === 'stepping' ? { ...activity, burst } : activity;
}

/** Images have arrived. @param {Activity} activity @returns {Activity} */
export function fed(activity) {
  return activity.is === 'stepping' && activity.burst === 'starved' ? withBurst(activity, 'due') : activity;
}

/** The time of the next step has come. @param {Activity} activity @returns {Activity} */
export function ripe(activity) {
  return activity.is === 'stepping' && activity.burst === 'early' ? withBurst(activity, 'due') : activity;
}

/**
 * So many steps have been made.
 * @param {Activity} activity
 * @param {number} steps
 * @param {boolean} finished
 * @returns {Activity}
 */
export function made(activity, steps, finished) {
  if (activity.is !== 'stepping') return activity;
  const { training } = activity;
  const left = activity.left - steps;
  if (finished) return { is: 'ending', left, training };
  return left > 0 ? { is: 'stepping', left, training, burst: 'due' } : RESTING;
}

/**
 * The number of epochs may have changed.
 * @param {Activity} activity
 * @param {boolean} finished
 * @returns {Activity}
 */
export function configured(activity, finished) {
  if (activity.is === 'stepping' && finished) return { is: 'ending', left: activity.left, training: activity.training };
  if (activity.is !== 'ending' || finished) return activity;
  return activity.left > 0 ? { ...activity, is: 'stepping', burst: 'due' } : RESTING;
}

/** Steps that are still to be made. @param {Activity} activity */
export const stepsLeft = (activity) => (activity.is === 'stepping' || activity.is === 'ending' ? activity.left : 0);

/** Whether a burst of steps is running. @param {Activity} activity */
export const isStepping = (activity) => activity.is === 'stepping' && activity.burst === 'running';

/** Whether there is something to do at once. @param {Activity} activity */
export const isBusy = (activity) =>
  activity.is === 'ending' || (activity.is === 'stepping' && ['due', 'running'].includes(activity.burst));

/**
 * How it is reported to the page.
 * @param {Activity} activity
 * @param {{ step: number, finished: boolean }} position
 * @returns {Phase}
 */
export function phaseOf(activity, { step, finished }) {
  if (activity.is === 'diverged') return 'diverged';
  if ((activity.is === 'stepping' || activity.is === 'ending') && activity.training) return 'training';
  if (activity.is === 'resting' && finished) return 'finished';
  return step === 0 ? 'ready' : 'paused';
}
