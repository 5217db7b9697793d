/** The sum over channels in as few terms as can be read. */

/** Up to so many channels, each is a term of its own. */
const MOST = 12;

/**
 * `index` is the channel, null for several together.
 * @typedef {{ name: string, value: number, index: number | null }} Part
 */

/**
 * @param {readonly number[]} sums of each channel
 * @param {number} channel that is shown
 * @returns {Part[]}
 */
export function sumOf(sums, channel) {
  const part = (/** @type {number} */ index) => ({
    ...{ name: `channel ${index + 1}`, value: Number(sums[index]), index },
  });
  if (sums.length <= MOST) return sums.map((_, index) => part(index));
  const several = (/** @type {number} */ from, /** @type {number} */ end) => ({
    name: end - from === 1 ? `channel ${from + 1}` : `channels ${from + 1} to ${end}`,
    value: sums.slice(from, end).reduce((total, value) => total + value, 0),
    index: null,
  });
  return [
    ...(channel > 0 ? [several(0, channel)] : []),
    part(channel),
    ...(channel < sums.length - 1 ? [several(channel + 1, sums.length)] : []),
  ];
}
