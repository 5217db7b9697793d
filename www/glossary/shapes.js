/** What the small pictures of the glossary are drawn with, in a box of 132 × 66. */

export const WIDTH = 132;
export const HEIGHT = 66;

/** The colours of the page, light or dark. */
const COLOURS = {
  paper: 'var(--accent-text)',
  faint: 'var(--line-strong)',
  soft: 'var(--train)',
  text: 'var(--text)',
  accent: 'var(--accent)',
  warm: 'var(--wrong)',
  blue: 'var(--right)',
};

/** @typedef {keyof typeof COLOURS} Colour */

/**
 * `style` is its colour, and how it is drawn.
 * @typedef {{ tag: 'rect', x: number, y: number, width: number, height: number, style: string }} Box
 * @typedef {{ tag: 'circle', x: number, y: number, r: number, style: string }} Dot
 * @typedef {{ tag: 'path', d: string, style: string }} Line
 * @typedef {{ tag: 'text', x: number, y: number, text: string, style: string }} Word
 * @typedef {Box | Dot | Line | Word} Shape
 */

const fill = (/** @type {Colour} */ colour) => `fill:${COLOURS[colour]}`;
const stroke = (/** @type {Colour} */ colour, width = 1) =>
  `fill:none;stroke:${COLOURS[colour]};stroke-width:${width};stroke-linecap:round;stroke-linejoin:round`;

/**
 * @param {number} x @param {number} y @param {number} width @param {number} height @param {Colour} colour
 * @returns {Shape}
 */
export const box = (x, y, width, height, colour) => ({ tag: 'rect', x, y, width, height, style: fill(colour) });

/**
 * @param {number} x @param {number} y @param {number} width @param {number} height @param {Colour} [colour]
 * @returns {Shape}
 */
export const frame = (x, y, width, height, colour = 'accent') => ({
  ...{ tag: 'rect', x, y, width, height },
  style: stroke(colour, 2),
});

/** @param {number} x @param {number} y @param {number} r @param {Colour} colour @returns {Shape} */
export const dot = (x, y, r, colour) => ({ tag: 'circle', x, y, r, style: fill(colour) });

/** @param {string} places with commas and spaces, as in SVG @param {number} r @param {Colour} colour @returns {Shape[]} */
export const dots = (places, r, colour) =>
  places.split(' ').map((place) => {
    const [x = 0, y = 0] = place.split(',').map(Number);
    return dot(x, y, r, colour);
  });

/** @param {string} d @param {Colour} [colour] @returns {Shape} */
export const line = (d, colour = 'faint') => ({ tag: 'path', d, style: stroke(colour) });

/** @param {string} d @param {Colour} [colour] @returns {Shape} */
export const curve = (d, colour = 'accent') => ({ tag: 'path', d, style: stroke(colour, 2) });

/** @param {number} x of its middle @param {number} y of its foot @param {string} text @param {Colour} [colour] @returns {Shape} */
export const word = (x, y, text, colour = 'text') => ({
  ...{ tag: 'text', x, y, text },
  style: `${fill(colour)};font-size:11px;font-weight:600;text-anchor:middle`,
});

/**
 * @param {number} fromX @param {number} fromY @param {number} toX @param {number} toY @param {Colour} [colour]
 * @returns {Shape}
 */
export function arrow(fromX, fromY, toX, toY, colour = 'soft') {
  const length = Math.hypot(toX - fromX, toY - fromY);
  const [x, y] = [((toX - fromX) / length) * 4, ((toY - fromY) / length) * 4];
  const wing = (/** @type {1 | -1} */ side) => `${round(toX - x - side * y)} ${round(toY - y + side * x)}`;
  return curve(`M${fromX} ${fromY}L${toX} ${toY}M${wing(1)}L${toX} ${toY}L${wing(-1)}`, colour);
}

const round = (/** @type {number} */ value) => Number(value.toFixed(2));

/** @type {Record<string, Colour>} */
const LETTERS = { '-': 'faint', s: 'soft', t: 'text', a: 'accent', w: 'warm', b: 'blue' };

/**
 * Cells side by side, in the colours that the letters say; a point is the page's own.
 * @param {number} x @param {number} y @param {number} side of a cell @param {string[]} rows
 * @returns {Shape[]}
 */
export const cells = (x, y, side, rows) =>
  rows.flatMap((row, down) =>
    [...row].flatMap((letter, across) => {
      const colour = LETTERS[letter];
      const [left, top, width] = [x + across * side, y + down * side, side - 1];
      return colour ? [box(left, top, width, width, colour)] : [frameOfCell(left, top, width)];
    }),
  );

/** @param {number} x @param {number} y @param {number} side @returns {Shape} */
const frameOfCell = (x, y, side) => ({
  ...{ tag: 'rect', x: x + 0.5, y: y + 0.5, width: side - 1, height: side - 1 },
  style: stroke('faint'),
});

/**
 * Bars that stand on a line.
 * @param {number} x @param {number} foot @param {number} width of a bar @param {number[]} heights @param {Colour} colour
 */
export const bars = (x, foot, width, heights, colour) =>
  heights.map((height, index) => box(x + index * (width + 2), foot - height, width, height, colour));

/** The axes of a chart, from its corner. @param {number} x @param {number} y @param {number} width @param {number} height */
export const axes = (x, y, width, height) => line(`M${x} ${y - height}V${y}H${x + width}`, 'soft');
