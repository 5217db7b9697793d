/** The filters of the first layer over time, as strips: a column for each step that is kept, a row for each filter. */

import { same } from '../../lib/same.js';
import { keptSteps } from '../../model/kept-steps.js';

/** @typedef {import('../../experiments/form.js').PlannedRun} PlannedRun */
/** @typedef {Pick<import('../../state/experiment-run.svelte.js').RunState, 'filters'>} Filmed */

/**
 * `name` is that of the run which ends there, if any; `weights` are null until they are known.
 * @typedef {{ step: number, name: string, weights: ArrayLike<number> | null }} Column
 * @typedef {{ name: string, filters: number, height: number, width: number, columns: Column[] }} Strip
 */

/**
 * One strip for each run; but runs that are the beginning of a longer one are a part of its strip.
 * @param {readonly PlannedRun[]} planned
 * @param {readonly Filmed[]} runs
 * @returns {Strip[]}
 */
export function stripsOf(planned, runs) {
  const longest = planned.filter((run) => !planned.some((other) => isBeginning(run, other)));
  return longest.map((run) => {
    const indices = [...planned.keys()].filter((index) => planned[index] === run || isBeginning(planned[index], run));
    const ends = new Map(indices.map((index) => [planned[index]?.steps ?? 0, planned[index]?.name ?? '']));
    const frames = indices.flatMap((index) => runs[index]?.filters ?? []);
    const steps = [...new Set([...keptSteps(run.steps), ...ends.keys()])].sort((a, b) => a - b);
    return {
      ...{ name: run.name, ...sizeOf(run) },
      columns: steps.map((step) => ({
        ...{ step, name: ends.get(step) ?? '' },
        weights: frames.find((frame) => frame.step === step)?.weights ?? null,
      })),
    };
  });
}

/** @param {PlannedRun | undefined} run @param {PlannedRun} other */
const isBeginning = (run, other) =>
  run !== undefined && run.steps < other.steps && same([run.spec, run.nudges], [other.spec, other.nudges]);

/** @param {PlannedRun} run whose first layer is a convolution of one channel */
function sizeOf({ spec }) {
  const [first] = spec.layers;
  if (first?.type !== 'conv2d') return { filters: 0, height: 1, width: 1 };
  const [height, width] = first.kernel_size;
  return { filters: first.filters, height, width };
}
