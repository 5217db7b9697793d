/** A page in a real browser on an address that leads nowhere: its files come straight from folders. */

import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { LAUNCH_OPTIONS } from './launch-options.js';

const ORIGIN = 'http://convscope.test';

const TYPES = /** @type {Record<string, string>} */ ({
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
});

/**
 * @template Result
 * @param {Record<string, string>} folders where the first part of an address leads
 * @param {string} body the page
 * @param {(page: import('@playwright/test').Page) => Promise<Result>} use
 * @returns {Promise<Result>}
 */
export async function withPage(folders, body, use) {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.route(`${ORIGIN}/**`, async (route) => {
      const [, folder = '', ...rest] = new URL(route.request().url()).pathname.split('/');
      if (folder === '') return route.fulfill({ contentType: 'text/html', body });
      const path = join(folders[folder] ?? 'nowhere', ...rest);
      const contentType = TYPES[extname(path)] ?? 'application/octet-stream';
      return route.fulfill({ contentType, body: await readFile(path) });
    });
    await page.goto(`${ORIGIN}/`);
    return await use(page);
  } finally {
    await browser.close();
  }
}

export function launch() {
  return chromium.launch(LAUNCH_OPTIONS);
}
