import { expect, test } from '@playwright/test';
import { violations } from './axe.js';
import { makeSteps, open, pauseButton, stepsMade, trainButton } from './page.js';

/** @typedef {import('./page.js').Page} Page */

/** @param {Page} page */
const learning = (page) => page.getByRole('region', { name: 'Learning' });
/** @param {Page} page */
const log = (page) => learning(page).getByRole('list', { name: 'What happened, latest first' });

/** Trains until the log tells of something, and pauses. @param {Page} page @param {RegExp} what */
async function trainUntil(page, what) {
  await learning(page).getByRole('tab', { name: 'Log', exact: true }).click();
  await trainButton(page).click();
  await expect(log(page)).toContainText(what, { timeout: 60_000 });
  await pauseButton(page).click();
  await expect(trainButton(page)).toBeEnabled();
}

test('the log tells what happened, opens what shows it, and forgets what is forgotten', async ({ page }) => {
  test.setTimeout(120_000);
  await open(page);
  const latest = learning(page).getByTitle('Open the log');
  await expect(latest).toContainText('told here');
  await trainUntil(page, /First evaluation: \d+/);
  await expect(latest).toContainText(/^Step \d/);
  await expect(page.getByRole('status', { name: 'Log' })).toContainText(/^Step 215: /);
  await expect(log(page)).toContainText(/Learned: .* Recall is 90\s% or more/);
  expect(await violations(page)).toEqual([]);

  const sentence = log(page).getByRole('button', { name: /^First evaluation/ });
  await sentence.focus();
  await page.keyboard.press('Enter');
  await expect(learning(page).getByRole('tab', { name: 'Confusion' })).toHaveAttribute('aria-selected', 'true');
  await latest.press('Enter');
  await log(page)
    .getByRole('button', { name: /go to step/ })
    .last()
    .click();
  await expect.poll(() => stepsMade(page)).toBe(200);
  // Steps from here on begin another history.
  await makeSteps(page, 1);
  await expect(log(page)).toBeHidden();
  await expect(latest).toContainText('told here');
});

test('a run that starts over is not told what was said of the one before', async ({ page }) => {
  test.setTimeout(120_000);
  await open(page);
  await trainUntil(page, /First evaluation: \d+/);
  const said = page.getByRole('status', { name: 'Log' });
  await expect(said).toContainText(/^Step \d/);
  await page.getByRole('button', { name: 'Restart', exact: true }).click();
  await expect(said).toBeEmpty();
});

test('a network that dies quietly is told that its learning rate is too high, and its dead filters are marked', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.goto('#v=1&net=c8k5,r,m2,c16k5,r,m2,f,d10&seed=1&opt=sgd:0.5:0.9');
  await expect(trainButton(page)).toBeEnabled();
  await trainUntil(page, /After 300 steps it still guesses\. The learning rate is probably too high/);
  const mark = page.getByRole('region', { name: 'Network' }).getByRole('button', { name: /dead: \d+ of 16 filters/ });
  await expect(mark).toBeVisible({ timeout: 30_000 });
  expect(await violations(page)).toEqual([]);
  await mark.press('Enter');
  await expect(page.getByRole('region', { name: 'Health' })).toContainText(/dead/);
  await expect(page.getByRole('tab', { name: 'Health', exact: true })).toBeFocused();
});

test('overfitting is a word and a figure, and says how it was measured', async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto('#v=1&net=c8k5,r,m2,c16k5,r,m2,f,d10&seed=1&data=mnist:200&epochs=1000');
  await expect(trainButton(page)).toBeEnabled();
  await trainUntil(
    page,
    /Strong overfitting: [\d.]+\s% on training images, [\d.]+\s% on validation images\. It trains on 200 images\./,
  );
  await expect(learning(page).locator('dl').first()).toContainText(/overfitting\s*strong\s*gap\s*[\d.]+\s*points/);
  await expect(learning(page)).toContainText(
    /[\d.]+\s% on [\d,]+ training images, [\d.]+\s% on validation images: a gap of [\d.]+ points\. Strong overfitting\./,
  );
});

test('before the first step the answer is called a guess, and nothing moves with the step', async ({ page }) => {
  for (const width of [1024, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await open(page);
    const words = page.getByText("It hasn't learned anything yet.");
    await expect(words).toBeVisible();
    const why = page.getByRole('button', { name: 'Why?' });
    const before = await why.boundingBox();
    await makeSteps(page, 1);
    await expect(words).toBeHidden();
    expect(await why.boundingBox()).toEqual(before);
  }
});

test('on a phone the log fits', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  await trainUntil(page, /First evaluation/);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expect(log(page)).toBeVisible();
});
