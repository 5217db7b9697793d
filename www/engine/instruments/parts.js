/**
 * What every instrument is made of. Types only.
 *
 * @typedef {{
 *   session: import('../session.js').Session, emit: import('../emit.js').Emit, now: () => number,
 *   summary: () => import('../../model/spec.js').Summary | null,
 * }} Parts
 */

export {};
