/**
 * Whether two values are the same plain data: numbers, texts, lists, and objects whose fields may come in any order.
 * @param {unknown} a
 * @param {unknown} b
 */
export const same = (a, b) => JSON.stringify(a, inOrder) === JSON.stringify(b, inOrder);

/** @param {string} _ @param {unknown} value */
function inOrder(_, value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
