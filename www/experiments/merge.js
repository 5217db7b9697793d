/** A plain object with changes laid over it: objects are merged, all else (lists too) is replaced. */

/**
 * @template T
 * @param {T} base
 * @param {unknown} change
 * @returns {T}
 */
export function merged(base, change) {
  if (!isObject(base) || !isObject(change) || 'type' in change) return /** @type {T} */ (change ?? base);
  const keys = new Set([...Object.keys(base), ...Object.keys(change)]);
  const all = [...keys].map((key) => [key, merged(base[key], change[key])]);
  return /** @type {T} */ (Object.fromEntries(all));
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
