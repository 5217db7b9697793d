/** Which kept steps to drop when there are too many: the start of a run keeps more detail. */

/** Near the start a network changes with every step, but not so much that steps 0, 1 and 2 are all worth keeping. */
const OFFSET = 10;

/**
 * Chooses, one at a time, the step whose removal leaves the smallest gap, as a ratio. The first and the last stay.
 * @param {readonly number[]} steps rising
 * @param {number} most how many may stay
 * @param {number | null} [stays] one that is never dropped
 * @returns {number[]} those to drop, rising
 */
export function toDrop(steps, most, stays = null) {
  const kept = [...steps];
  const dropped = [];
  while (kept.length > Math.max(2, most)) {
    const at = smallestGap(kept, stays);
    if (at === null) break;
    dropped.push(...kept.splice(at, 1));
  }
  return dropped.sort((a, b) => a - b);
}

/** @param {readonly number[]} steps @param {number | null} stays */
function smallestGap(steps, stays) {
  let least = Infinity;
  /** @type {number | null} */
  let at = null;
  for (let index = 1; index < steps.length - 1; index += 1) {
    if (steps[index] === stays) continue;
    const gap = (Number(steps[index + 1]) + OFFSET) / (Number(steps[index - 1]) + OFFSET);
    if (gap < least) [least, at] = [gap, index];
  }
  return at;
}

/**
 * A run, the bytes it takes, checkpoints included, and the kept step it went back to, if any.
 * @typedef {{ id: string, size: number, kept: readonly { step: number, size: number }[], at?: number | null }} Sized
 */

/**
 * Makes room: starting with the oldest run, more and more checkpoints are dropped, until only the first, the last and
 * the one a run went back to are left.
 * @param {readonly Sized[]} runs oldest first
 * @param {number} limit bytes for all of them
 * @returns {{ drops: { id: string, steps: number[] }[], over: number }} `over`: bytes still above the limit
 */
export function makeRoom(runs, limit) {
  let over = runs.reduce((sum, { size }) => sum + size, 0) - limit;
  const drops = [];
  for (const { id, kept, at = null } of runs) {
    const steps = kept.map(({ step }) => step);
    const sizeOf = new Map(kept.map(({ step, size }) => [step, size]));
    let dropped = /** @type {number[]} */ ([]);
    let freed = 0;
    for (let most = steps.length - 1; most >= 2 && freed < over; most -= 1) {
      dropped = toDrop(steps, most, at);
      freed = dropped.reduce((sum, step) => sum + Number(sizeOf.get(step)), 0);
    }
    over -= freed;
    if (dropped.length > 0) drops.push({ id, steps: dropped });
  }
  return { drops, over: Math.max(0, over) };
}
