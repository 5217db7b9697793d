/** Accuracies drawn against a number: the mean of the seeds of a run, and how far they spread. */

import { groupsOf } from './groups.js';

/** @typedef {import('../../experiments/measures.js').Measure} Measure */
/** `low` and `high` are the lowest and highest of the seeds. @typedef {{ at: number, mean: number, low: number, high: number }} Point */
/** `index` is that of its first run; `line` that of the plot's line. @typedef {{ name: string, index: number, line: number, points: Point[] }} AccuracyLine */

/**
 * The lines of each group of runs that have all ended.
 * @param {import('../../experiments/plots.js').Plot} plot
 * @param {readonly { group: string }[]} planned
 * @param {readonly Pick<import('../../state/experiment-run.svelte.js').RunState, 'values'>[]} runs
 * @returns {{ lines: AccuracyLine[], range: [number, number] }}
 */
export function accuracyLines(plot, planned, runs) {
  const lines = groupsOf(planned).flatMap(({ name, indices }) => {
    const values = indices.map((index) => runs[index]?.values);
    if (!values.every((run) => run)) return [];
    return plot.lines.map(({ measures, words }, line) => {
      const points = plot.at.map((at, place) => {
        const seeds = values.map((run) => Number(run?.[/** @type {Measure} */ (measures[place])]));
        const mean = seeds.reduce((sum, value) => sum + value, 0) / seeds.length;
        return { at, mean, low: Math.min(...seeds), high: Math.max(...seeds) };
      });
      const known = points.filter(({ mean }) => Number.isFinite(mean));
      return { name: words ? `${name}, ${words}` : name, index: indices[0] ?? 0, line, points: known };
    });
  });
  const lowest = Math.min(1, ...lines.flatMap(({ points }) => points.map(({ low }) => low)));
  return { lines, range: [Math.min(0.2, Math.floor(lowest * 10) / 10), 1] };
}
