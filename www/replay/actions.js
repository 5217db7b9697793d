/** What a visitor does, as a replay keeps it. Each action says what the page is to be like afterwards. */

import { same } from '../lib/same.js';

/** @typedef {import('../lib/strokes.js').Stroke} Stroke */
/** @typedef {import('../link/view-text.js').CardRef} CardRef */
/** @typedef {import('../link/view-text.js').ViewChoices} ViewChoices */
/** @typedef {import('../model/reports.js').WeightRef} WeightRef */
/** @typedef {import('../model/spec.js').Spec} Spec */

/**
 * `restart`: a run begins with `spec`. `settings`: they are set, and used as soon as they can be. `train`: until `to` steps
 * have been made. `draw`: the drawing has these strokes; `times` has for each when it began and ended. `look`: an image of
 * the data set is viewed. `card`: that of a lesson is open, or none. `back`: the run, by its place among those of the
 * recording, is at an earlier step. `recover`: from a divergence, to the last good weights.
 * @typedef {(
 *   | { do: 'restart', spec: Spec }
 *   | { do: 'settings', spec: Spec }
 *   | { do: 'train', to: number, took: number }
 *   | { do: 'draw', strokes: readonly Stroke[], times: readonly (readonly [begun: number, ended: number])[] }
 *   | { do: 'look', split: import('../model/reports.js').Split, image: number }
 *   | { do: 'view', choices: ViewChoices }
 *   | { do: 'card', card: CardRef | null }
 *   | { do: 'back', run: number, step: number }
 *   | { do: 'recover' }
 *   | { do: 'weight', place: WeightRef, value: number }
 * )} Deed
 */

/** `at`: when it began. All times are in milliseconds, those of strokes from the beginning of the action, all others from that of the recording. @typedef {Deed & { at: number }} Action */

/** What the recording led to, where it is known: the engine's version, the step, the fingerprint of the weights. @typedef {{ engine: string, step: number, weights: string }} Outcome */
/** @typedef {{ actions: readonly Action[], outcome: Outcome | null }} Replay */

/** As many as anyone watches. */
export const MOST_ACTIONS = 2_000;

/** When it ended. @param {Action} action */
export function endOf(action) {
  if (action.do === 'train') return action.at + action.took;
  if (action.do === 'draw') return action.at + (action.times.at(-1)?.[1] ?? 0);
  return action.at;
}

/**
 * The actions with one more. A slider that moves on, a weight that is dragged and an image after an image are one action,
 * which ends where the last one did.
 * @param {readonly Action[]} actions
 * @param {Action} next
 * @returns {Action[]}
 */
export function withAction(actions, next) {
  const last = actions.at(-1);
  if (!last || !continues(last, next, specBefore(actions, actions.length - 1))) return [...actions, next];
  return [...actions.slice(0, -1), { ...next, at: last.at }];
}

/** @param {Action} last @param {Action} next @param {Spec | null} before `last` */
function continues(last, next, before) {
  if (last.do === 'settings' && next.do === 'settings') {
    const moved = changed(before, last.spec);
    // A slider may have come back to where it was.
    return before !== null && (moved.length === 0 || same(moved, changed(last.spec, next.spec)));
  }
  if (last.do === 'weight' && next.do === 'weight') return same(last.place, next.place);
  return last.do === 'look' && next.do === 'look' && next.at - last.at < SKIM_MS;
}

/** Images that are viewed for a shorter time are skipped. */
const SKIM_MS = 400;

/** The spec that an action finds. @param {readonly Action[]} actions @param {number} index @returns {Spec | null} */
export function specBefore(actions, index) {
  const action = actions.slice(0, index).findLast(({ do: deed }) => deed === 'restart' || deed === 'settings');
  return action && 'spec' in action ? action.spec : null;
}

/**
 * The paths of all values that differ.
 * @param {unknown} a
 * @param {unknown} b
 * @param {string} path
 * @returns {string[]}
 */
function changed(a, b, path = '') {
  if (same(a, b)) return [];
  if (!isParent(a) || !isParent(b)) return [path];
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return names.flatMap((name) => changed(a[name], b[name], `${path}.${name}`));
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isParent = (value) => typeof value === 'object' && value !== null;
