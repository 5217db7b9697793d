/**
 * The engine holds a spec's numbers in 32 bits; in 64, what was 0.02 is 0.019999999552965164. These are the shortest
 * decimals that mean the same to it.
 */

/** @param {number} value */
function shortestDecimal(value) {
  if (Number.isInteger(value) || Math.fround(value) !== value) return value;
  for (let digits = 1; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

/**
 * @template T
 * @param {T} plain numbers, texts, lists and objects of them
 * @returns {T}
 */
export function shortestDecimals(plain) {
  if (typeof plain === 'number') return /** @type {T} */ (shortestDecimal(plain));
  if (Array.isArray(plain)) return /** @type {T} */ (plain.map(shortestDecimals));
  if (typeof plain !== 'object' || plain === null) return plain;
  return /** @type {T} */ (
    Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, shortestDecimals(value)]))
  );
}
