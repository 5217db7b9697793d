/** The curves of runs for files: as the page draws them, on a log scale and zoomed in, in light colours. */

import { Smoothing } from '../../lib/curve.js';
import { integer, number } from '../../lib/format.js';
import { setOf } from '../../model/data-sets.js';
import { stepsPerEpoch } from '../../model/training.js';
import { curvesSvg } from '../../exports/curves-svg.js';
import { LIGHT } from '../../exports/light.js';
import { accuracyRange, curveData, heldWithin, lossRange } from '../learning/curve-data.js';
import { runColour, runDash } from '../runs/colours.js';

/** @typedef {import('../../charts/line-chart.js').SeriesStyle} SeriesStyle */
/** @typedef {import('../../runs/run.js').Run} Run */

const PLOTS = /** @type {const} */ ([
  { measure: 'loss', title: 'Loss', unit: 'cross-entropy, log scale' },
  { measure: 'accuracy', title: 'Accuracy', unit: 'share of images classified correctly' },
]);

/**
 * What an axis leaves out, so that nobody takes the edge of a plot for the end of a curve.
 * @param {readonly ArrayLike<number | null | undefined>[]} data @param {readonly [number, number]} range
 * @param {(value: number) => string} format
 */
export function cutOff([, ...rows], [from, to], format) {
  const values = rows.flatMap((row) => Array.from(row)).filter((value) => typeof value === 'number');
  const [isBelow, isAbove] = [values.some((value) => value < from), values.some((value) => value > to)];
  const sides = [...(isBelow ? [`below ${format(from)}`] : []), ...(isAbove ? [`above ${format(to)}`] : [])];
  return sides.length > 0 ? `; values ${sides.join(' or ')} are not shown` : '';
}

const common = { line: true, ranges: true };

/** @param {string} of the run, where there are others @returns {SeriesStyle[]} */
const ownStyles = (of) => [
  { ...common, label: `${of}training, each step`, colour: LIGHT.line, width: 1, points: false },
  { ...common, label: `${of}training, smoothed`, colour: LIGHT.train, width: 1.75, points: false },
  { ...common, label: `${of}validation`, colour: LIGHT.accent, width: 2, points: true },
  { ...common, label: `${of}test`, colour: LIGHT.text, width: 1, points: true, line: false },
];

/** @param {Run['data']} data */
const smoothingOf = ({ spec }) => new Smoothing(stepsPerEpoch(spec));

/** Of other images than those of `here`, the data set is named. @param {Run} run @param {Run} here @returns {SeriesStyle[]} */
function stylesOf({ data: { number: of, spec } }, here) {
  const colour = runColour(of, 'light');
  const { set } = spec.data;
  const on = set === here.data.spec.data.set ? '' : ` on ${setOf(set).name}`;
  return [
    { ...common, label: `run ${of}${on}, training`, colour, width: 1, points: false, dash: runDash(of) },
    { ...common, label: `run ${of}${on}, validation`, colour, width: 1.5, points: true },
  ];
}

/**
 * @param {Run} run
 * @param {readonly Run[]} over runs that are laid over it
 * @param {(run: Run) => string} nameOf
 * @param {number} [plotHeight] in pixels
 */
export function svgOfRuns(run, over, nameOf, plotHeight) {
  const plots = PLOTS.map(({ measure, title, unit }) => {
    const others = over.map(({ curves, data }) => ({ curves, smoothing: smoothingOf(data) }));
    const data = curveData(run.curves, measure, smoothingOf(run.data), others);
    const isLoss = measure === 'loss';
    const range = isLoss ? lossRange(true, data) : accuracyRange(true, data);
    const format = (/** @type {number} */ value) =>
      isLoss ? number(value, 2) : `${Number((100 * value).toFixed(1))} %`;
    return {
      title,
      unit: `${unit}${cutOff(data, range, format)}`,
      log: isLoss,
      range,
      format,
      data: isLoss ? heldWithin(data, range).data : data,
    };
  });
  return curvesSvg({
    title: `Run ${run.data.number}: ${nameOf(run)}, step ${integer(run.data.lastStep)}`,
    series: [
      ...ownStyles(over.length > 0 ? `run ${run.data.number}, ` : ''),
      ...over.flatMap((other) => stylesOf(other, run)),
    ],
    plots,
    ...(plotHeight && { plotHeight }),
    marks: run.curves.marks.map(({ step, label }) => ({ x: step, label })),
  });
}
