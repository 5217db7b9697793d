/** The losses of several runs as lines over steps, in few enough points to be drawn often. */

const POINTS = 120;

/**
 * Means over equally many steps, as many as fit; null where a run has not come so far.
 * @param {readonly { losses: readonly number[], steps: number }[]} runs
 * @returns {{ data: [number[], ...(number | null)[][]], range: [number, number] }}
 */
export function lossLines(runs) {
  const longest = Math.max(...runs.map(({ steps }) => steps));
  const width = Math.max(1, Math.ceil(longest / POINTS));
  const count = Math.ceil(longest / width);
  const steps = Array.from({ length: count }, (_, point) => (point + 1) * width);
  const lines = runs.map(({ losses }) =>
    steps.map((step) => {
      const part = losses.slice(step - width, step).filter(Number.isFinite);
      return part.length > 0 ? part.reduce((sum, loss) => sum + loss, 0) / part.length : null;
    }),
  );
  const range = rangeOf(lines.flat().filter((value) => value !== null));
  // What lies outside is drawn at the edge: a loss of 1e30 must not hide all others.
  const bounded = lines.map((line) =>
    line.map((value) => (value === null ? null : Math.min(Math.max(value, range[0]), range[1]))),
  );
  return { data: [steps, ...bounded], range };
}

/** Whole powers of ten, from the least loss to at most 10. @param {number[]} values @returns {[number, number]} */
function rangeOf(values) {
  const least = Math.min(1, ...values.filter((value) => value > 0));
  const most = Math.min(10, Math.max(1, ...values));
  return [10 ** Math.max(-4, Math.floor(Math.log10(least))), most > 3 ? 10 : 3];
}
