/** Charts of lines below one another, over a common x, as one SVG that needs nothing else: its text is text. */

import { integer } from '../lib/format.js';
import { FONT, LIGHT, SIZES } from './light.js';
import { markup } from './markup.js';
import { powersOfTen, roundTicks } from './ticks.js';

/** @typedef {import('../charts/line-chart.js').Mark} Mark */
/** @typedef {import('../charts/line-chart.js').SeriesStyle} SeriesStyle */
/** @typedef {import('./markup.js').Markup} Markup */
/** A gap where the value was not a number is null; undefined: there is no value at this x. @typedef {readonly (number | null | undefined)[]} Row */
/** `data` are x and a row for each series, which the plot cuts off beyond `range`; `unit` says what y is. @typedef {{ title: string, unit: string, log: boolean, range: readonly [number, number], format: (value: number) => string, data: readonly ArrayLike<number | null | undefined>[] }} Plot */
/** @typedef {{ left: number, right: number, top: number, bottom: number }} Box */
/** @typedef {{ x: (value: number) => number, y: (value: number) => number, box: Box }} Scale */

const WIDTH = 840;
const EDGES = { left: 64, right: 28 };
const PLOT = { head: 26, foot: 40 };
const LEGEND_LINE = 18;
/** Half of it may reach over the edge of a plot, which cuts off everything else. */
const DOT = 3;
/** Of text of 11 pixels, about: nothing can be measured here. */
const CHARACTER = 6.1;

/**
 * @param {{
 *   title: string, series: readonly SeriesStyle[], plots: readonly Plot[], marks: readonly Mark[], plotHeight?: number,
 * }} chart
 * @returns {Markup}
 */
export function curvesSvg({ title, series, plots, marks, plotHeight = 190 }) {
  const legend = legendOf(series);
  const top = 42 + LEGEND_LINE * legend.lines;
  const pitch = PLOT.head + plotHeight + PLOT.foot;
  const height = top + plots.length * pitch;
  const drawn = plots.map((plot, index) => {
    const above = top + index * pitch + PLOT.head;
    const box = { left: EDGES.left, right: WIDTH - EDGES.right, top: above, bottom: above + plotHeight };
    return plotOf(plot, series, marks, scaleOf(plot, box));
  });
  return markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="${FONT}" font-size="${SIZES.small}" fill="${LIGHT.soft}" role="img" aria-label="${title}">
<rect width="${WIDTH}" height="${height}" fill="${LIGHT.page}"/>
<text x="12" y="22" font-size="${SIZES.text}" font-weight="600" fill="${LIGHT.text}">${shortened(title, 110)}</text>
${legend.drawn}
${drawn}
</svg>`;
}

/** @param {readonly SeriesStyle[]} series */
function legendOf(series) {
  let [x, line] = [12, 0];
  const drawn = series.map(({ label, colour, width, points, line: joined, dash }) => {
    const words = shortened(label, 60);
    const wide = 34 + CHARACTER * words.length;
    if (x + wide > WIDTH - 12 && x > 12) [x, line] = [12, line + 1];
    const [left, y] = [x, 42 + LEGEND_LINE * line];
    x += wide;
    return markup`<g>${joined && markup`<path d="M${left} ${y}h18" stroke="${colour}" stroke-width="${width}"${dashed(dash)}/>`}${points && markup`<circle cx="${left + 9}" cy="${y}" r="2.5" fill="${colour}"/>`}<text x="${left + 23}" y="${y + 4}">${words}</text></g>
`;
  });
  return { drawn, lines: line + 1 };
}

/** @param {Plot} plot @param {readonly SeriesStyle[]} series @param {readonly Mark[]} marks @param {Scale} scale */
function plotOf(plot, series, marks, scale) {
  const { box } = scale;
  const view = [box.left, box.top - DOT, box.right - box.left + DOT, box.bottom - box.top + 2 * DOT];
  const [xs, ...rows] = plot.data;
  return markup`<text x="12" y="${box.top - 12}" font-size="${SIZES.text}" font-weight="600" fill="${LIGHT.text}">${plot.title} <tspan font-size="${SIZES.small}" font-weight="400" fill="${LIGHT.soft}">${plot.unit}</tspan></text>
${axesOf(plot, scale)}
<svg x="${view[0]}" y="${view[1]}" width="${view[2]}" height="${view[3]}" viewBox="${view.join(' ')}">
${series.map((style, index) => lineOf(style, xs ?? [], rows[index] ?? [], scale))}</svg>
${marksOf(marks, scale)}
<text x="${box.right}" y="${box.bottom + 32}" text-anchor="end">step</text>
`;
}

/** @param {Plot} plot @param {Box} box @returns {Scale} */
function scaleOf({ data, range, log }, box) {
  const [first, last] = xRange(data);
  const along = log ? Math.log10 : (/** @type {number} */ value) => value;
  const [low, high] = [along(range[0]), along(range[1])];
  return {
    box,
    x: (value) => box.left + ((value - first) / (last - first)) * (box.right - box.left),
    y: (value) => box.bottom - ((along(value) - low) / (high - low)) * (box.bottom - box.top),
  };
}

/** Axes without points are those of a chart that is to come. @param {Plot['data']} data @returns {[number, number]} */
function xRange([xs = []]) {
  if (xs.length === 0) return [0, 100];
  const [first, last] = [Number(xs[0]), Number(xs[xs.length - 1])];
  return last > first ? [first, last] : [first - 1, first + 1];
}

/** @param {Plot} plot @param {Scale} scale */
function axesOf({ data, range, log, format }, { box, x, y }) {
  const across = roundTicks(...xRange(data), 8, 1);
  const down = log ? powersOfTen(range[0], range[1], 6) : roundTicks(range[0], range[1], 6);
  return [
    down.map(
      (
        value,
      ) => markup`<path d="M${box.left} ${at(y(value))}H${box.right}" stroke="${LIGHT.line}"/><text x="${box.left - 8}" y="${at(y(value) + 4)}" text-anchor="end">${format(value)}</text>
`,
    ),
    across.map(
      (value) => markup`<text x="${at(x(value))}" y="${box.bottom + 17}" text-anchor="middle">${integer(value)}</text>`,
    ),
  ];
}

/**
 * @param {SeriesStyle} style
 * @param {ArrayLike<number | null | undefined>} xs
 * @param {ArrayLike<number | null | undefined>} row
 * @param {Scale} scale
 */
function lineOf({ colour, width, points, line, dash }, xs, row, { x, y }) {
  let path = '';
  let joins = false;
  /** @type {Markup[]} */
  const dots = [];
  for (let index = 0; index < row.length; index++) {
    const value = row[index];
    if (value === null) joins = false;
    if (typeof value !== 'number') continue;
    const [left, top] = [at(x(Number(xs[index]))), at(y(value))];
    path += `${joins ? 'L' : 'M'}${left} ${top}`;
    joins = true;
    if (points) dots.push(markup`<circle cx="${left}" cy="${top}" r="2.5"/>`);
  }
  if (path === '') return null;
  const drawn =
    line &&
    markup`<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linejoin="round"${dashed(dash)}/>`;
  return markup`${drawn}${dots.length > 0 && markup`<g fill="${colour}">${dots}</g>`}
`;
}

/** A mark is named where there is room, and by its title. @param {readonly Mark[]} marks @param {Scale} scale */
function marksOf(marks, { box, x }) {
  let free = box.left;
  return marks
    .filter((mark) => x(mark.x) >= box.left && x(mark.x) <= box.right)
    .map((mark) => {
      const left = x(mark.x);
      const wide = CHARACTER * mark.label.length;
      const start = left + 4 + wide <= box.right ? left + 4 : left - 4 - wide;
      const fits = start >= free;
      free = fits ? start + wide + 4 : Math.max(free, left);
      return markup`<g><title>${`step ${integer(mark.x)}: ${mark.label}`}</title><path d="M${at(left)} ${box.top}V${box.bottom}" stroke="${LIGHT.soft}" stroke-dasharray="2 3"/>${fits && markup`<text x="${at(start)}" y="${box.top + 11}">${mark.label}</text>`}</g>
`;
    });
}

/** @param {readonly number[] | undefined} dash */
const dashed = (dash) => dash && dash.length > 0 && markup` stroke-dasharray="${dash.join(' ')}"`;

/** A hundredth of a pixel is seen by nobody. @param {number} value */
const at = (value) => Math.round(value * 100) / 100;

/** @param {string} text @param {number} most */
const shortened = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
