import { expect, test, vi } from 'vitest';
import { DATA_CACHE, keeping } from './kept.js';

/** A browser's caches, as far as they are used. */
class FakeCaches {
  /** @type {Map<string, Response>} */
  kept = new Map();
  opened = 0;
  puts = 0;
  full = false;

  /** @param {string} name */
  async open(name) {
    expect(name).toBe(DATA_CACHE);
    this.opened += 1;
    return {
      match: async (/** @type {string} */ url) => this.kept.get(url)?.clone(),
      put: async (/** @type {string} */ url, /** @type {Response} */ response) => {
        if (this.full) throw new DOMException('No room.', 'QuotaExceededError');
        this.puts += 1;
        this.kept.set(url, new Response(await response.arrayBuffer(), { headers: response.headers }));
      },
    };
  }
}

/** @param {string} text @param {string} etag @param {number} [status] */
const answers = (text, etag, status = 200) => vi.fn(async () => new Response(text, { status, headers: { etag } }));

/** @param {FakeCaches} caches */
const storage = (caches) => /** @type {CacheStorage} */ (/** @type {unknown} */ (caches));

test('keeping keeps what is fetched, and writes it again only when it has changed', async () => {
  const caches = new FakeCaches();
  for (const [text, etag, puts] of /** @type {const} */ ([
    ['one', 'a', 1],
    ['one', 'a', 1],
    ['two', 'b', 2],
  ])) {
    const response = await keeping(answers(text, etag), storage(caches))('http://here/x.gz');
    expect(await response.text()).toBe(text);
    await vi.waitFor(async () => expect(await caches.kept.get('http://here/x.gz')?.clone().text()).toBe(text));
    expect(caches.puts).toBe(puts);
  }
});

test('keeping does not keep what failed, and a full or missing cache changes nothing', async () => {
  const caches = new FakeCaches();
  expect((await keeping(answers('no', 'a', 404), storage(caches))('http://here/x.gz')).status).toBe(404);
  expect(caches.opened).toBe(0);
  caches.full = true;
  expect(await (await keeping(answers('one', 'a'), storage(caches))('http://here/x.gz')).text()).toBe('one');
  const fetch = answers('one', 'a');
  expect(keeping(fetch, undefined)).toBe(fetch);
});

test('keeping writes a file without a version again, and does not keep a web page in its place', async () => {
  const caches = new FakeCaches();
  for (const [index, text] of ['one', 'two'].entries()) {
    await keeping(async () => new Response(text), storage(caches))('http://here/x.gz');
    await vi.waitFor(() => expect(caches.puts).toBe(index + 1));
  }
  const page = new Response('<!doctype html>', { headers: { 'content-type': 'text/html; charset=utf-8' } });
  expect((await keeping(async () => page, storage(caches))('http://here/x.gz')).ok).toBe(true);
  expect(caches.opened).toBe(2);
});

test('keeping aborts a fetch that is aborted', async () => {
  const fetch = answers('one', 'a');
  const { signal } = new AbortController();
  await keeping(fetch, storage(new FakeCaches()))('http://here/x.gz', { signal });
  expect(fetch).toHaveBeenCalledWith('http://here/x.gz', { signal });
});
