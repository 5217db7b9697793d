/**
 * The page without a connection. What was built has its content in its name: it is kept when this worker is installed,
 * and never asked for again. The page itself and the data are fetched from the network while there is one; otherwise
 * the kept copies are used. Data are kept by the code that fetches them (kept.js): a set is fetched only when
 * it is chosen.
 */

import { DATA_CACHE } from './kept.js';

/** Filled in when the page is built (vite.config.js). `rare` is what few visitors need: it is kept once it has been fetched. @type {{ files: string[], rare: string[], version: string }} */
const BUILT = /** @type {any} */ (globalThis).BUILT;

/**
 * The part of it that is used; the types of service workers and of pages exclude each other.
 * @typedef {{ request: Request, respondWith(response: Promise<Response>): void, waitUntil(done: Promise<unknown>): void }} Happening
 * @type {{
 *   registration: { scope: string }, clients: { claim(): Promise<void> },
 *   addEventListener(type: 'install' | 'activate' | 'fetch', listener: (event: Happening) => void): void,
 * }}
 */
const worker = /** @type {any} */ (self);
/** Another page of this kind on the same host, under another path, has caches of its own. */
const { scope } = worker.registration;
const OURS = `convscope ${scope} `;
const CACHE = OURS + BUILT.version;

worker.addEventListener('install', (event) => event.waitUntil(fill()));
worker.addEventListener('activate', (event) => event.waitUntil(dropOld().then(() => worker.clients.claim())));
worker.addEventListener('fetch', (event) => {
  const { method, url, mode } = event.request;
  if (method !== 'GET' || !url.startsWith(scope)) return;
  const path = url.slice(scope.length).replace(/[?#].*/, '');
  if ([...BUILT.files, ...BUILT.rare].includes(path)) event.respondWith(keptFirst(event.request));
  else if (path.endsWith('.gz')) event.respondWith(networkFirst(event.request, url, DATA_CACHE));
  else if (mode === 'navigate' && (path === '' || path === 'index.html')) {
    event.respondWith(networkFirst(event.request, scope, CACHE));
  }
});

async function fill() {
  const cache = await caches.open(CACHE);
  // The page has just fetched most of these; the browser need not do it again.
  const built = BUILT.files.map((file) => new Request(scope + file, { cache: 'force-cache' }));
  await cache.addAll([new Request(scope, { cache: 'no-cache' }), ...built]);
}

async function dropOld() {
  const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

/** @param {Request} request */
async function keptFirst(request) {
  const kept = await caches.match(request.url, { cacheName: CACHE });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(CACHE)).put(request.url, response.clone());
  return response;
}

/** @param {Request} request @param {string} key @param {string} cacheName */
async function networkFirst(request, key, cacheName) {
  const kept = () => caches.match(key, { cacheName });
  try {
    const response = await fetch(request);
    return response.status >= 500 ? ((await kept()) ?? response) : response;
  } catch (error) {
    const found = await kept();
    if (found) return found;
    throw error;
  }
}
