import { expect, test } from '@playwright/test';
import { draw, open, pauseButton, settledPrediction, stepsMade, THREE, trainButton } from './page.js';

/** @typedef {import('@playwright/test').Page} Page */

test.use({ serviceWorkers: 'allow' });

/** Until the page, and all data that have been fetched, are kept. @param {Page} page */
async function kept(page) {
  await page.evaluate(() => navigator.serviceWorker.ready);
  const dataFiles = () => page.evaluate(async () => (await (await caches.open('convscope data')).keys()).length);
  await expect.poll(dataFiles, { timeout: 30_000 }).toBe(4);
}

test('once loaded, the page opens, trains and shows all of its parts without a connection', async ({
  page,
  context,
}) => {
  await open(page);
  await kept(page);
  await context.setOffline(true);
  expect(await page.evaluate(() => fetch('nothing.gz').then(String, () => 'offline'))).toBe('offline');
  await page.reload();
  await expect(trainButton(page)).toBeEnabled();
  await trainButton(page).click();
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(150);
  await pauseButton(page).click();
  await draw(page, THREE);
  await settledPrediction(page);
  await page
    .getByRole('button', { name: 'Health', exact: true })
    .or(page.getByRole('tab', { name: 'Health' }))
    .click();
  await expect(page.getByRole('region', { name: 'Health' })).toContainText('gradient');
  await page.getByRole('button', { name: 'Experiments', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Experiments' }).getByRole('button').nth(3)).toBeVisible();
});

test('the service worker keeps no data set that was not chosen, and a link opens without a connection too', async ({
  page,
  context,
  baseURL,
}) => {
  await open(page);
  await kept(page);
  const names = await page.evaluate(async () =>
    (await (await caches.open('convscope data')).keys()).map(({ url }) => url),
  );
  expect(names.every((name) => name.startsWith(`${baseURL}mnist/`))).toBe(true);
  await context.setOffline(true);
  await page.goto('about:blank');
  await page.goto('?from=a-mail#v=1&net=c2k3,r,m2,f,d10&seed=7');
  await expect(trainButton(page)).toBeEnabled();
  await expect(page.getByText('3×3').first()).toBeVisible();
});
