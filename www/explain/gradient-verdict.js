/** What a gradient check says of a computed gradient, in a sentence. */

import { number } from '../lib/format.js';
import { agreement, closest } from './agreement.js';

/** @typedef {import('../model/reports.js').GradientCheck} GradientCheck */
/** @typedef {GradientCheck['measured'][number]} Measured */

/**
 * `right` and `wrong` are what they say. `zero` and `tiny`: the weight, or the loss, is too small to be measured. `bent`: the
 * loss has a corner there, so it has no one slope. `nudge` is the one that `right` rests on, and
 * `isSure` where the loss of another image can be measured.
 * @typedef {{ is: 'right' | 'wrong' | 'zero' | 'tiny' | 'bent', sentence: string, nudge?: number, isSure?: boolean }} Verdict
 */

/** Every layer before the logits rounds as well: a few times their rounding is on the safe side. */
const CAREFUL = 4;
/** A measured slope this many times its own rounding error is worth comparing. */
const SHARP = 20;
/** Over a larger nudge the loss may curve so much that its slope says nothing of this point. */
const LARGEST_NUDGE = 0.03;
/** Slopes as close as this are the same, as far as nudging can tell. */
const CLOSE = 0.1;
const MOST_DIGITS = 7;
/**
 * The gradient of the logits is p − y, and of the label p is rounded to the nearest 2⁻²⁴: below this loss, as good as
 * 1 − p, rounding alone may put more than `CLOSE` between the computed slope and the true one.
 */
const LEAST_LOSS = (CAREFUL * 2 ** -23) / CLOSE;

/**
 * The slope measured over the smallest nudge that rounding allows decides: it bends the least.
 * @param {Pick<GradientCheck, 'analytic' | 'measured' | 'rounding' | 'loss'>} check
 * @returns {Verdict}
 */
export function verdictOf({ analytic, measured, rounding, loss }) {
  if (!Number.isFinite(analytic)) return { is: 'wrong', sentence: 'The computed slope is not a finite number.' };
  const sharp = measured.filter((one) => isSharp(one, analytic, rounding));
  const decisive = sharp.findLast(({ nudge }) => nudge <= LARGEST_NUDGE);
  if (!decisive) return unclear(analytic);
  if (isClose(decisive.slope, analytic)) return right(sharp, analytic, rounding);
  if (loss < LEAST_LOSS) return rounded(loss);
  const next = measured[measured.indexOf(decisive) - 1];
  return next && isClose(next.slope, decisive.slope) ? differing(decisive, analytic) : BENT;
}

/** @param {Measured} measured @param {number} analytic @param {number} rounding */
const isSharp = ({ nudge, slope }, analytic, rounding) =>
  Number.isFinite(slope) && Math.max(Math.abs(slope), Math.abs(analytic)) > (SHARP * CAREFUL * rounding) / nudge;

/** @param {number} a @param {number} b */
const isClose = (a, b) => Math.abs(a - b) <= CLOSE * Math.max(Math.abs(a), Math.abs(b));

/** @type {Verdict} */
const BENT = {
  is: 'bent',
  sentence: 'Cannot tell: the loss has a corner here, as where a ReLU switches on. Try another weight.',
};

/** @param {Measured[]} sharp @param {number} analytic @param {number} rounding @returns {Verdict} */
function right(sharp, analytic, rounding) {
  const agreed = sharp.map((one) => slopeAgreement(one, analytic, rounding).digits);
  const digits = Math.max(...agreed);
  const candidates = sharp.filter((_, index) => agreed[index] === digits);
  const nudge = candidates[closest(candidates, analytic)]?.nudge;
  const sentence =
    digits < 2
      ? 'They agree to one digit, which proves little. Try a weight with a larger gradient.'
      : `Right: the measured slope agrees to ${digits} digits at the best nudge, ±${number(nudge)}.`;
  return { is: 'right', sentence, nudge };
}

/**
 * How far one slope agrees, in no more digits than rounding leaves.
 * @param {Measured} measured
 * @param {number} analytic
 * @param {number} rounding
 */
export function slopeAgreement({ nudge, slope }, analytic, rounding) {
  const known = Math.floor(-Math.log10(rounding / nudge / Math.abs(analytic)));
  return agreement(slope, analytic, Math.max(0, Math.min(MOST_DIGITS, known || 0)));
}

/** @param {number} analytic @returns {Verdict} */
function unclear(analytic) {
  const advice = 'Try a weight with a larger gradient.';
  return analytic === 0
    ? {
        is: 'zero',
        sentence: `Both are 0: this weight changes nothing for this image, so the check says little. ${advice}`,
      }
    : { is: 'tiny', sentence: `Too small to tell: rounding hides a slope of ${number(analytic, 2)}. ${advice}` };
}

/** @param {number} loss @returns {Verdict} */
const rounded = (loss) => ({
  is: 'tiny',
  isSure: true,
  sentence: `Too sure to tell: at a loss of ${number(loss, 2)}, rounding hides the slope. Choose another class, or an image that the network gets wrong.`,
});

/** @param {Measured} decisive @param {number} analytic @returns {Verdict} */
function differing({ slope }, analytic) {
  return {
    is: 'wrong',
    sentence: `They differ: measured ${number(slope)}, computed ${number(analytic)}. The computed slope is wrong.`,
  };
}
