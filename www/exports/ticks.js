/** Where the lines of an axis are. */

/** More lines than a person reads, and what a range that is damaged could ask for. */
const MOST = 50;

/**
 * Round numbers from `from` to `to`: 1, 2 or 5 times a power of ten apart.
 * @param {number} from @param {number} to @param {number} most @param {number} [finest] the least distance
 * @returns {number[]}
 */
export function roundTicks(from, to, most, finest = 0) {
  if (!(to > from) || !Number.isFinite(to - from)) return [];
  const least = Math.max((to - from) / most, finest);
  const exponent = Math.floor(Math.log10(least) - 1e-9);
  const [mantissa, power] = [1, 2, 5, 10]
    .map((one) => [one, exponent])
    .find(([one = 1]) => one * 10 ** exponent >= least * (1 - 1e-9)) ?? [10, exponent];
  const step = Number(`${mantissa}e${power}`);
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.min(MOST, Math.floor(to / step + 1e-9) - first + 1);
  return Array.from({ length: Math.max(0, count) }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/**
 * Whole powers of ten, or of many only every second, third and so on.
 * @param {number} from above 0 @param {number} to @param {number} most
 * @returns {number[]}
 */
export function powersOfTen(from, to, most) {
  const [first, last] = [Math.ceil(Math.log10(from) - 1e-9), Math.floor(Math.log10(to) + 1e-9)];
  if (!(last >= first) || !Number.isFinite(last - first)) return [];
  const every = Math.max(1, Math.ceil((last - first + 1) / most));
  const exponents = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return exponents.filter((exponent) => exponent % every === 0).map((exponent) => Number(`1e${exponent}`));
}
