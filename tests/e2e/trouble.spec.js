import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { open, pauseButton, stepsMade, trainButton } from './page.js';

const TEST_IMAGES = '**/t10k-images-idx3-ubyte.gz';

for (const [name, answer] of /** @type {const} */ ([
  ['missing', { status: 404, body: 'gone' }],
  ['cut off', { body: readFileSync('data/mnist/t10k-images-idx3-ubyte.gz').subarray(0, 100_000) }],
  ['something else', { body: '<!doctype html><title>A sign-in page</title>' }],
])) {
  test(`a file that is ${name} is reported in one sentence, and a retry fixes it`, async ({ page }) => {
    await page.route(TEST_IMAGES, (route) => route.fulfill(answer));
    await page.goto('');
    const alert = page.getByRole('alert').filter({ hasText: 'The digits could not be loaded.' });
    await expect(alert).toContainText('t10k-images');
    await page.unroute(TEST_IMAGES);
    await page.getByRole('button', { name: 'Retry' }).click();
    await expect(alert).toBeHidden();
    await trainButton(page).click();
    await expect.poll(() => stepsMade(page)).toBeGreaterThan(10);
  });
}

test('files that arrive unpacked already are read too', async ({ page }) => {
  await page.route('**/*-ubyte.gz', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-encoding': 'identity' } });
  });
  await open(page);
  await trainButton(page).click();
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(10);
});

test('a worker that dies is replaced and training goes on from the last checkpoint', async ({ page }) => {
  await open(page);
  await trainButton(page).click();
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(200);
  await page.workers()[0].evaluate(() => {
    setTimeout(() => {
      throw new Error('on purpose');
    });
  });
  await expect(page.getByText(/stopped unexpectedly/)).toBeVisible();
  await expect(pauseButton(page)).toBeVisible();
  const resumed = await stepsMade(page);
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(resumed + 50);
});

test('a browser that cannot run the engine shows what it needs', async ({ page }) => {
  await page.route('**/*.wasm', (route) => route.fulfill({ status: 404, body: '' }));
  await page.goto('');
  await expect(page.getByRole('alert')).toContainText('WebAssembly');
});

test('no other host is asked for anything', async ({ page, baseURL }) => {
  /** @type {string[]} */
  const elsewhere = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(String(baseURL)) && !url.startsWith('data:')) elsewhere.push(url);
  });
  /** @type {string[]} */
  const errors = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await open(page);
  await trainButton(page).click();
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(100);
  expect(elsewhere).toEqual([]);
  expect(errors).toEqual([]);
});
