/** Which few pixels of an image would have to change for the network to read another class. */

import { SIDE } from '../lib/digit.js';

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
 * holds the indices of those pixels, `logits` are those of the changed image.
 * @typedef {{ reached: boolean, pixels: Uint8Array, changed: number[], logits: ArrayLike<number> }} Counterfactual
 */

/** @typedef {{ by: number, size: number }} Lead */

const [PAPER, INK] = [0, 255];
/** From a pixel to those around it. */
const NEIGHBOURS = [-1, 0, 1].flatMap((rows) => [-1, 0, 1].map((columns) => rows * SIDE + columns));
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
 * @param {number} most
 * @returns {Promise<Counterfactual>}
 */
export async function counterfactual(network, image, target, most) {
  const pixels = Uint8Array.from(image);
  /** @type {Set<number>} */
  const changed = new Set();
  let lead = await leadIn(network, pixels, target);
  while (lead.size >= 0 && changed.size < most) {
    const slopes = await network.gradient(pixels, lead.by, target);
    const best = await bestOf(network, pixels, target, candidates(pixels, slopes, changed));
    // Where nothing helps, more of it does not help either.
    if (!best || best.lead.size >= lead.size) break;
    pixels[best.index] = best.to;
    changed.add(best.index);
    lead = best.lead;
  }
  if (lead.size < 0) await undoNeedless(network, pixels, image, target, changed);
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
 */
function candidates(pixels, slopes, changed) {
  const found = [];
  for (let index = 0; index < pixels.length; index++) {
    const slope = Number(slopes[index]);
    const [from, to] = [Number(pixels[index]), slope > 0 ? PAPER : INK];
    const gain = slope * (from - to);
    if (gain > 0 && !changed.has(index) && (to === PAPER || isBesideInk(pixels, index)))
      found.push({ index, to, gain });
  }
  return found.sort((a, b) => b.gain - a.gain || a.index - b.index).slice(0, TRIED);
}

/** @param {Uint8Array} pixels @param {number} index */
function isBesideInk(pixels, index) {
  return NEIGHBOURS.some((step) => areNeighbours(index + step, index) && Number(pixels[index + step]) >= DARK);
}

/** Whether two places touch, if only at a corner. @param {number} a @param {number} b */
function areNeighbours(a, b) {
  const rows = Math.abs(Math.floor(a / SIDE) - Math.floor(b / SIDE));
  const columns = Math.abs((a % SIDE) - (b % SIDE));
  return a >= 0 && a !== b && rows <= 1 && columns <= 1;
}

/**
 * The change that leaves the smallest lead, tried for real.
 * @param {Network} network
 * @param {Uint8Array} pixels
 * @param {number} target
 * @param {{ index: number, to: number }[]} changes
 */
async function bestOf(network, pixels, target, changes) {
  const logits = await network.logits(changes.map(({ index, to }) => pixels.with(index, to)));
  /** @type {{ index: number, to: number, lead: Lead } | null} */
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
 * @param {Set<number>} changed
 */
async function undoNeedless(network, pixels, image, target, changed) {
  for (const index of [...changed].reverse()) {
    const to = Number(pixels[index]);
    pixels[index] = Number(image[index]);
    const carries = [...changed].some((other) => pixels[other] === INK && areNeighbours(other, index));
    if (!carries && (await leadIn(network, pixels, target)).size < 0) changed.delete(index);
    else pixels[index] = to;
  }
}
