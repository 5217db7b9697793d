/** A dot plot: for each run, two measures that should be the same if nothing had been chosen by one of them. */

import { DOTS } from '../../experiments/measures.js';

const TICK = 0.05;
/** So that the axis rarely changes when a run ends. @type {[number, number]} */
const USUAL = [0.8, 1];

/** A run with its values, null until it has ended. @typedef {{ name: string, values: [number, number] | null }} Row */

/**
 * `best` is the index of the run with the highest first value, null until all have ended.
 * @param {readonly Pick<import('../../state/experiment-run.svelte.js').RunState, 'name' | 'values'>[]} runs
 * @returns {{ rows: Row[], best: number | null, range: [number, number], ticks: number[] }}
 */
export function dotsOf(runs) {
  /** @type {Row[]} */
  const rows = runs.map(({ name, values }) => {
    const [first, second] = DOTS.map((measure) => Number(values?.[measure]));
    return {
      name,
      values: first !== undefined && second !== undefined && first + second >= 0 ? [first, second] : null,
    };
  });
  const known = rows.flatMap(({ values }) => values ?? []);
  const least = Math.min(USUAL[0], Math.floor(Math.min(...known) / TICK) * TICK);
  const ticks = Array.from({ length: Math.round((USUAL[1] - least) / TICK) + 1 }, (_, tick) => least + tick * TICK);
  const isWhole = rows.length > 0 && rows.every(({ values }) => values);
  const firsts = rows.map(({ values }) => values?.[0] ?? -1);
  return { rows, best: isWhole ? firsts.indexOf(Math.max(...firsts)) : null, range: [least, USUAL[1]], ticks };
}
