/** Accuracy against the pixels by which images are shifted: the mean of the seeds of a run, and how far they spread. */

import { SHIFTED, SHIFTS } from '../../experiments/measures.js';
import { groupsOf } from './groups.js';

/** `low` and `high` are the lowest and highest of the seeds. @typedef {{ pixels: number, mean: number, low: number, high: number }} Point */
/** `index` is that of its first run. @typedef {{ name: string, index: number, points: Point[] }} ShiftLine */

/**
 * A line for each group of runs that have all ended.
 * @param {readonly { group: string }[]} planned
 * @param {readonly Pick<import('../../state/experiment-run.svelte.js').RunState, 'values'>[]} runs
 * @returns {{ lines: ShiftLine[], range: [number, number] }}
 */
export function shiftLines(planned, runs) {
  const lines = groupsOf(planned).flatMap(({ name, indices }) => {
    const values = indices.map((index) => runs[index]?.values);
    if (!values.every((run) => run)) return [];
    const points = SHIFTS.map((pixels, at) => {
      const seeds = values.map((run) => Number(run?.[/** @type {typeof SHIFTED[number]} */ (SHIFTED[at])]));
      const mean = seeds.reduce((sum, value) => sum + value, 0) / seeds.length;
      return { pixels, mean, low: Math.min(...seeds), high: Math.max(...seeds) };
    });
    return [{ name, index: indices[0] ?? 0, points: points.filter(({ mean }) => Number.isFinite(mean)) }];
  });
  const lowest = Math.min(1, ...lines.flatMap(({ points }) => points.map(({ low }) => low)));
  return { lines, range: [Math.min(0.2, Math.floor(lowest * 10) / 10), 1] };
}
