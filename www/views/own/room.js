/** How much the browser still keeps for this page. */

/** In bytes; null where it does not say. @param {StorageManager | undefined} storage */
export async function freeBytes(storage) {
  try {
    const { quota, usage } = (await storage?.estimate()) ?? {};
    return quota === undefined || usage === undefined ? null : Math.max(0, quota - usage);
  } catch {
    return null;
  }
}
