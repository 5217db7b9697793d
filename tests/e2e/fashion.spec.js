/** A second data set. Where these tests run its files need not be: MNIST's take their place. */

import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { violations } from './axe.js';
import { open, pauseButton, prediction, stepsMade, trainButton, trainTo } from './page.js';

/** @typedef {import('@playwright/test').Page} Page */

const FASHION = '**/fashion/*';
const SMALL = 'v=1&net=c4k3,r,m2,f,d10&seed=7&data=fashion';

/** @param {Page} page */
const hasFashion = (page) =>
  page.route(FASHION, (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1);
    return route.fulfill({ body: readFileSync(`data/mnist/${name}`), contentType: 'application/gzip' });
  });

/** As a server for single pages does. @param {Page} page */
const lacksFashion = (page) =>
  page.route(FASHION, (route) => route.fulfill({ body: '<!doctype html><title>Convscope</title>' }));

/** @param {Page} page */
const chooser = (page) => page.getByRole('combobox', { name: 'Data set' }).filter({ visible: true });
/** Where the header has no room for it, it is chosen in the settings. @param {Page} page @param {'mnist' | 'fashion'} set */
async function choose(page, set) {
  const settings = page.getByRole('button', { name: 'Settings', exact: true });
  await settings.click();
  await chooser(page).selectOption(set);
  await settings.click();
}
/** @param {Page} page */
const learning = (page) => page.getByRole('region', { name: 'Learning' });

test('clothes are chosen, learned and named, and digits again', async ({ page }) => {
  await hasFashion(page);
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => request.url().includes('/fashion/') && asked.push(request.url()));
  await open(page);
  await expect(page.getByRole('button', { name: 'Test digit 3, a 0' })).toBeEnabled();
  expect(asked).toEqual([]);

  await page.keyboard.press(',');
  await chooser(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(chooser(page)).toHaveValue('fashion');
  await expect(page).toHaveURL(/data=fashion/);
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  // MNIST's first test digit is a 7, and class 7 is that of sneakers.
  await expect(page.getByRole('button', { name: 'Test image 0, a sneaker' })).toBeEnabled();
  await expect(page.getByRole('button', { name: /^Test digit/ })).toHaveCount(0);
  await trainButton(page).click();
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(150);
  await pauseButton(page).click();
  await page.getByRole('spinbutton', { name: 'Test image, 0 to 9,999' }).fill('0');
  await page.keyboard.press('Enter');
  await expect(prediction(page)).toHaveText(/^[A-Za-z- ]+, [<>]?\d+\s%$/);
  await expect(page.getByRole('list', { name: 'Probability of each class' })).toContainText('sandal');
  await expect(page.getByLabel('Draw a piece of clothing', { exact: true })).toBeVisible();
  await learning(page).getByRole('group', { name: 'Images' }).getByText('test').click();
  const cell = learning(page).getByRole('grid').locator('[data-cell="9/7"]');
  await expect(cell).toHaveAttribute('title', /^ankle boot mistaken for sneaker: /);
  await learning(page).getByRole('tab', { name: 'By class' }).click();
  await expect(learning(page).getByRole('rowheader', { name: 'trousers' })).toBeVisible();
  await page.getByRole('tab', { name: 'Clothes' }).click();
  await expect(page.getByRole('slider', { name: /Map of test images/ })).toBeVisible();
  expect(await violations(page)).toEqual([]);

  await choose(page, 'mnist');
  await expect(page.getByRole('button', { name: 'Test digit 3, a 0' })).toBeEnabled();
  await expect(page.getByRole('list', { name: 'Probability of each digit' })).toBeVisible();
  await trainButton(page).click();
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(50);
  await pauseButton(page).click();

  // The run on clothes is restored with its images.
  await learning(page).getByRole('tab', { name: 'Runs' }).click();
  await learning(page)
    .getByRole('button', { name: /^Continue run/ })
    .first()
    .click();
  await expect(page.getByRole('button', { name: 'Test image 0, a sneaker' })).toBeEnabled();
  await page.setViewportSize({ width: 1920, height: 1080 });
  await expect(chooser(page)).toHaveValue('fashion');
});

test('where the files are missing, one sentence says what to do, and the run goes on', async ({ page }) => {
  await lacksFashion(page);
  await open(page);
  await trainButton(page).click();
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(20);
  await choose(page, 'fashion');
  const alert = page.getByRole('alert').filter({ hasText: 'Fashion-MNIST' });
  await expect(alert).toContainText('cargo xtask data --set fashion');
  await expect(pauseButton(page)).toBeVisible();
  const before = await stepsMade(page);
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(before);
  await alert.getByRole('button', { name: 'Dismiss' }).click();
  await expect(alert).toBeHidden();
});

test('a link opens the data set, in a network that is small too', async ({ page }) => {
  await hasFashion(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`#${SMALL}`);
  await expect(page.getByRole('button', { name: 'Test image 0, a sneaker' })).toBeEnabled();
  await expect(trainButton(page)).toBeEnabled();
  await expect(chooser(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(chooser(page)).toHaveValue('fashion');
});

test('a link to a data set that is not here opens the default experiment and says why', async ({ page }) => {
  await lacksFashion(page);
  await page.goto(`#${SMALL}`);
  await expect(
    page.getByText(/This link's experiment cannot be built\. Fashion-MNIST is not on this site/),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Test digit 3, a 0' })).toBeEnabled();
  await trainButton(page).click();
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(20);
});

test('a run on clothes has a receipt, is gone back in, forked, saved and compared, but not with one on digits', async ({
  page,
}) => {
  await hasFashion(page);
  await page.goto(`#${SMALL}`);
  await expect(page.getByRole('button', { name: 'Test image 0, a sneaker' })).toBeEnabled();
  await trainTo(page, 110);
  const last = await stepsMade(page);

  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  const receipt = dialog.getByRole('textbox', { name: 'Receipt', exact: true });
  await expect(receipt).toHaveValue(/data=fashion[^]*weights: [0-9a-f]{16}/);
  const words = await receipt.inputValue();
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();

  const time = page.getByRole('slider', { name: 'Step of the run' });
  await time.focus();
  await page.keyboard.press('Home');
  for (const step of [10, 20, 50]) {
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => stepsMade(page)).toBe(step);
  }
  // The scores are those of this step.
  await expect(learning(page)).toContainText(/test\saccuracy, all 10,000\s+[\d.]+\s%\s+step 50/);
  await page.getByRole('button', { name: 'Branch…' }).click();
  const form = page.getByRole('dialog', { name: 'Branch at step 50, with one change' });
  await form.getByRole('combobox').selectOption('Learning rate');
  await form.getByRole('spinbutton').fill('0.001');
  await form.getByRole('spinbutton').press('Tab');
  await form.getByRole('button', { name: 'Branch', exact: true }).click();
  await trainTo(page, 70);

  await learning(page).getByRole('tab', { name: 'Runs' }).click();
  const saved = page.waitForEvent('download');
  await learning(page).getByRole('button', { name: 'Save run 1 as a file' }).click();
  const file = await (await saved).path();
  await learning(page).getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(learning(page).getByRole('rowheader', { name: 'sneaker' })).toBeVisible();
  const differing = learning(page).getByRole('list', { name: 'Images on which they disagree' });
  await differing.getByRole('button').first().click();
  await expect(page.getByRole('status', { name: 'Prediction' })).toHaveText(/^[A-Za-z- ]+, [<>]?\d+\s%$/);

  await choose(page, 'mnist');
  await expect(page.getByRole('button', { name: 'Test digit 3, a 0' })).toBeEnabled();
  await trainTo(page, 20);
  await expect(learning(page).getByRole('list', { name: 'What differs' })).toContainText('Data Fashion-MNIST → MNIST');
  await expect(learning(page)).toContainText('evaluated on different images, so nothing else can be compared');
  await expect(differing).toHaveCount(0);
  await learning(page).getByRole('combobox', { name: 'First run' }).selectOption({ index: 2 });
  await learning(page).getByRole('combobox', { name: 'Second run' }).selectOption({ index: 1 });
  await expect(learning(page)).toContainText('To see them, continue a run on Fashion-MNIST.');

  await learning(page).getByRole('button', { name: 'List', exact: true }).click();
  await page.getByLabel('Run file', { exact: true }).setInputFiles(file);
  await learning(page).getByRole('button', { name: 'Continue run 4' }).click();
  await expect.poll(() => stepsMade(page)).toBe(last);
  await expect(page.getByRole('button', { name: 'Test image 0, a sneaker' })).toBeEnabled();
  expect(await violations(page)).toEqual([]);

  // The page that confirms the receipt had digits until then.
  await choose(page, 'mnist');
  await expect(page.getByRole('button', { name: 'Test digit 3, a 0' })).toBeEnabled();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await dialog.getByRole('textbox', { name: 'Receipt to check' }).fill(words);
  await dialog.getByRole('button', { name: 'Repeat the run and compare' }).click();
  await expect(dialog.getByRole('status', { name: 'Verdict' })).toContainText('Confirmed');
});

test('a class that is wrong is named in a colour that can be read', async ({ page }) => {
  await hasFashion(page);
  await page.goto(`#${SMALL}`);
  const wrong = page.locator('.verdict.wrong');
  // Before it has learned anything, the network takes most of them for one and the same class.
  await expect(trainButton(page)).toBeEnabled();
  for (const index of [0, 1, 2]) {
    await page.getByRole('spinbutton', { name: 'Test image, 0 to 9,999' }).fill(`${index}`);
    await page.keyboard.press('Enter');
    await expect(prediction(page)).toHaveAttribute('aria-busy', 'false');
    if (await wrong.isVisible()) break;
  }
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    await page.emulateMedia({ colorScheme });
    await expect(wrong).toBeVisible();
    expect(await violations(page), colorScheme).toEqual([]);
  }
});
