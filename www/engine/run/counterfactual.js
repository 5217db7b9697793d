/** Which few pixels of an image would have to change for the network to read another class. */

import { argmax } from '../argmax.js';
import { withContrast, withTrace } from '../trace.js';

/** @typedef {import('../../model/reports.js').Counterfactual} Counterfactual */
/** @typedef {import('../session.js').Session} Session */

/**
 * The network, as the search asks it: the logits of an image, and how the score of `first` less that of `second`
 * changes with each of its pixels.
 * @typedef {{
 *   logits: (pixels: Uint8Array) => Float32Array,
 *   gradient: (pixels: Uint8Array, first: number, second: number) => Float32Array,
 * }} Network
 */

const SIDE = 28;
const [PAPER, INK] = [0, 255];
/** From a pixel to those around it. */
const NEIGHBOURS = [-1, 0, 1].flatMap((rows) => [-1, 0, 1].map((columns) => rows * SIDE + columns));
/** Ink is only added beside pixels at least this dark, as a pen would. */
const DARK = 128;
/** Changes that promise most are tried for real; the best of them is made. */
const TRIED = 12;

/** @param {Session} session @returns {Network} */
export const networkOf = (session) => ({
  logits: (pixels) => withTrace(session, pixels, (trace) => trace.logits()),
  gradient: (pixels, first, second) =>
    withTrace(session, pixels, (trace) =>
      withContrast(session, trace, { first, second }, (gradients) => gradients.at(0)),
    ),
});

/**
 * Makes one change after another, until the network reads `target` or `most` pixels have changed; then it undoes those
 * that turn out not to be needed. It yields after each question to the network, so that other work can be done.
 * @param {Network} network
 * @param {Uint8Array} image
 * @param {number} target
 * @param {number} most
 * @returns {Generator<void, Counterfactual>}
 */
export function* counterfactual(network, image, target, most) {
  const pixels = Uint8Array.from(image);
  /** @type {Set<number>} */
  const changed = new Set();
  let lead = leadOver(network.logits(pixels), target);
  while (!(lead.size < 0) && changed.size < most) {
    const slopes = network.gradient(pixels, lead.by, target);
    yield;
    const best = yield* bestOf(network, pixels, target, candidates(pixels, slopes, changed));
    // Where nothing helps, more of it does not help either.
    if (!best || best.lead.size >= lead.size) break;
    pixels[best.index] = best.to;
    changed.add(best.index);
    lead = best.lead;
  }
  if (lead.size < 0) yield* undoNeedless(network, pixels, image, target, changed);
  const logits = network.logits(pixels);
  return { reached: leadOver(logits, target).size < 0, pixels, changed: [...changed].sort((a, b) => a - b), logits };
}

/**
 * How far the strongest other class is ahead of `target`.
 * @param {Float32Array} logits
 * @param {number} target
 */
function leadOver(logits, target) {
  const others = Float32Array.from(logits, (logit, label) => (label === target ? -Infinity : logit));
  const by = argmax(others);
  return { by, size: Number(logits[by]) - Number(logits[target]) };
}

/**
 * The changes that promise most, by the slopes.
 * @param {Uint8Array} pixels
 * @param {Float32Array} slopes of the lead
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
 * @param {Network} network
 * @param {Uint8Array} pixels
 * @param {number} target
 * @param {{ index: number, to: number }[]} changes
 */
function* bestOf(network, pixels, target, changes) {
  let best = null;
  for (const { index, to } of changes) {
    const from = Number(pixels[index]);
    pixels[index] = to;
    const lead = leadOver(network.logits(pixels), target);
    pixels[index] = from;
    if (!best || lead.size < best.lead.size) best = { index, to, lead };
    yield;
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
function* undoNeedless(network, pixels, image, target, changed) {
  for (const index of [...changed].reverse()) {
    const to = Number(pixels[index]);
    pixels[index] = Number(image[index]);
    const carries = [...changed].some((other) => pixels[other] === INK && areNeighbours(other, index));
    if (!carries && leadOver(network.logits(pixels), target).size < 0) changed.delete(index);
    else pixels[index] = to;
    yield;
  }
}
