/** The loss along a step as a line, and what it says about the length of the step. */

/** @typedef {import('../../model/reports.js').LossLine} LossLine */

/** Where losses are taken: some way back, and far enough to see whether a valley is beyond the step. */
export const REACH = { from: -1, to: 4, points: 61 };

/** What lies more than this many times above the start of the step is out of the picture. */
const HEADROOM = 4;

/** A line that moves less than this share of the loss shall look flat. */
const FLAT = 0.05;

/** Within this share of the best place, a step is about right. */
const ABOUT = 0.35;

/**
 * @param {LossLine} slice
 * @returns {{ data: [number[], ...(number | null)[][]], range: [number, number] }}
 */
export function sliceLine({ at, losses }) {
  const finite = [...losses].map((loss) => (Number.isFinite(loss) && loss > 0 ? loss : null));
  const known = finite.filter((loss) => loss !== null);
  if (known.length === 0) return { data: [[...at], finite], range: [0, 1] };
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const before = Number(losses[nearest(at, 0)]);
  const highest = Number.isFinite(before) ? Math.min(most, HEADROOM * before) : most;
  return { data: [[...at], finite], range: rangeAround(least, Math.max(highest, (1 + FLAT) * least)) };
}

/**
 * Two steps for each digit of what lies between them, so that the line fills its chart.
 * @param {number} least
 * @param {number} highest
 * @returns {[number, number]}
 */
function rangeAround(least, highest) {
  const step = 10 ** Math.floor(Math.log10(highest - least)) / 2;
  return [Math.floor(least / step + 1e-9) * step, Math.ceil(highest / step - 1e-9) * step];
}

/** @param {LossLine['at']} at @param {number} place @returns {number} the index of what lies nearest to it */
const nearest = (at, place) =>
  at.reduce((best, here, index) => (Math.abs(here - place) < Math.abs(Number(at[best]) - place) ? index : best), 0);

/**
 * @param {LossLine} slice
 * @returns {{ before: number, behind: number, best: number, verdict: string }} the losses before and behind the step, where
 *   along it the loss is least (no number where there is none), and a sentence
 */
export function judgeStep({ at, losses }) {
  const start = nearest(at, 0);
  const lowest = losses.reduce((best, loss, index) => (loss < finite(losses[best]) ? index : best), start);
  const best = Number.isFinite(losses[lowest]) ? Number(at[lowest]) : NaN;
  const [before, behind] = [Number(losses[start]), Number(losses[nearest(at, 1)])];
  const isFlat = lowest === start && behind === before && Number.isFinite(before);
  return { before, behind, best, verdict: isFlat ? STAYS : verdictOn({ before, behind, best }) };
}

/** @param {number | undefined} loss */
const finite = (loss) => (Number.isFinite(loss) ? Number(loss) : Infinity);

const STAYS = 'Along this step, the loss of these images stays as it is.';

/** @param {{ before: number, behind: number, best: number }} step */
function verdictOn({ before, behind, best }) {
  if (!Number.isFinite(before)) {
    return 'The numbers have grown beyond what a computer can hold: there is no loss left to be lowered.';
  }
  if (!(behind <= before)) {
    return 'The step jumps the valley: on these images it ends higher than it began. A smaller learning rate would not.';
  }
  if (best <= 0)
    return 'Going back would lower the loss of these images: the momentum of earlier steps points elsewhere.';
  if (best < 1 - ABOUT) return 'The step goes past the lowest point and up the other side.';
  if (best <= 1 + ABOUT) return 'The step ends near the lowest point along its direction.';
  return 'The step ends on the slope: along this direction the loss would go on falling.';
}
