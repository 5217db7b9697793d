/** Draws a reliability diagram: accuracy over confidence above, and how many images each bin holds below. */

import { colourOf, smallFont } from '../../charts/ink.js';
import { typeScale } from '../../lib/looks.svelte.js';

/** @typedef {import('./calibration.js').Calibration} Calibration */
/** @typedef {{ left: number, top: number, width: number, height: number }} Box */

/** Room for the numbers at the left, and at the right edge. */
export const margins = () => ({ left: 30 * typeScale(), right: 4 });
/** The share of the height that shows how many images a bin holds. */
const COUNTS = 0.2;
const LABELS = 16;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Calibration} calibration
 * @param {{ width: number, height: number }} size
 * @param {number} chosen the bin that is pointed at
 */
export function paintReliability(context, calibration, { width, height }, chosen) {
  const colour = (/** @type {string} */ name) => colourOf(context.canvas, name);
  const { left, right } = margins();
  const bottom = height - LABELS * typeScale();
  const across = { left, width: width - left - right };
  const counts = { ...across, top: bottom - COUNTS * height, height: COUNTS * height };
  const upper = { ...across, top: 6, height: counts.top - 14 };
  const pitch = across.width / calibration.bins.length;
  context.font = smallFont();
  context.fillStyle = colour('sunken');
  context.fillRect(across.left + chosen * pitch, 0, pitch, bottom);
  paintAxes(context, upper, counts, colour);
  calibration.bins.forEach((bin, index) => {
    const x = across.left + index * pitch;
    paintBin(context, bin, { left: x + 1, width: pitch - 2, top: upper.top, height: upper.height }, colour);
    const most = Math.max(...calibration.bins.map(({ images }) => images));
    // The root, so that the few images of an uncertain network can be seen beside thousands of certain ones.
    const length = Math.sqrt(bin.images / Math.max(1, most)) * counts.height;
    context.fillStyle = colour('train');
    context.fillRect(x + 1, counts.top + counts.height - length, pitch - 2, length);
  });
}

/**
 * The bar reaches to the accuracy; the gap between it and the confidence is the error.
 * @param {CanvasRenderingContext2D} context
 * @param {import('./calibration.js').Bin} bin
 * @param {Box} box
 * @param {(name: string) => string} colour
 */
function paintBin(context, { accuracy, confidence }, { left, top, width, height }, colour) {
  if (accuracy === null || confidence === null) return;
  const y = (/** @type {number} */ share) => top + height * (1 - share);
  context.fillStyle = colour('accent');
  context.fillRect(left, y(accuracy), width, height * accuracy);
  context.fillStyle = colour('wrong');
  context.globalAlpha = 0.45;
  context.fillRect(left, y(Math.max(accuracy, confidence)), width, height * Math.abs(accuracy - confidence));
  context.globalAlpha = 1;
  context.fillRect(left, y(confidence) - 1, width, 2);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Box} upper
 * @param {Box} counts
 * @param {(name: string) => string} colour
 */
function paintAxes(context, upper, counts, colour) {
  const bottom = upper.top + upper.height;
  context.strokeStyle = colour('line');
  context.lineWidth = 1;
  context.textBaseline = 'middle';
  context.fillStyle = colour('soft');
  for (const share of [0, 0.5, 1]) {
    const y = Math.round(bottom - share * upper.height) + 0.5;
    context.beginPath();
    context.moveTo(upper.left, y);
    context.lineTo(upper.left + upper.width, y);
    context.stroke();
    context.textAlign = 'right';
    context.fillText(`${100 * share}`, upper.left - 5, y);
    context.textAlign = share === 0 ? 'left' : share === 1 ? 'right' : 'center';
    context.fillText(
      `${100 * share} %`,
      upper.left + share * upper.width,
      counts.top + counts.height + 9 * typeScale(),
    );
  }
  context.setLineDash([3, 3]);
  context.strokeStyle = colour('soft');
  context.beginPath();
  context.moveTo(upper.left, bottom);
  context.lineTo(upper.left + upper.width, upper.top);
  context.stroke();
  context.setLineDash([]);
}
