/**
 * What every instrument is made of; `block` is the number of images in which the engine computes. Types only.
 *
 * @typedef {{
 *   session: import('../session.js').Session, emit: import('../emit.js').Emit, now: () => number,
 *   summary: () => import('../../model/spec.js').Summary | null, block: number,
 * }} Parts
 */

export {};
