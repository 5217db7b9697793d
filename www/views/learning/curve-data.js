/** The run's curves as a chart takes them: rows of numbers over one common row of steps. */

import uPlot from 'uplot';
import { lastAt, thinned } from '../../lib/curve.js';

/** @typedef {import('../../model/curves.js').Curves} Curves */
/** @typedef {import('../../lib/curve.js').Smoothing} Smoothing */
/** @typedef {'loss' | 'accuracy'} Measure */

/** More points than a chart is wide. */
const POINTS = 1200;

/** Enough for a curve that is there to be compared with. */
const OTHER_POINTS = 300;

/** A loss beyond this is broken, however far beyond. */
const HIGHEST_LOSS = 100;

/** The rows after the steps, in this order. */
export const ROWS = /** @type {const} */ (['raw', 'train', 'validation', 'test']);

/**
 * @param {Curves} curves
 * @param {Measure} measure
 * @param {Smoothing} smoothing of the training curve
 * @param {readonly { curves: Curves, smoothing: Smoothing }[]} others runs that are laid over it
 * @returns {uPlot.AlignedData} steps, then ROWS, then for each of the others its training and its validation curve
 */
export function curveData(curves, measure, smoothing, others = []) {
  const { train, validation, test } = curves;
  const smooth = smoothing.follow(train[measure]);
  const kept = thinned(train.length, POINTS);
  /** @param {ArrayLike<number>} values */
  const pick = (values) => kept.map((index) => finite(values[index]));
  return uPlot.join([
    [pick(train.step).map(Number), pick(train[measure]), pick(smooth)],
    [[...validation.step], Array.from(validation[measure], finite)],
    [[...test.step], Array.from(test[measure], finite)],
    ...others.flatMap((other) => otherRows(other, measure)),
  ]);
}

/**
 * @param {{ curves: Curves, smoothing: Smoothing }} other
 * @param {Measure} measure
 * @returns {uPlot.AlignedData[]}
 */
function otherRows({ curves: { train, validation }, smoothing }, measure) {
  const smooth = smoothing.follow(train[measure]);
  const kept = thinned(train.length, OTHER_POINTS);
  return [
    [kept.map((index) => Number(train.step[index])), kept.map((index) => finite(smooth[index]))],
    [[...validation.step], Array.from(validation[measure], finite)],
  ];
}

/**
 * The last point at or before a step; −1 if there is none.
 * @param {uPlot.AlignedData} data
 * @param {number} step
 */
export const indexOfStep = (data, step) => lastAt(data[0], step);

/**
 * There is a gap where a loss was not a number.
 * @param {number | undefined} value
 */
function finite(value) {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

/**
 * The value of each row at a point, or the last one before it.
 * @param {uPlot.AlignedData} data
 * @param {number} index
 * @returns {{ step: number, values: (number | null)[] } | null}
 */
export function valuesAt(data, index) {
  const step = data[0][index];
  if (step === undefined) return null;
  const values = data.slice(1).map((row) => {
    for (let at = index; at >= 0; at--) {
      const value = row[at];
      if (value !== null && value !== undefined) return value;
    }
    return null;
  });
  return { step, values };
}

/**
 * Bounds for a loss: from 0, or in whole powers of ten; a first wild step does not flatten the rest.
 * @param {boolean} log
 * @returns {(lowest: number, highest: number) => [number, number]}
 */
export function lossRange(log) {
  if (!log) return (_, highest) => [0, Math.max(Math.min(highest, 3) * 1.02, 0.05)];
  return (lowest, highest) => [
    Math.max(10 ** Math.floor(Math.log10(lowest)), 1e-4),
    Math.min(Math.max(highest, 1), HIGHEST_LOSS),
  ];
}

/**
 * Bounds for an accuracy: all of 0 to 1, or those above the lowest evaluated point.
 * @param {boolean} zoomed
 * @param {Pick<Curves, 'validation'>} curves
 * @returns {[number, number]}
 */
export function accuracyRange(zoomed, { validation }) {
  if (!zoomed || validation.length === 0) return [0, 1];
  const room = 1.6 * (1 - Math.min(...validation.accuracy));
  const steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];
  return [1 - (steps.find((step) => step >= room) ?? 1), 1];
}
