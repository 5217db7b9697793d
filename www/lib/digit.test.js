import { describe, expect, it } from 'vitest';
import { ALL_STEPS, CENTRE, centreOfMass, digitFromStrokes, fieldOf, shifted, SIDE } from './digit.js';

/** @typedef {import('./strokes.js').Point} Point */

/**
 * @param {number} count
 * @param {(t: number) => Point} path
 */
const along = (count, path) => Array.from({ length: count }, (_, index) => path(index / (count - 1)));

const three = [
  along(60, (t) => ({ x: 0.45 + 0.2 * Math.sin(5 * t), y: 0.2 + 0.3 * t })),
  along(60, (t) => ({ x: 0.45 + 0.22 * Math.sin(4 * t), y: 0.5 + 0.3 * t })),
];
const seven = [
  along(30, (t) => ({ x: 0.2 + 0.5 * t, y: 0.2 })),
  along(50, (t) => ({ x: 0.7 - 0.3 * t, y: 0.2 + 0.6 * t })),
];
const one = [along(40, (t) => ({ x: 0.5 + 0.02 * t, y: 0.1 + 0.8 * t }))];

/**
 * @param {readonly (readonly Point[])[]} strokes
 * @param {number} scale
 * @param {number} dx
 * @param {number} dy
 */
const moved = (strokes, scale, dx, dy) =>
  strokes.map((stroke) => stroke.map(({ x, y }) => ({ x: x * scale + dx, y: y * scale + dy })));

/** @param {readonly (readonly Point[])[]} strokes */
function draw(strokes) {
  const pixels = digitFromStrokes(strokes);
  if (!pixels) throw new Error('there is ink, so there must be a digit');
  return pixels;
}

/** @param {Uint8Array} pixels */
function inkBox(pixels) {
  const inked = Array.from(pixels.keys()).filter((index) => Number(pixels[index]) > 127);
  const columns = inked.map((index) => index % SIDE);
  const rows = inked.map((index) => Math.floor(index / SIDE));
  return {
    width: Math.max(...columns) - Math.min(...columns) + 1,
    height: Math.max(...rows) - Math.min(...rows) + 1,
  };
}

/**
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 */
const furthest = (a, b) => Math.max(...a.map((value, index) => Math.abs(value - Number(b[index]))));

describe('a digit made from strokes', () => {
  it('is nothing where there is no ink', () => {
    expect(digitFromStrokes([])).toBeNull();
    expect(digitFromStrokes([[]])).toBeNull();
  });

  it('is the same wherever and however large it was drawn', () => {
    expect(furthest(draw(three), draw(moved(three, 0.4, 0.5, 0.05)))).toBeLessThanOrEqual(2);
    expect(furthest(draw(seven), draw(moved(seven, 1.2, -0.1, 0.02)))).toBeLessThanOrEqual(2);
  });

  it('has its centre of mass where MNIST has it', () => {
    for (const strokes of [three, seven, one]) {
      const centre = centreOfMass(draw(strokes));
      expect(Math.abs(centre.x - CENTRE)).toBeLessThan(0.1);
      expect(Math.abs(centre.y - CENTRE)).toBeLessThan(0.1);
    }
  });

  it('is 20 pixels long on its long side and keeps its aspect', () => {
    const box = inkBox(draw(seven));
    expect(box.height).toBeGreaterThanOrEqual(19);
    expect(box.height).toBeLessThanOrEqual(21);
    expect(Math.abs(box.width - (2.5 + (17.5 * 0.5) / 0.6))).toBeLessThanOrEqual(1.5);
  });

  it('stays thin where a thin stroke was drawn', () => {
    const box = inkBox(draw(one));
    expect(box.height).toBeGreaterThanOrEqual(19);
    expect(box.width).toBeLessThanOrEqual(4);
  });

  it('stays a dot where one point was tapped, and a dash where the finger slipped', () => {
    const dot = draw([[{ x: 0.9, y: 0.1 }]]);
    expect(inkBox(dot).width).toBeLessThanOrEqual(3);
    expect(inkBox(dot).height).toBeLessThanOrEqual(3);
    expect(centreOfMass(dot).x).toBeCloseTo(CENTRE, 1);
    const dash = draw([
      [
        { x: 0.5, y: 0.5 },
        { x: 0.51, y: 0.5 },
      ],
    ]);
    expect(inkBox(dash).width).toBeLessThanOrEqual(5);
  });

  it('keeps all its ink in the field however uneven the ink is', () => {
    const lopsided = [
      along(200, (t) => ({ x: 0.1, y: 0.1 + 0.8 * t })),
      along(200, (t) => ({ x: 0.1, y: 0.1 + 0.8 * t })),
      [
        { x: 0.1, y: 0.9 },
        { x: 0.9, y: 0.9 },
      ],
    ];
    const pixels = draw(lopsided);
    expect(inkBox(pixels).width).toBeGreaterThanOrEqual(19);
    expect(inkBox(pixels).height).toBeGreaterThanOrEqual(19);
  });

  it('has smooth edges and full ink', () => {
    const pixels = draw(three);
    expect(Math.max(...pixels)).toBe(255);
    expect(pixels.some((value) => value > 40 && value < 215)).toBe(true);
    expect(pixels[0]).toBe(0);
  });
});

it('a shifted image is the same further down and to the right', () => {
  const pixels = new Uint8Array(784);
  pixels[3 * 28 + 4] = 9;
  expect(shifted(pixels, [2, -1])[5 * 28 + 3]).toBe(9);
  expect(shifted(pixels, [-4, 0]).some((pixel) => pixel > 0)).toBe(false);
});

describe('a step that is left out', () => {
  const off = (/** @type {Partial<import('./digit.js').Steps>} */ steps) => ({ ...ALL_STEPS, ...steps });
  const small = moved(three, 0.4, 0.05, 0.5);
  const image = (/** @type {Partial<import('./digit.js').Steps>} */ steps) =>
    /** @type {Uint8Array} */ (digitFromStrokes(small, off(steps)));

  it('leaves the same bytes as before where none is', () => {
    expect(digitFromStrokes(small, { ...ALL_STEPS })).toEqual(digitFromStrokes(small));
  });

  it('keeps the ink where it is on the canvas, without box and centre', () => {
    // The box of the small three: x from 0.142 to 0.31, y from 0.58 to 0.82.
    const where = centreOfMass(image({ box: false, centre: false, size: false }));
    expect(where.x).toBeCloseTo(28 * 0.23, -0.5);
    expect(where.y).toBeCloseTo(28 * 0.7, -0.5);
    const centred = centreOfMass(image({ box: false }));
    expect(centred.x).toBeCloseTo(CENTRE, 1);
  });

  it('keeps the size that the ink has on the canvas, without size', () => {
    expect(inkBox(image({})).height).toBeGreaterThanOrEqual(19);
    // A quarter of the canvas, and the pen.
    expect(Math.abs(inkBox(image({ size: false })).height - (28 * 0.24 + 2.5))).toBeLessThanOrEqual(1.5);
  });

  it('leaves the box in the middle, without centre', () => {
    const seen = centreOfMass(/** @type {Uint8Array} */ (digitFromStrokes(seven, off({ centre: false }))));
    // The bar of a seven is at the top, so its mass is too.
    expect(seen.y).toBeLessThan(CENTRE - 1);
  });

  it('makes every pixel ink or paper, without grey', () => {
    expect(new Set(image({ grey: false }))).toEqual(new Set([0, 255]));
  });
});

describe('an image of another size', () => {
  const sizes = [
    { rows: 8, columns: 12 },
    { rows: 64, columns: 64 },
    { rows: 64, columns: 9 },
  ];

  it('has the ink in the same share of its shorter side, its centre of mass in the middle', () => {
    for (const size of sizes) {
      const pixels = digitFromStrokes(three, ALL_STEPS, size) ?? new Uint8Array();
      const field = fieldOf(size);
      expect(pixels).toHaveLength(size.rows * size.columns);
      const inked = Array.from(pixels.keys()).filter((index) => Number(pixels[index]) > 0);
      const rows = inked.map((index) => Math.floor(index / size.columns));
      expect(Math.max(...rows) - Math.min(...rows)).toBeLessThanOrEqual(Math.ceil(field.box) + 1);
      expect(Math.max(...rows) - Math.min(...rows)).toBeGreaterThanOrEqual(Math.floor(field.box) - 2);
      const middle = centreOfMass(pixels, field);
      expect(Math.hypot(middle.x - field.centre.x, middle.y - field.centre.y)).toBeLessThan(0.2);
    }
  });

  it('is, at twice the size, the same drawing', () => {
    const large = digitFromStrokes(seven, ALL_STEPS, { rows: 56, columns: 56 }) ?? new Uint8Array();
    const halved = draw(seven).map((_, index) => {
      const at = 2 * (56 * Math.floor(index / SIDE) + (index % SIDE));
      return [0, 1, 56, 57].reduce((sum, step) => sum + Number(large[at + step]), 0) / 4;
    });
    const off = halved.reduce((sum, value, index) => sum + Math.abs(value - Number(draw(seven)[index])), 0);
    expect(off / draw(seven).reduce((sum, value) => sum + value, 0)).toBeLessThan(0.1);
  });

  it('is shifted channel by channel', () => {
    const pixels = Uint8Array.from({ length: 12 }, (_, index) => index + 1);
    const moved = shifted(pixels, [1, 1], { rows: 2, columns: 3 });
    expect([...moved]).toEqual([0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 7, 8]);
  });
});
