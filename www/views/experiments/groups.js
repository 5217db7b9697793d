/** The runs of an experiment that differ only in their seed belong together: they have a name, a colour and a row. */

import { categoryColour } from '../../charts/categories.js';
import { divergences } from './run-lines.js';

/** @typedef {import('../../state/experiment-run.svelte.js').RunState} RunState */
/** `indices` are those of its runs. @typedef {{ name: string, indices: number[] }} Group */

/** @param {readonly { group: string }[]} planned @returns {Group[]} */
export function groupsOf(planned) {
  const names = [...new Set(planned.map(({ group }) => group))];
  return names.map((name) => ({ name, indices: [...planned.keys()].filter((run) => planned[run]?.group === name) }));
}

/** The colour of each run. @param {import('../../charts/palette.js').Theme} theme @param {readonly { group: string }[]} planned */
export function coloursOf(theme, planned) {
  const names = groupsOf(planned).map(({ name }) => name);
  return planned.map(({ group }) => categoryColour(theme, names.indexOf(group)));
}

/**
 * How far the runs of a group are. `loss` is the mean of their last ones, null until all have ended; `diverged` the step
 * at which the first of them diverged, if any.
 * @param {readonly RunState[]} runs
 * @returns {{
 *   problem: string | null, steps: number, made: number, loss: number | null, diverged: number | null, canOpen: boolean,
 * }}
 */
export function progressOf(runs) {
  const sum = (/** @type {(run: RunState) => number} */ of) => runs.reduce((total, run) => total + of(run), 0);
  const isDone = runs.every(({ values }) => values);
  return {
    problem: runs.find(({ problem }) => problem)?.problem ?? null,
    steps: sum(({ steps }) => steps),
    made: sum(({ losses }) => losses.length),
    loss: isDone ? sum(({ losses }) => losses.at(-1) ?? NaN) / runs.length : null,
    diverged: divergences(runs)[0]?.step ?? null,
    canOpen: (runs[0]?.stops.length ?? 0) > 0,
  };
}
