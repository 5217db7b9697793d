/** Which few pixels of an image would have to change for the network to read another class. */

import { pixelOf, withPixel } from './pixels.js';

/**
 * The network, as the search asks it: the logits of several images, and how the score of `first` less that of `second`
 * changes with each pixel of one.
 * @typedef {{
 *   logits: (images: Uint8Array[]) => Promise<ArrayLike<number>[]>,
 *   gradient: (pixels: Uint8Array, first: number, second: number) => Promise<ArrayLike<number>>,
 * }} Network
 */

/**
 * An image of which a few pixels have been changed so that another class is read: it is `reached` or not. `changed`
 * holds the places of those pixels, `logits` are those of the changed image.
 * @typedef {{ reached: boolean, pixels: Uint8Array, changed: number[], logits: ArrayLike<number> }} Counterfactual
 */

/** @typedef {{ by: number, size: number }} Lead */
/** @typedef {import('../model/data-sets.js').ImageForm} ImageForm */

/** In colour, black and white. */
const [PAPER, INK] = [0, 255];
/** From a pixel to those around it. */
const STEPS = [-1, 0, 1];
/** Ink is only added beside pixels at least this dark, as a pen would. */
const DARK = 128;
/** Changes that promise most are tried for real; the best of them is made. */
const TRIED = 12;

/**
 * Makes one change after another, until the network reads `target` or `most` pixels have changed; then it undoes those
 * that turn out not to be needed.
 * @param {Network} network
 * @param {Uint8Array} image
 * @param {number} target
 * @param {{ most: number, form: ImageForm }} limits
 * @returns {Promise<Counterfactual>}
 */
export async function counterfactual(network, image, target, { most, form }) {
  const pixels = Uint8Array.from(image);
  /** @type {Set<number>} */
  const changed = new Set();
  let lead = await leadIn(network, pixels, target);
  while (lead.size >= 0 && changed.size < most) {
    const slopes = await network.gradient(pixels, lead.by, target);
    const best = await bestOf(network, target, candidates(pixels, slopes, changed, form));
    // Where nothing helps, more of it does not help either.
    if (!best || best.lead.size >= lead.size) break;
    pixels.set(best.image);
    changed.add(best.index);
    lead = best.lead;
  }
  if (lead.size < 0) await undoNeedless(network, pixels, image, target, { changed, form });
  const [logits = []] = await network.logits([pixels]);
  return { reached: leadOver(logits, target).size < 0, pixels, changed: [...changed].sort((a, b) => a - b), logits };
}

/**
 * How far the strongest other class is ahead of `target`.
 * @param {ArrayLike<number>} logits
 * @param {number} target
 * @returns {Lead} of size NaN where the logits are not finite
 */
function leadOver(logits, target) {
  const others = Array.from(logits, (logit, label) => (label === target ? -Infinity : logit));
  const by = others.indexOf(Math.max(...others));
  return { by, size: Number(logits[by]) - Number(logits[target]) };
}

/** @param {Network} network @param {Uint8Array} pixels @param {number} target */
async function leadIn(network, pixels, target) {
  const [logits = []] = await network.logits([pixels]);
  return leadOver(logits, target);
}

/**
 * The changes that promise most, by the slopes.
 * @param {Uint8Array} pixels
 * @param {ArrayLike<number>} slopes of the lead
 * @param {ReadonlySet<number>} changed
 * @param {ImageForm} form
 */
function candidates(pixels, slopes, changed, form) {
  const area = areaOf(form);
  const found = [];
  for (let index = 0; index < area; index++) {
    const from = pixelOf(pixels, index, area);
    const to = pixelOf(slopes, index, area).reduce((all, slope) => all + slope, 0) > 0 ? PAPER : INK;
    const gain = from.reduce((all, value, channel) => all + Number(slopes[channel * area + index]) * (value - to), 0);
    // In colour there is no ink: any pixel can be bright.
    const fits = to === PAPER || form.channels > 1 || isBesideInk(pixels, index, form);
    if (gain > 0 && !changed.has(index) && fits) found.push({ index, to, gain });
  }
  const promising = found.sort((a, b) => b.gain - a.gain || a.index - b.index).slice(0, TRIED);
  return promising.map(({ index, to }) => ({ index, image: withPixel(pixels, index, area, to) }));
}

/** @param {ImageForm} form */
const areaOf = ({ rows, columns }) => rows * columns;

/** @param {Uint8Array} pixels @param {number} index @param {ImageForm} form */
function isBesideInk(pixels, index, form) {
  const around = STEPS.flatMap((rows) => STEPS.map((columns) => index + rows * form.columns + columns));
  return around.some((near) => areNeighbours(near, index, form) && Number(pixels[near]) >= DARK);
}

/** Whether two places touch, if only at a corner. @param {number} a @param {number} b @param {ImageForm} form */
function areNeighbours(a, b, form) {
  const rows = Math.abs(Math.floor(a / form.columns) - Math.floor(b / form.columns));
  const columns = Math.abs((a % form.columns) - (b % form.columns));
  return a >= 0 && a !== b && rows <= 1 && columns <= 1;
}

/**
 * The change that leaves the smallest lead, tried for real.
 * @param {Network} network
 * @param {number} target
 * @param {{ index: number, image: Uint8Array }[]} changes
 */
async function bestOf(network, target, changes) {
  const logits = await network.logits(changes.map(({ image }) => image));
  /** @type {{ index: number, image: Uint8Array, lead: Lead } | null} */
  let best = null;
  for (const [at, change] of changes.entries()) {
    const lead = leadOver(logits[at] ?? [], target);
    if (!best || lead.size < best.lead.size) best = { ...change, lead };
  }
  return best;
}

/**
 * Undoes what the verdict does not need, the last change first, but for what ink was added beside.
 * @param {Network} network
 * @param {Uint8Array} pixels
 * @param {Uint8Array} image
 * @param {number} target
 * @param {{ changed: Set<number>, form: ImageForm }} changes
 */
async function undoNeedless(network, pixels, image, target, { changed, form }) {
  const area = areaOf(form);
  for (const index of [...changed].reverse()) {
    const to = Number(pixels[index]);
    for (let at = index; at < pixels.length; at += area) pixels[at] = Number(image[at]);
    const isInk = (/** @type {number} */ other) => form.channels === 1 && pixels[other] === INK;
    const carries = [...changed].some((other) => isInk(other) && areNeighbours(other, index, form));
    if (!carries && (await leadIn(network, pixels, target)).size < 0) changed.delete(index);
    else pixels.set(withPixel(pixels, index, area, to));
  }
}
