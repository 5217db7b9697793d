/**
 * A chart of lines over a common x, by uPlot: values at a cursor that other charts can share, and
 * vertical marks. It only knows numbers; the text around it is the view's.
 */

import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { smallFont } from './ink.js';
import { PLOT_EDGES } from './plot-edges.js';

/** Dotted, unless it is `solid`. @typedef {{ x: number, label: string, solid?: boolean }} Mark */
/** `back` is the page's. @typedef {{ text: string, line: string, mark: string, back: string }} Colours */

/**
 * `points`: dots at its values; `line`: whether they are joined.
 * `ranges`: whether its values count towards the range of y. `dash`: lengths of dashes and gaps.
 * @typedef {{ label: string, colour: string, width: number, points: boolean, line: boolean, ranges: boolean, dash?: number[] }} SeriesStyle
 *
 * @typedef {{
 *   series: readonly SeriesStyle[], colours: Colours, log: boolean, group: string, labels: 'top' | 'bottom',
 *   range: (lowest: number, highest: number) => [number, number], format: (value: number) => string,
 *   onCursor: (index: number | null) => void, band?: Band, scale: number,
 * }} Options `range` bounds y, `group` names the charts that share a cursor,
 * `labels` the edge at which marks are named, `scale` is that of type
 */

/** Values of y that are highlighted beneath the lines. @typedef {{ from: number, to: number, colour: string }} Band */

/** Steps between the lines of y: 1, 2 and 5 times powers of ten. */
const ROUND_STEPS = [-4, -3, -2, -1, 0, 1, 2].flatMap((power) => [1, 2, 5].map((step) => Number(`${step}e${power}`)));

/** Of the labels, about, in pixels. */
const LABEL_WIDTH = 6.5;
const LINE_HEIGHT = 18;

export class LineChart {
  #plot;
  /** @type {readonly Mark[]} */
  #marks = [];
  #colours;
  #labels;

  /**
   * @param {HTMLElement} element
   * @param {{ width: number, height: number }} size
   * @param {Options} options
   */
  constructor(element, size, options) {
    this.#colours = options.colours;
    this.#labels = options.labels;
    this.#plot = new uPlot(
      {
        ...size,
        padding: [8, (plot) => options.scale * roomForLastLabel(plot), 0, 0],
        legend: { show: false },
        cursor: { drag: { x: false, y: false }, y: false, points: { size: 6 }, sync: { key: options.group } },
        scales: { x: { time: false }, y: yScale(options) },
        axes: axesOf(options),
        series: [{}, ...options.series.map(seriesOf)],
        hooks: {
          setCursor: [(plot) => options.onCursor(plot.cursor.idx ?? null)],
          drawClear: [(plot) => drawBand(plot, options.band)],
          draw: [(plot) => this.#drawMarks(plot)],
        },
      },
      [[], ...options.series.map(() => [])],
      element,
    );
  }

  /**
   * Data of other series than it was built for are for the chart that takes its place.
   * @param {uPlot.AlignedData} data x, then a row for each series
   * @param {readonly Mark[]} marks
   */
  update(data, marks) {
    if (data.length !== this.#plot.series.length && data[0].length > 0) return;
    this.#marks = marks;
    this.#plot.setData(data[0].length > 0 ? data : this.#nothing());
  }

  /** Axes without points, so that an empty chart is a chart. @returns {uPlot.AlignedData} */
  #nothing() {
    return [[0, 100], ...this.#plot.series.slice(1).map(() => [null, null])];
  }

  /** @param {{ width: number, height: number }} size */
  resize(size) {
    if (size.width !== this.#plot.width || size.height !== this.#plot.height) this.#plot.setSize(size);
  }

  /** @param {number} index puts the cursor on a point of the data */
  pointAt(index) {
    const x = this.#plot.data[0][index];
    if (x !== undefined) this.#plot.setCursor({ left: this.#plot.valToPos(x, 'x'), top: 10 });
  }

  pointNowhere() {
    this.#plot.setCursor({ left: -10, top: -10 });
  }

  destroy() {
    this.#plot.destroy();
  }

  /** @param {uPlot} plot */
  #drawMarks(plot) {
    const { ctx: context, bbox } = plot;
    const ratio = window.devicePixelRatio || 1;
    context.save();
    context.strokeStyle = context.fillStyle = this.#colours.mark;
    context.lineWidth = ratio;
    context.font = smallFont(ratio);
    context.textBaseline = this.#labels;
    context.textAlign = 'left';
    const edge = this.#labels === 'top' ? bbox.top : bbox.top + bbox.height - 2 * ratio;
    const marks = this.#marks
      .map(({ x, label, solid }) => ({ label, solid, at: Math.round(plot.valToPos(x, 'x', true)) + 0.5 }))
      .filter(({ at }) => at >= bbox.left && at <= bbox.left + bbox.width);
    for (const { at, solid } of marks) {
      context.setLineDash(solid ? [] : [2 * ratio, 3 * ratio]);
      context.beginPath();
      context.moveTo(at, bbox.top);
      context.lineTo(at, bbox.top + bbox.height);
      context.stroke();
    }
    // No line strikes through the words of another mark.
    let free = bbox.left;
    for (const { at, label } of marks) {
      free = writeLabel(context, label, {
        at,
        free,
        right: bbox.left + bbox.width,
        edge,
        ratio,
        back: this.#colours.back,
      });
    }
    context.restore();
  }
}

/** Half of the longest label below the chart may reach beyond its right edge. @param {uPlot} plot */
function roomForLastLabel({ data }) {
  return Math.max(PLOT_EDGES.right, 6 + LABEL_WIDTH * 0.5 * shown(data?.[0].at(-1) ?? 0).length);
}

/** @param {number} x */
const shown = (x) => x.toLocaleString('en-US').replace('-', '−');

/** @param {uPlot} plot @param {Band | undefined} band */
function drawBand({ ctx: context, bbox, valToPos, scales }, band) {
  if (!band || scales.y?.min === undefined) return;
  const bounded = (/** @type {number} */ value) =>
    Math.min(Math.max(valToPos(value, 'y', true), bbox.top), bbox.top + bbox.height);
  context.fillStyle = band.colour;
  context.fillRect(bbox.left, bounded(band.to), bbox.width, bounded(band.from) - bounded(band.to));
}

/**
 * Writes beside the mark where there is room: to its right, else to its left; the lines below stay out of the words.
 * @param {CanvasRenderingContext2D} context
 * @param {string} label
 * @param {{ at: number, free: number, right: number, edge: number, ratio: number, back: string }} place `free`: where the labels to its left end
 * @returns {number} where free room begins now
 */
function writeLabel(context, label, { at, free, right, edge, ratio, back }) {
  const { width, actualBoundingBoxAscent: ascent, actualBoundingBoxDescent: descent } = context.measureText(label);
  const gap = 4 * ratio;
  const left = at + gap + width <= right ? at + gap : at - gap - width;
  if (left < free) return Math.max(free, at);
  const { fillStyle } = context;
  context.fillStyle = back;
  context.fillRect(left - ratio, edge - ascent - ratio, width + 2 * ratio, ascent + descent + 2 * ratio);
  context.fillStyle = fillStyle;
  context.fillText(label, left, edge);
  return left + width + gap;
}

/** @param {Options} options @returns {uPlot.Scale} */
function yScale({ log, range }) {
  /** @type {uPlot.Range.Function} */
  const bounded = (_, lowest, highest) => range(lowest ?? (log ? 0.01 : 0), highest ?? 1);
  return log ? { distr: 3, range: bounded } : { range: bounded };
}

/** @param {Options} options @returns {uPlot.Axis[]} */
function axesOf({ colours, log, format, scale }) {
  const filter = log ? powersOfTen : undefined;
  const common = {
    stroke: colours.text,
    font: smallFont(),
    grid: { stroke: colours.line, width: 1 },
    ticks: { show: false },
    border: { show: false },
  };
  return [
    {
      ...common,
      size: 22 * scale,
      gap: 4,
      space: 70 * scale,
      grid: { show: false },
      values: (_, values) => values.map(shown),
    },
    {
      ...common,
      ...(filter ? { filter, grid: { ...common.grid, filter } } : {}),
      size: (_, values) => scale * Math.max(PLOT_EDGES.left, 12 + LABEL_WIDTH * longest(values ?? [])),
      gap: 6,
      space: (_plot, _axis, _min, _max, room) => Math.max(30 * scale, room / 7),
      incrs: ROUND_STEPS,
      values: (_, values) => values.map((value) => (value === null ? '' : format(value))),
    },
  ];
}

/** @param {readonly string[]} labels */
const longest = (labels) => Math.max(0, ...labels.map(({ length }) => length));

/**
 * On a log scale, only whole powers of ten are named, and of many only every second, third and so on.
 * @type {uPlot.Axis.Filter}
 */
function powersOfTen({ height }, splits) {
  const exponents = splits.map((value) => Math.round(Math.log10(value) * 1e6) / 1e6);
  const whole = exponents.filter(Number.isInteger).length;
  const every = Math.max(1, Math.ceil((whole * LINE_HEIGHT) / height));
  return splits.map((value, index) => (Number(exponents[index]) % every === 0 ? value : null));
}

/** @param {SeriesStyle} style @returns {uPlot.Series} */
function seriesOf({ label, colour, width, points, line, ranges, dash }) {
  return {
    label,
    auto: ranges,
    stroke: colour,
    width,
    ...(dash ? { dash } : {}),
    points: { show: points, size: 5, fill: colour, width: 0 },
    ...(line ? {} : { paths: () => null }),
  };
}
