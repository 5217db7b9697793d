/** Many images of a split in one piece, with their labels. */

import { Refusal, refusalOf } from '../problem.js';

/** In one request: it is answered at once. */
const MOST = 1_000;

/**
 * @param {Pick<import('./commands.js').Commands, 'session'>} run
 * @param {import('../protocol.js').Ask<'sample'>} ask
 * @returns {import('../protocol.js').Answer<'sample'>}
 */
export function sampleOf({ session }, { split, from, count }) {
  if (!isCount(from) || !isCount(count) || count > MOST)
    throw new Refusal('out_of_range', `Expected at most ${MOST} images from a whole number on. Ask for fewer.`);
  /** @type {Uint8Array[]} */
  const images = [];
  try {
    while (images.length < count) images.push(session.image(split, from + images.length));
  } catch (error) {
    if (refusalOf(error)?.code !== 'not_found') throw error;
  }
  const size = images[0]?.length ?? 0;
  const pixels = new Uint8Array(images.length * size);
  images.forEach((image, at) => pixels.set(image, at * size));
  return { pixels, labels: Uint8Array.from(images, (_, at) => session.label(split, from + at)) };
}

/** @param {number} value */
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
