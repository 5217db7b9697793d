/** Files that are shipped with the page, in the order of a menu. */

/** @typedef {{ id: string, json: unknown }} Shipped */

/** @param {string} path */
const idOf = (path) => path.replace(/^.*\/|\.json$/g, '');

/**
 * What the files hold, by their names: those of the list first, then any others.
 * @param {Record<string, { default: unknown }>} files by their paths
 * @param {readonly string[]} order
 * @returns {Shipped[]}
 */
export function shipped(files, order) {
  const rank = (/** @type {string} */ id) => (order.includes(id) ? order.indexOf(id) : order.length);
  return Object.entries(files)
    .map(([path, file]) => ({ id: idOf(path), json: file.default }))
    .sort((a, b) => rank(a.id) - rank(b.id) || a.id.localeCompare(b.id));
}

/**
 * What `read` makes of each; in place of one that is malformed, why.
 * @template Read
 * @param {readonly Shipped[]} files
 * @param {(json: unknown) => Read} read
 * @returns {(Read & { id: string } | { id: string, problem: string })[]}
 */
export function readEach(files, read) {
  return files.map(({ id, json }) => {
    try {
      return { id, ...read(json) };
    } catch (error) {
      return { id, problem: error instanceof Error ? error.message : String(error) };
    }
  });
}
