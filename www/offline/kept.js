/** The data files that were fetched once, kept for when there is no connection. */

export const DATA_CACHE = 'convscope data';

/**
 * A fetch that keeps what it has fetched. Where nothing can be kept, it is an ordinary fetch.
 * @param {typeof globalThis.fetch} fetch
 * @param {CacheStorage | undefined} caches missing where the page was not loaded over a secure connection
 * @returns {typeof globalThis.fetch}
 */
export function keeping(fetch, caches) {
  if (!caches) return fetch;
  return async (input, init) => {
    const response = await fetch(input, init);
    // Where a file is missing, some hosts send a web page in its place.
    const isPage = response.headers.get('content-type')?.startsWith('text/html');
    if (response.ok && !isPage) keep(String(input), response.clone(), caches).catch(() => {});
    return response;
  };
}

/** @param {string} url @param {Response} response @param {CacheStorage} caches */
async function keep(url, response, caches) {
  const cache = await caches.open(DATA_CACHE);
  const known = await cache.match(url);
  const etag = response.headers.get('etag');
  if (known && etag !== null && known.headers.get('etag') === etag) await response.body?.cancel();
  else await cache.put(url, response);
}
