import { defineConfig } from '@playwright/test';
import { LAUNCH_OPTIONS } from './xtask/js/launch-options.js';

// The page must work under any path of any host, so it is tested under an unlikely one.
const port = process.env.E2E_PORT ?? '4391';
const address = `http://localhost:${port}/some/where/`;

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  timeout: 120_000,
  expect: { timeout: 30_000 },
  // Two at a time slow each other, but while one waits the other works: 12 tests a minute in place of 9.
  workers: 2,
  reporter: 'list',
  use: {
    baseURL: address,
    // A page that is served from a cache would hide what the tests do to its connection.
    serviceWorkers: 'block',
    viewport: { width: 1440, height: 900 },
    // Somebody who has been here before finds the lab; only the tests of the lessons come for the first time.
    storageState: {
      cookies: [],
      origins: [
        {
          origin: new URL(address).origin,
          localStorage: [{ name: 'convscope.lessons', value: '{"open":null,"cards":{}}' }],
        },
      ],
    },
    trace: 'retain-on-failure',
    launchOptions: LAUNCH_OPTIONS,
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --base /some/where/ --port ${port} --strictPort`,
    url: address,
  },
});
