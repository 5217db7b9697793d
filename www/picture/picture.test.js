import { describe, expect, it, vi } from 'vitest';
import { ALL_STEPS, CENTRE, centreOfMass, SIDE } from '../lib/digit.js';
import { openCamera } from './camera.js';
import { fitted, framed } from './colours.js';
import { digitFromInk } from './fit.js';
import { sizeIn } from './header.js';
import { AS_FOUND, inkOf, isInkLighter, largeParts, otsu } from './ink.js';
import { boxOf } from './pen.js';

/** @typedef {import('./ink.js').Grey} Grey */

const [WIDTH, HEIGHT] = [120, 160];
/** A seven with a pen of eight pixels: where it has ink. @param {number} x @param {number} y */
const isSeven = (x, y) => {
  const down = y - 40;
  return (y >= 40 && y < 48 && x >= 30 && x < 90) || (down >= 0 && y < 120 && Math.abs(x - (86 - down / 2)) < 4);
};

/** The same numbers each time, from 0 to 1. */
function randoms() {
  let state = 7;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

/** @param {(x: number, y: number) => number} value @returns {Grey} */
const picture = (value, width = WIDTH, height = HEIGHT) => ({
  ...{ width, height },
  values: Uint8Array.from({ length: width * height }, (_, at) => value(at % width, Math.floor(at / width))),
});

const plain = picture((x, y) => (isSeven(x, y) ? 30 : 220));

/** The share of all pixels that are ink in one and not in the other. @param {Grey} grey @param {Partial<typeof AS_FOUND>} [finding] */
function mistaken(grey, finding) {
  const { marked } = inkOf(grey, { ...AS_FOUND, ...finding });
  const wrong = marked.values.filter((ink, at) => ink !== Number(isSeven(at % WIDTH, Math.floor(at / WIDTH))));
  return wrong.length / marked.values.length;
}

describe('ink is found', () => {
  it('dark on light and light on dark, by the rim', () => {
    expect(isInkLighter(plain)).toBe(false);
    expect(mistaken(plain)).toBeLessThan(0.001);
    const board = picture((x, y) => (isSeven(x, y) ? 230 : 40));
    expect(isInkLighter(board)).toBe(true);
    expect(mistaken(board)).toBeLessThan(0.001);
    expect(mistaken(board, { invert: false })).toBeGreaterThan(0.5);
  });

  it('in a shadow that is darker than ink in the light, if the light is evened out', () => {
    const shadow = picture((x, y) => Math.round((isSeven(x, y) ? 110 : 240) * (1 - (0.75 * x) / WIDTH)));
    expect(mistaken(shadow, { even: false })).toBeGreaterThan(0.1);
    expect(mistaken(shadow)).toBeLessThan(0.02);
  });

  it('in noise', () => {
    const random = randoms();
    const noisy = picture((x, y) => Math.round((isSeven(x, y) ? 60 : 200) + 50 * (random() - 0.5)));
    expect(mistaken(noisy)).toBeLessThan(0.02);
  });

  it('nowhere on paper that is all the same, or nearly', () => {
    const random = randoms();
    for (const empty of [picture(() => 200), picture(() => 0), picture(() => 250 - 10 * random())]) {
      expect(inkOf(empty, AS_FOUND).isEmpty).toBe(true);
    }
    const dot = picture(() => 0, 1, 1);
    expect(inkOf(dot, AS_FOUND).isEmpty).toBe(true);
    expect(digitFromInk(inkOf(dot, AS_FOUND).ink, ALL_STEPS)).toBeNull();
  });

  it('above the threshold that was chosen', () => {
    const count = (/** @type {number} */ threshold) =>
      inkOf(plain, { ...AS_FOUND, threshold, parts: false }).marked.values.filter(Boolean).length;
    expect(count(254)).toBe(0);
    expect(count(20)).toBeGreaterThan(500);
  });
});

it('Otsu’s threshold is between two groups, and says how far apart they are', () => {
  const { threshold, contrast } = otsu(Uint8Array.from([10, 12, 14, 200, 202, 204]));
  expect(threshold).toBeGreaterThanOrEqual(14);
  expect(threshold).toBeLessThan(200);
  expect(contrast).toBe(190);
});

it('parts that are large stay, and dirt goes', () => {
  const size = { width: 40, height: 10 };
  const mask = new Uint8Array(400);
  // Two parts of 20 pixels, and one of 1 that touches neither.
  for (let at = 0; at < 20; at++)
    mask[40 * (at % 5) + Math.floor(at / 5)] = mask[40 * (at % 5) + 10 + Math.floor(at / 5)] = 1;
  mask[399] = 1;
  const kept = largeParts(mask, size);
  expect(kept.filter(Boolean)).toHaveLength(40);
  expect(kept[399]).toBe(0);
});

describe('the image for the network', () => {
  const { ink } = inkOf(plain, AS_FOUND);
  /** @param {Partial<typeof ALL_STEPS>} [off] */
  const image = (off) => /** @type {Uint8Array} */ (digitFromInk(ink, { ...ALL_STEPS, ...off }));
  const shares = (/** @type {Uint8Array} */ pixels) => Float32Array.from(pixels, (pixel) => pixel / 255);
  const box = (/** @type {Uint8Array} */ pixels) => {
    const found = boxOf({ width: SIDE, height: SIDE, values: shares(pixels) });
    return found ?? { left: 0, top: 0, right: 0, bottom: 0 };
  };

  it('has MNIST’s size, place and pen', () => {
    const { top, bottom } = box(image());
    expect(Math.abs(bottom - top - 20)).toBeLessThanOrEqual(1);
    const centre = centreOfMass(image());
    expect(centre.x).toBeCloseTo(CENTRE, 1);
    expect(centre.y).toBeCloseTo(CENTRE, 1);
    expect(Math.max(...image())).toBe(255);
  });

  it('changes with each step that is left out', () => {
    const alone = /** @type {const} */ ({
      ...{ size: box(image({ size: false })), grey: new Set(image({ grey: false })) },
    });
    // The seven has half of the picture's longer side.
    expect(Math.abs(alone.size.bottom - alone.size.top - 14)).toBeLessThanOrEqual(2);
    expect(alone.grey).toEqual(new Set([0, 255]));
    expect(centreOfMass(image({ centre: false })).y).toBeLessThan(CENTRE - 1);
    const where = box(image({ box: false, size: false, centre: false }));
    expect(Math.abs(where.top - (28 * 40) / 160)).toBeLessThanOrEqual(1);
  });

  it('has a thin line as thick as MNIST’s pen', () => {
    const hair = picture((x, y) => (x >= 60 && x < 62 && y > 20 && y < 140 ? 20 : 220));
    const width = (/** @type {boolean} */ pen) => {
      const pixels = digitFromInk(inkOf(hair, { ...AS_FOUND, pen }).ink, ALL_STEPS);
      return shares(pixels ?? new Uint8Array()).reduce((sum, share) => sum + share, 0) / 20;
    };
    expect(width(false)).toBeLessThan(0.5);
    expect(Math.abs(width(true) - 2.5)).toBeLessThan(0.5);
  });
});

describe('the size that a file says', () => {
  const bytes = (/** @type {number[]} */ ...list) => Uint8Array.from(list);
  const ascii = (/** @type {string} */ text) => [...text].map((letter) => letter.charCodeAt(0));

  it('is read from PNG, GIF, JPEG and WebP', () => {
    const png = bytes(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, ...ascii('IHDR'), 0, 0, 1, 2, 0, 0, 3, 4);
    expect(sizeIn(png)).toEqual({ width: 258, height: 772 });
    expect(sizeIn(bytes(...ascii('GIF89a'), 2, 1, 4, 3))).toEqual({ width: 258, height: 772 });
    const table = [0xff, 0xc4, 0, 4, 9, 9];
    const frame = [0xff, 0xc2, 0, 17, 8, 3, 4, 1, 2];
    expect(sizeIn(bytes(0xff, 0xd8, ...table, ...frame))).toEqual({ width: 258, height: 772 });
    const riff = [...ascii('RIFF'), 0, 0, 0, 0, ...ascii('WEBP')];
    const lossy = [...ascii('VP8 '), 0, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 2, 1, 4, 3];
    expect(sizeIn(bytes(...riff, ...lossy))).toEqual({ width: 258, height: 772 });
    const large = [...ascii('VP8X'), 10, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 3, 3, 0];
    expect(sizeIn(bytes(...riff, ...large))).toEqual({ width: 258, height: 772 });
  });

  it('is not known of what is cut off, or of another kind', () => {
    const random = randoms();
    const noise = Array.from({ length: 500 }, () => 256 * random());
    const beginnings = [[], ascii('GIF8'), [0xff, 0xd8], [0xff, 0xd8, 0xff, 0xc4, 0, 0], ascii('RIFF0000WEBP'), noise];
    for (const beginning of beginnings) expect(sizeIn(bytes(...beginning))).toBeNull();
  });
});

it('a camera that is missing, forbidden or in use is reported in one sentence, with what to do', async () => {
  await expect(openCamera(undefined)).rejects.toThrow(/secure pages only. Choose a file instead./);
  for (const [name, sentence] of [
    ['NotAllowedError', /Allow it/],
    ['NotFoundError', /no camera/],
    ['Other', /could not be started/],
  ]) {
    const getUserMedia = vi.fn().mockRejectedValue(Object.assign(new Error(''), { name }));
    await expect(openCamera({ getUserMedia })).rejects.toThrow(sentence);
  }
});

describe('a picture in colour', () => {
  it('keeps its proportions in the field', () => {
    expect(fitted({ width: 100, height: 50 }, { rows: 32, columns: 32 })).toEqual({ width: 32, height: 16 });
    expect(fitted({ width: 10, height: 1000 }, { rows: 8, columns: 12 })).toEqual({ width: 1, height: 8 });
    expect(fitted({ width: 12, height: 8 }, { rows: 8, columns: 12 })).toEqual({ width: 12, height: 8 });
  });

  it('is in the middle, red before green before blue, and what remains has the colour of its border', () => {
    const data = [10, 20, 30, 255, 10, 20, 30, 255];
    const pixels = framed({ width: 2, height: 1, data }, { rows: 3, columns: 2 });
    expect([...pixels]).toEqual([10, 20, 30].flatMap((value) => Array.from({ length: 6 }, () => value)));
    const two = framed({ width: 1, height: 2, data: [1, 0, 0, 255, 9, 0, 0, 255] }, { rows: 2, columns: 3 });
    expect([...two.subarray(0, 6)]).toEqual([9, 1, 9, 9, 9, 9]);
  });
});
