/** The loss along a step as a line, and what it says about the length of the step. */

/** @typedef {import('../../model/reports.js').LossLine} LossLine */

/** Where losses are computed: from one step back to far enough ahead to show a valley beyond the step. */
export const REACH = { from: -1, to: 4, points: 61 };

/** Losses more than this many times the loss before the step are left out of the chart. */
const HEADROOM = 4;

/** A line that changes by less than this share of the loss is drawn flat. */
const FLAT = 0.05;

/** A step that ends within this share of the lowest point is about right. */
const ABOUT = 0.35;

/**
 * @param {LossLine} lossLine
 * @returns {{ data: [number[], ...(number | null)[][]], range: [number, number] }}
 */
export function lossChart({ at, losses }) {
  const finite = [...losses].map((loss) => (Number.isFinite(loss) && loss > 0 ? loss : null));
  const known = finite.filter((loss) => loss !== null);
  if (known.length === 0) return { data: [[...at], finite], range: [0, 1] };
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const before = Number(losses[nearest(at, 0)]);
  const highest = Number.isFinite(before) ? Math.min(most, HEADROOM * before) : most;
  return { data: [[...at], finite], range: rangeAround(least, Math.max(highest, (1 + FLAT) * least)) };
}

/**
 * Two steps for each digit of the range between them, so that the line fills its chart.
 * @param {number} least
 * @param {number} highest
 * @returns {[number, number]}
 */
function rangeAround(least, highest) {
  const step = 10 ** Math.floor(Math.log10(highest - least)) / 2;
  return [Math.floor(least / step + 1e-9) * step, Math.ceil(highest / step - 1e-9) * step];
}

/** @param {LossLine['at']} at @param {number} place @returns {number} the index of the value nearest to `place` */
const nearest = (at, place) =>
  at.reduce((best, here, index) => (Math.abs(here - place) < Math.abs(Number(at[best]) - place) ? index : best), 0);

/**
 * @param {LossLine} lossLine
 * @returns {{ before: number, after: number, best: number, verdict: string }} the losses before and after the step, where
 *   along it the loss is least (NaN where no loss is finite), and a sentence
 */
export function assessStep({ at, losses }) {
  const start = nearest(at, 0);
  const lowest = losses.reduce((best, loss, index) => (loss < finite(losses[best]) ? index : best), start);
  const best = Number.isFinite(losses[lowest]) ? Number(at[lowest]) : NaN;
  const [before, after] = [Number(losses[start]), Number(losses[nearest(at, 1)])];
  const isFlat = lowest === start && after === before && Number.isFinite(before);
  return { before, after, best, verdict: isFlat ? STAYS : verdictOn({ before, after, best }) };
}

/** @param {number | undefined} loss */
const finite = (loss) => (Number.isFinite(loss) ? Number(loss) : Infinity);

const STAYS = 'Along this step, the loss of these images does not change.';

/** @param {{ before: number, after: number, best: number }} step */
function verdictOn({ before, after, best }) {
  if (!Number.isFinite(before)) {
    return 'The weights have grown so large that the loss is no longer a number (NaN).';
  }
  if (!(after <= before)) {
    return 'The step overshoots: the loss on these images ends higher than it began. A smaller learning rate would help.';
  }
  if (best <= 0)
    return 'Going back would lower the loss on these images: momentum from earlier steps points elsewhere.';
  if (best < 1 - ABOUT) return 'The step goes past the lowest point and up the other side.';
  if (best <= 1 + ABOUT) return 'The step ends near the lowest point along its direction.';
  return 'The step stops short: going further in this direction would lower the loss more.';
}
