/** Which kept steps to give up when there are too many: the start of a run stays told in more detail. */

/** Near the start a network changes with every step, but not so much that steps 0, 1 and 2 are all worth keeping. */
const OFFSET = 10;

/**
 * Chooses one after the other the step whose loss leaves the smallest gap, as a ratio. The first and the last stay.
 * @param {readonly number[]} steps rising
 * @param {number} most how many may stay
 * @param {number | null} [stays] one that is not given up in any case
 * @returns {number[]} those to give up, rising
 */
export function toDrop(steps, most, stays = null) {
  const kept = [...steps];
  const dropped = [];
  while (kept.length > Math.max(2, most)) {
    const at = leastMissed(kept, stays);
    if (at === null) break;
    dropped.push(...kept.splice(at, 1));
  }
  return dropped.sort((a, b) => a - b);
}

/** @param {readonly number[]} steps @param {number | null} stays */
function leastMissed(steps, stays) {
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
 * A run, the bytes it takes, checkpoints included, and the kept step at which it stands, if it was gone back in.
 * @typedef {{ id: string, size: number, kept: readonly { step: number, size: number }[], at?: number | null }} Sized
 */

/**
 * Makes room: of the oldest runs first, ever more checkpoints are given up, until only the first and the last are left, and
 * the one at which a run stands.
 * @param {readonly Sized[]} runs oldest first
 * @param {number} limit bytes for all of them
 * @returns {{ drops: { id: string, steps: number[] }[], over: number }} `over`: the bytes that are still too many
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
