/** Which snapshots of a run are shown where there is no room for all. */

/**
 * As many as fit, evenly spread, with the first and the last.
 * @template Frame
 * @param {readonly Frame[]} frames
 * @param {number} most
 * @returns {Frame[]}
 */
export function spread(frames, most) {
  const count = Math.min(frames.length, Math.max(2, most));
  const last = frames.length - 1;
  return frames.filter(
    (_, at) => at === 0 || Math.floor((at * (count - 1)) / last) > Math.floor(((at - 1) * (count - 1)) / last),
  );
}
