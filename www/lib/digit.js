/**
 * From strokes to the 28×28 image a network trained on MNIST expects, by MNIST's own recipe (LeCun,
 * Cortes, Burges): the ink is scaled to fit a 20×20 box with its aspect kept, and placed so that its
 * centre of mass is in the middle of the 28×28 field. Scaling and shifting move the vectors, never
 * a bitmap, so the pen is equally wide however large the drawing is, and nothing is resampled. In an image of another
 * size the lengths are the same shares of its shorter side.
 *
 * MNIST's middle is that of pixel [14, 14], counted from 0: the mean centre of mass of its test images
 * is 14.51, 14.49 from the corner. Half a pixel more to the left or right is not where it was trained.
 */

/** @typedef {import('./strokes.js').Stroke} Stroke */
/** @typedef {{ x0: number, y0: number, x1: number, y1: number }} Segment */
/** @typedef {{ x: number, y: number }} Point */
/** @typedef {{ left: number, top: number, right: number, bottom: number }} Bounds */
/** The size of the image. @typedef {{ rows: number, columns: number }} Size */
/** An image's size, and the lengths of the recipe in its pixels. @typedef {ReturnType<typeof fieldOf>} Field */

export const SIDE = 28;
/** @type {Readonly<Size>} */
export const MNIST_SIZE = Object.freeze({ rows: SIDE, columns: SIDE });
/** Where the centre of mass belongs, from the corner. */
export const CENTRE = 14.5;
/** The long side of the ink, in pixels. */
export const BOX = 20;
/** The width of the pen, in pixels: with it, ink and edge have the ratio that they have in MNIST. */
export const PEN = 2.5;
/** Ink smaller than this share of the canvas is a dot or a dash, and is not blown up to a full digit. */
const SMALLEST = 0.1;
/** Points nearer than this, in pixels, are one. */
const CLOSE = 0.3;
/** Each turn moves the centre of mass closer; what is left after these is below a hundredth of a pixel. */
const CENTRING_TURNS = 2;

/**
 * The steps of the recipe, in their order. Each can be left out, to see what it is good for: without `box`, the ink's box
 * stays where it is on the canvas; without `size`, the canvas is as wide as the field; without `centre`, the box is in the
 * middle; without `grey`, a pixel is ink or paper.
 * @typedef {{ box: boolean, size: boolean, centre: boolean, grey: boolean }} Steps
 */

/** As MNIST was made. @type {Readonly<Steps>} */
export const ALL_STEPS = Object.freeze({ box: true, size: true, centre: true, grey: true });

/** @param {Size} size */
export function fieldOf({ rows, columns }) {
  const side = Math.min(rows, columns);
  const scale = side / SIDE;
  const off = (CENTRE - SIDE / 2) * scale;
  return {
    ...{ rows, columns, side, box: BOX * scale, pen: PEN * scale },
    centre: { x: columns / 2 + off, y: rows / 2 + off },
  };
}

/**
 * @param {readonly Stroke[]} strokes in the unit square
 * @param {Steps} [steps]
 * @param {Size} [size] of the image
 * @returns {Uint8Array | null} row by row, 0 is paper and 255 is ink; null where there is no ink
 */
export function digitFromStrokes(strokes, steps = ALL_STEPS, size = MNIST_SIZE) {
  const inked = strokes.filter((stroke) => stroke.length > 0);
  if (inked.length === 0) return null;
  const field = fieldOf(size);
  const segments = fitIntoBox(inked, steps, field);
  return digitFromCoverage((shift) => rasterise(segments, shift, field), boundsOf(segments, field), steps, field);
}

/**
 * The last steps, which are the same for any ink.
 * @param {(shift: Point) => Float32Array} coverageAt the share of each pixel that is inked, with the ink shifted
 * @param {Bounds} bounds of the ink
 * @param {Steps} steps
 * @param {Field} field
 */
export function digitFromCoverage(coverageAt, bounds, { centre, grey }, field) {
  let shift = { x: 0, y: 0 };
  let coverage = coverageAt(shift);
  for (let turn = 0; centre && turn < CENTRING_TURNS; turn++) {
    const middle = centreOfMass(coverage, field);
    const wanted = { x: shift.x + field.centre.x - middle.x, y: shift.y + field.centre.y - middle.y };
    shift = keepInside(bounds, wanted, field);
    coverage = coverageAt(shift);
  }
  return Uint8Array.from(coverage, (share) => Math.round(255 * (grey ? share : Math.round(share))));
}

/**
 * The image moved down and to the right by whole pixels; what moves in is paper.
 * @param {Uint8Array} pixels of one channel after another
 * @param {readonly [number, number]} by
 * @param {Size} [size]
 */
export function shifted(pixels, [down, right], { rows, columns } = MNIST_SIZE) {
  const moved = new Uint8Array(pixels.length);
  for (let index = 0; index < pixels.length; index++) {
    const [row, column] = [Math.floor(index / columns) % rows, index % columns];
    const [from, across] = [row - down, column - right];
    const inside = from >= 0 && from < rows && across >= 0 && across < columns;
    if (inside) moved[index] = Number(pixels[index - down * columns - right]);
  }
  return moved;
}

/**
 * Centre of mass in pixels from the top left corner; the middle of the first pixel is at 0.5.
 * @param {ArrayLike<number>} pixels
 * @param {Field} [field]
 * @returns {Point}
 */
export function centreOfMass(pixels, { rows, columns, centre } = fieldOf(MNIST_SIZE)) {
  let mass = 0;
  let x = 0;
  let y = 0;
  for (let index = 0; index < rows * columns; index++) {
    const ink = Number(pixels[index]);
    mass += ink;
    x += ink * ((index % columns) + 0.5);
    y += ink * (Math.floor(index / columns) + 0.5);
  }
  return mass > 0 ? { x: x / mass, y: y / mass } : centre;
}

/**
 * Segments in pixels, the ink's box in the middle of the field.
 * @param {readonly Stroke[]} strokes
 * @param {Steps} steps
 * @param {Field} field
 * @returns {Segment[]}
 */
function fitIntoBox(strokes, { box, size }, field) {
  const { side, rows, columns } = field;
  const points = strokes.flat();
  const left = least(points, 'x');
  const top = least(points, 'y');
  const width = -least(points, 'x', -1) - left;
  const height = -least(points, 'y', -1) - top;
  const scale = size ? (field.box - field.pen) / Math.max(width, height, SMALLEST) : side;
  const middle = box ? { x: 0.5, y: 0.5 } : { x: left + width / 2, y: top + height / 2 };
  /** @param {Point} point */
  const place = (point) => ({
    x: (columns - side) / 2 + side * middle.x + (point.x - left - width / 2) * scale,
    y: (rows - side) / 2 + side * middle.y + (point.y - top - height / 2) * scale,
  });
  return strokes.flatMap((stroke) => segmentsOf(stroke.map(place)));
}

/**
 * @param {Point[]} points
 * @param {'x' | 'y'} axis
 * @param {1 | -1} sign
 */
function least(points, axis, sign = 1) {
  return points.reduce((found, point) => Math.min(found, sign * point[axis]), Infinity);
}

/**
 * Joins the points, leaving out those that are too close to the last one to be seen. A lone point
 * becomes a segment of no length: a dot.
 * @param {Point[]} points
 * @returns {Segment[]}
 */
function segmentsOf(points) {
  const [first, ...others] = points;
  if (!first) return [];
  const end = others.pop() ?? first;
  const segments = [];
  let last = first;
  for (const point of others) {
    if (Math.hypot(point.x - last.x, point.y - last.y) < CLOSE) continue;
    segments.push({ x0: last.x, y0: last.y, x1: point.x, y1: point.y });
    last = point;
  }
  return [...segments, { x0: last.x, y0: last.y, x1: end.x, y1: end.y }];
}

/**
 * The box of the ink, pen included.
 * @param {Segment[]} segments
 * @param {Field} field
 * @returns {Bounds}
 */
function boundsOf(segments, { pen }) {
  const points = segments.flatMap(({ x0, y0, x1, y1 }) => [
    { x: x0, y: y0 },
    { x: x1, y: y1 },
  ]);
  return {
    left: least(points, 'x') - pen / 2,
    top: least(points, 'y') - pen / 2,
    right: -least(points, 'x', -1) + pen / 2,
    bottom: -least(points, 'y', -1) + pen / 2,
  };
}

/**
 * No ink leaves the field, however unevenly it is spread over its box.
 * @param {Bounds} bounds
 * @param {Point} shift
 * @param {Field} field
 * @returns {Point}
 */
function keepInside(bounds, shift, { rows, columns }) {
  return {
    x: Math.min(Math.max(shift.x, -bounds.left), columns - bounds.right),
    y: Math.min(Math.max(shift.y, -bounds.top), rows - bounds.bottom),
  };
}

/**
 * The share of each pixel that a round pen along the segments covers. Taken from the distance of the
 * pixel's middle to the nearest segment, which is exact for a straight edge seen square on.
 * @param {Segment[]} segments
 * @param {Point} shift
 * @param {Field} field
 * @returns {Float32Array}
 */
function rasterise(segments, shift, field) {
  const coverage = new Float32Array(field.rows * field.columns);
  const reach = field.pen / 2 + 0.5;
  for (const { x0, y0, x1, y1 } of segments) {
    const ax = x0 + shift.x;
    const ay = y0 + shift.y;
    const dx = x1 - x0;
    const dy = y1 - y0;
    const length = dx * dx + dy * dy;
    const columns = span(ax, ax + dx, reach, field.columns);
    const rows = span(ay, ay + dy, reach, field.rows);
    for (let row = rows.first; row <= rows.last; row++) {
      for (let column = columns.first; column <= columns.last; column++) {
        const px = column + 0.5 - ax;
        const py = row + 0.5 - ay;
        const along = length > 0 ? Math.min(Math.max((px * dx + py * dy) / length, 0), 1) : 0;
        const away = (px - along * dx) ** 2 + (py - along * dy) ** 2;
        if (away >= reach * reach) continue;
        const share = Math.min(reach - Math.sqrt(away), 1);
        const index = row * field.columns + column;
        if (share > Number(coverage[index])) coverage[index] = share;
      }
    }
  }
  return coverage;
}

/**
 * The pixels along one axis that a stretch can touch.
 * @param {number} from
 * @param {number} to
 * @param {number} reach
 * @param {number} count of the pixels along this axis
 */
function span(from, to, reach, count) {
  return {
    first: Math.max(Math.floor(Math.min(from, to) - reach), 0),
    last: Math.min(Math.ceil(Math.max(from, to) + reach), count - 1),
  };
}
