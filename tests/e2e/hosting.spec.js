/** The page on real hosts: in a sub-folder, with the headers of `_headers`, and with both ways of serving `.gz`. */

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { expect, test } from '@playwright/test';
import { pauseButton, stepsMade, trainButton } from './page.js';

const DIST = 'dist';
const FOLDER = '/deep/down/';
/** @type {Record<string, string>} */
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm' };

/** @typedef {Record<string, string>} Headers */

/** The rules of `_headers`: paths, and the headers of each. @returns {[path: string, headers: Headers][]} */
function rules() {
  /** @type {[string, Headers][]} */
  const found = [];
  for (const line of readFileSync(join(DIST, '_headers'), 'utf8').split('\n')) {
    if (line.startsWith('/')) found.push([line.trim(), {}]);
    const [, name, value] = /^ {2}([\w-]+): (.+)$/.exec(line) ?? [];
    if (name && value) Object.assign(found.at(-1)?.[1] ?? {}, { [name]: value });
  }
  return found;
}

/** @param {string} path below the folder, with a slash in front @returns {Headers} */
function headersOf(path) {
  const applies = (/** @type {string} */ rule) =>
    rule.endsWith('*') ? path.startsWith(rule.slice(0, -1)) : path === rule;
  return Object.assign({}, ...rules().flatMap(([rule, headers]) => (applies(rule) ? [headers] : [])));
}

/**
 * A host of `dist/`. One that `unpacks` says that a `.gz` file is the file without `.gz`, packed for transport.
 * @param {boolean} unpacks
 */
async function host(unpacks) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(String(request.url), 'http://host');
    const path = normalize(pathname).replace(FOLDER, '/');
    try {
      if (path === normalize(pathname)) throw new Error('outside the folder');
      const file = path.endsWith('/') ? `${path}index.html` : path;
      const body = readFileSync(join(DIST, file));
      const type = { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' };
      const encoding = unpacks && file.endsWith('.gz') ? { 'Content-Encoding': 'gzip' } : {};
      response.writeHead(200, { ...type, ...encoding, ...headersOf(path) }).end(body);
    } catch {
      response.writeHead(404, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Not here</title>');
    }
  });
  await /** @type {Promise<void>} */ (new Promise((resolve) => server.listen(0, 'localhost', resolve)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { server, address: `http://localhost:${port}${FOLDER}` };
}

for (const [unpacks, what] of /** @type {const} */ ([
  [false, 'as files'],
  [true, 'with Content-Encoding: gzip'],
])) {
  test(`the page trains in a sub-folder of a host that sends .gz ${what}`, async ({ page }) => {
    const { server, address } = await host(unpacks);
    /** @type {string[]} */
    const errors = [];
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('pageerror', (error) => errors.push(error.message));
    try {
      await page.goto(`${address}#v=1&net=c8k5,r,m2,f,d10&seed=7`);
      const response = await page.request.get(`${address}mnist/t10k-labels-idx1-ubyte.gz`);
      expect(response.headers()['content-encoding']).toBe(unpacks ? 'gzip' : undefined);
      await expect(trainButton(page)).toBeEnabled();
      await trainButton(page).click();
      await expect.poll(() => stepsMade(page)).toBeGreaterThan(10);
      await pauseButton(page).click();
      expect(errors).toEqual([]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
}

test('the policy of _headers is that of the page, and lets the workers compile', () => {
  const directives = (/** @type {string} */ policy) => policy.split(';').map((one) => one.trim());
  const page = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(readFileSync('index.html', 'utf8'))?.[1];
  const header = headersOf('/')['Content-Security-Policy'];
  const scripts = "script-src 'self' 'wasm-unsafe-eval'";
  expect(directives(String(header)).filter((one) => one !== scripts)).toEqual(directives(String(page)));
  expect(header).toContain(scripts);
  expect(headersOf('/assets/x.js')['Cache-Control']).toContain('immutable');
  expect(headersOf('/service-worker.js')['Cache-Control']).toBe('no-cache');
});
