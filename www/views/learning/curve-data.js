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

/** A loss beyond this is broken, however far beyond; one below the least is 0 for a number of 32 bits. */
const HIGHEST_LOSS = 100;
const LEAST_LOSS = 1e-9;

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
 * @param {uPlot.AlignedData} data
 * @returns {[number, number]}
 */
export function lossRange(log, data) {
  const [lowest, highest] = extremes(data, (value) => !log || value > 0);
  if (!log) return [0, Math.max(Math.min(highest, 3) * 1.02, 0.05)];
  const exponent = Math.floor(Math.log10(Math.max(lowest, LEAST_LOSS)) + 1e-9);
  return [Number(`1e${Math.min(exponent, -1)}`), Math.min(Math.max(highest, 1), HIGHEST_LOSS)];
}

/**
 * Bounds for an accuracy: all of 0 to 1, or those above the lowest evaluated point and the end of every curve.
 * @param {boolean} zoomed
 * @param {uPlot.AlignedData} data
 * @returns {[number, number]}
 */
export function accuracyRange(zoomed, data) {
  const [, , train, ...others] = data;
  const evaluated = others[0]?.some((value) => typeof value === 'number');
  if (!zoomed || !evaluated) return [0, 1];
  const rows = others.map((row, index) => (index < 2 || index % 2 === 1 ? row : lastOf(row)));
  const [lowest] = extremes([[], [], lastOf(train ?? []), ...rows]);
  const room = 1.6 * (1 - lowest);
  const steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];
  return [1 - (steps.find((step) => step >= room) ?? 1), 1];
}

/**
 * The data as they can be drawn: what is beyond the bounds is held at their edge, so that no curve leaves its chart.
 * @param {uPlot.AlignedData} data
 * @param {[number, number]} range
 * @returns {{ data: uPlot.AlignedData, beyond: boolean }} `beyond`: some of it is; the raw curve does not count
 */
export function heldWithin(data, [from, to]) {
  const [steps, ...rows] = data;
  let beyond = false;
  const held = rows.map((row, index) =>
    Array.from(row, (value) => {
      if (typeof value !== 'number' || (value >= from && value <= to)) return value;
      beyond ||= index > 0;
      return value < from ? from : to;
    }),
  );
  return { data: [steps, ...held], beyond };
}

/** @param {uPlot.AlignedData[number]} row */
const lastOf = (row) =>
  Array.from(row)
    .filter((value) => typeof value === 'number')
    .slice(-1);

/**
 * The least and the largest value of all rows but the steps and the raw curve.
 * @param {uPlot.AlignedData} data
 * @param {(value: number) => boolean} [counts]
 * @returns {[number, number]}
 */
function extremes([, , ...rows], counts = () => true) {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const row of rows) {
    for (const value of row) {
      if (typeof value !== 'number' || !counts(value)) continue;
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
    }
  }
  return lowest <= highest ? [lowest, highest] : [0.01, 1];
}
