import { beforeEach, expect, test, vi } from 'vitest';
import { DATA_CACHE } from './kept.js';

const SCOPE = 'https://host/some/where/';
const FILE = 'assets/index-1.js';
const RARE = 'assets/later/formats-1.wasm';

/** What it listens to. @type {Record<string, (event: any) => void>} */
let listeners;
/** Caches by name: addresses and texts. @type {Map<string, Map<string, string>>} */
let kept;
const claim = vi.fn(async () => {});
/** What the network answers; null without a connection. @type {((url: string) => string | { status: number } | { ok: boolean, clone(): string }) | null} */
let network;

beforeEach(async () => {
  [listeners, kept, network] = [{}, new Map(), (url) => `network ${url.slice(SCOPE.length)}`];
  vi.resetModules();
  vi.stubGlobal('BUILT', { files: [FILE], rare: [RARE], version: 'new' });
  vi.stubGlobal('self', {
    registration: { scope: SCOPE },
    clients: { claim },
    addEventListener: (/** @type {string} */ type, /** @type {any} */ listener) => (listeners[type] = listener),
  });
  vi.stubGlobal('fetch', async (/** @type {Request} */ { url }) => {
    if (!network) throw new TypeError('no connection');
    return network(url);
  });
  vi.stubGlobal('caches', {
    keys: async () => [...kept.keys()],
    delete: async (/** @type {string} */ name) => kept.delete(name),
    match: async (/** @type {string} */ url, { cacheName = '' }) => kept.get(cacheName)?.get(url),
    open: async (/** @type {string} */ name) => ({
      addAll: async (/** @type {Request[]} */ requests) =>
        kept.set(name, new Map(requests.map(({ url }) => [url, `kept ${url.slice(SCOPE.length)}`]))),
      put: async (/** @type {string} */ url, /** @type {string} */ response) => kept.get(name)?.set(url, response),
    }),
  });
  await import('./service-worker.js');
});

/** @param {'install' | 'activate'} type */
async function happens(type) {
  /** @type {Promise<unknown> | undefined} */
  let done;
  listeners[type]?.({ waitUntil: (/** @type {Promise<unknown>} */ promise) => (done = promise) });
  await done;
}

/** What a request is answered with; undefined if it is left to the browser. @param {string} url @param {object} [more] */
async function answer(url, more = {}) {
  /** @type {Promise<unknown> | undefined} */
  let response;
  const request = { method: 'GET', mode: 'cors', url, ...more };
  listeners.fetch?.({ request, respondWith: (/** @type {Promise<unknown>} */ promise) => (response = promise) });
  return response;
}

test('service worker: what few visitors need is not fetched before it is asked for, and kept from then on', async () => {
  await happens('install');
  const response = { ok: true, clone: () => 'kept rare' };
  network = () => response;
  expect(await answer(SCOPE + RARE)).toBe(response);
  network = null;
  expect(await answer(SCOPE + RARE)).toBe('kept rare');
});

test('service worker: built files come from the cache, the page and the data from the network as long as there is one', async () => {
  await happens('install');
  kept.set(DATA_CACHE, new Map([[`${SCOPE}mnist/a.gz`, 'kept a']]));
  const page = { mode: 'navigate' };
  expect(await answer(SCOPE + FILE)).toBe(`kept ${FILE}`);
  expect(await answer(`${SCOPE}?from=mail`, page)).toBe('network ?from=mail');
  expect(await answer(`${SCOPE}mnist/a.gz`)).toBe('network mnist/a.gz');
  network = null;
  expect(await answer(SCOPE + FILE)).toBe(`kept ${FILE}`);
  expect(await answer(`${SCOPE}?from=mail`, page)).toBe('kept ');
  expect(await answer(`${SCOPE}index.html`, page)).toBe('kept ');
  expect(await answer(`${SCOPE}mnist/a.gz`)).toBe('kept a');
  await expect(answer(`${SCOPE}fashion/a.gz`)).rejects.toThrow('no connection');
});

test('service worker: files that the browser has evicted from the cache are fetched', async () => {
  expect(await answer(SCOPE + FILE)).toBe(`network ${FILE}`);
});

test('service worker: kept files replace those of a server that fails, too', async () => {
  await happens('install');
  kept.set(DATA_CACHE, new Map([[`${SCOPE}mnist/a.gz`, 'kept a']]));
  network = () => ({ status: 500 });
  expect(await answer(SCOPE, { mode: 'navigate' })).toBe('kept ');
  expect(await answer(`${SCOPE}mnist/a.gz`)).toBe('kept a');
  expect(await answer(`${SCOPE}fashion/a.gz`)).toEqual({ status: 500 });
  network = () => ({ status: 404 });
  expect(await answer(`${SCOPE}mnist/a.gz`)).toEqual({ status: 404 });
});

test('service worker: requests to other pages, or that do not read, are left to the browser', async () => {
  for (const [url, more] of /** @type {[string, object][]} */ ([
    ['https://elsewhere/some/where/assets/index-1.js', {}],
    ['https://host/other/', { mode: 'navigate' }],
    [`${SCOPE}mnist/README.md`, { mode: 'navigate' }],
    [SCOPE, {}],
    [SCOPE + FILE, { method: 'POST' }],
  ])) {
    expect(await answer(url, more)).toBeUndefined();
  }
});

test('service worker: caches of older versions are dropped, those of other pages and the data stay', async () => {
  const others = [DATA_CACHE, 'convscope https://host/some/ old', `convscope ${SCOPE}deeper/ old`, 'something else'];
  for (const name of [...others, `convscope ${SCOPE} old`]) kept.set(name, new Map());
  await happens('install');
  await happens('activate');
  expect([...kept.keys()]).toEqual([...others, `convscope ${SCOPE} new`]);
});

test('service worker: the page that installs it is served by it at once', async () => {
  claim.mockClear();
  await happens('activate');
  expect(claim).toHaveBeenCalledOnce();
});
