import { expect, test } from '@playwright/test';
import { violations } from './axe.js';
import { open, stepsMade, testAccuracy, trainButton, trainTo } from './page.js';

/** @typedef {import('@playwright/test').Page} Page */

/** @param {Page} page */
const time = (page) => page.getByRole('slider', { name: 'Step of the run' });

/** @param {Page} page */
const list = (page) => page.getByRole('list', { name: 'Runs, newest first' });

/** @param {Page} page */
async function openRuns(page) {
  await page.getByRole('tab', { name: 'Runs', exact: true }).click();
  await expect(list(page)).toBeVisible();
}

/** What the filter shown in the inspector is, in pixels. @param {Page} page */
const filter = (page) =>
  page
    .getByLabel(/^conv 1, filter 1: /)
    .locator('canvas')
    .evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());

test('a restart keeps the run before, which can be laid over, renamed, deleted and had back', async ({ page }) => {
  await open(page);
  await trainTo(page, 60);
  await page.getByRole('button', { name: 'Settings' }).click();
  const rate = page.getByRole('spinbutton', { name: /learning rate/i });
  await page.getByRole('button', { name: 'Restart', exact: true }).click();
  await expect.poll(() => stepsMade(page)).toBe(0);
  await rate.fill('0.005');
  await rate.press('Enter');
  await openRuns(page);
  await expect(list(page).getByRole('listitem')).toHaveCount(2);
  await expect(list(page)).toContainText('Learning rate 0.02 → 0.005');
  const over = page.getByLabel('Runs laid over the curves');
  await expect(over).toContainText('Two convolutions');
  await page.getByRole('checkbox', { name: 'Run 1 on the curves' }).uncheck();
  await expect(over).not.toContainText('Two convolutions');
  await page.getByRole('button', { name: 'Rename run 1' }).click();
  await page.getByRole('textbox', { name: 'Name of run 1' }).fill('My first');
  await page.keyboard.press('Enter');
  await expect(list(page)).toContainText('My first');
  await page.getByRole('button', { name: 'Delete run 1' }).click();
  await expect(list(page).getByRole('listitem')).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(list(page)).toContainText('My first');
  await page.getByRole('button', { name: 'Continue run 1' }).click();
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(60);
});

test('a run is gone back in by keyboard: weights and scores follow, and going on makes the same steps again', async ({
  page,
}) => {
  await open(page);
  await trainTo(page, 210);
  const last = await stepsMade(page);
  const end = await filter(page);
  await time(page).focus();
  await page.keyboard.press('Home');
  await expect.poll(() => stepsMade(page)).toBe(0);
  await expect.poll(() => filter(page)).not.toBe(end);
  const start = await filter(page);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => stepsMade(page)).toBe(10);
  await expect(time(page)).toHaveAttribute('aria-valuetext', new RegExp(`^step 10 of ${last}$`));
  await expect.poll(() => filter(page)).not.toBe(start);
  await page.getByRole('button', { name: 'Go to step 100' }).click();
  await expect.poll(() => stepsMade(page)).toBe(100);
  await time(page).focus();
  await page.keyboard.press('End');
  await expect.poll(() => stepsMade(page)).toBe(last);
  await expect.poll(() => filter(page)).toBe(end);
  await page.keyboard.press('Home');
  await expect.poll(() => stepsMade(page)).toBe(0);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(time(page)).toHaveAttribute('aria-valuetext', 'step 1 of 1');
});

test('a step back becomes a fork with one thing changed, and the run it came from stays whole', async ({ page }) => {
  await open(page);
  await trainTo(page, 110);
  const last = await stepsMade(page);
  await time(page).focus();
  await page.keyboard.press('Home');
  for (const step of [10, 20, 50]) {
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => stepsMade(page)).toBe(step);
  }
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: 'Branch at step 50, with one change' });
  await expect(form.getByRole('combobox')).toBeFocused();
  await expect(form.getByRole('button', { name: 'Branch', exact: true })).toBeDisabled();
  expect(await violations(page)).toEqual([]);
  await form.getByRole('combobox').selectOption('Batch size');
  await form.getByRole('spinbutton').fill('0');
  await form.getByRole('spinbutton').press('Enter');
  await expect(form).toContainText('Must be a whole number from 1 to 4096; 32 is kept.');
  await form.getByRole('combobox').selectOption('Learning rate');
  await form.getByRole('spinbutton').fill('0.001');
  await form.getByRole('spinbutton').press('Tab');
  await expect(form).toContainText('New run: Run 1 from step 50, Learning rate 0.02 → 0.001');
  await form.getByRole('button', { name: 'Branch', exact: true }).click();
  await openRuns(page);
  await expect(list(page)).toContainText('Run 1 from step 50, Learning rate 0.02 → 0.001');
  await trainTo(page, 70);
  await expect(list(page)).toContainText(`step ${last}`);
  await time(page).focus();
  await page.keyboard.press('Home');
  await expect.poll(() => stepsMade(page)).toBe(50);
});

test('a run that has made all of its steps is forked with more epochs, and nothing else', async ({ page }) => {
  await page.goto('#v=1&net=f,d10&epochs=1&batch=512');
  await trainButton(page).click();
  await expect(page.locator('header')).toContainText('finished');
  const last = await stepsMade(page);
  await page.getByRole('button', { name: 'Branch…' }).click();
  const form = page.getByRole('dialog', { name: /^Branch at step/ });
  await expect(form).toContainText('This run has made all its steps');
  await form.getByRole('combobox').selectOption('Wrong sign');
  await form.getByRole('switch').check();
  await expect(form.getByRole('button', { name: 'Branch and train' })).toBeDisabled();
  await form.getByRole('combobox').selectOption('Epochs');
  await form.getByRole('spinbutton').fill('2');
  await form.getByRole('spinbutton').press('Enter');
  await expect(form).toHaveCount(0);
  await expect.poll(() => stepsMade(page)).toBe(2 * last);
});

test('a finished run goes on for five more epochs, and a setting touched meanwhile is not in it', async ({ page }) => {
  await page.goto('#v=1&net=f,d10&data=mnist:640&epochs=1');
  await trainButton(page).click();
  await expect(page.locator('header')).toContainText('finished');
  const last = await stepsMade(page);
  const step = page.getByRole('button', { name: 'Step', exact: true });
  await expect(step).toBeDisabled();
  await step.focus();
  await expect(page.getByText('All epochs are done.')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Train 5 more epochs' }).click();
  await expect.poll(() => stepsMade(page)).toBe(6 * last);
  await page.getByRole('button', { name: 'Settings' }).click();
  const rate = page.getByRole('spinbutton', { name: /learning rate/i });
  await rate.fill('0.5');
  await rate.press('Enter');
  await page.getByRole('button', { name: 'Share' }).click();
  const receipt = page.getByRole('textbox', { name: 'Receipt', exact: true });
  await expect(receipt).toHaveValue(new RegExp(`epochs=6[^]*steps: ${6 * last}\\n`));
  await expect(receipt).not.toHaveValue(/0\.5:/);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Restart' }).click();
  await expect.poll(() => stepsMade(page)).toBe(0);
  await openRuns(page);
  await expect(list(page)).toContainText(/Learning rate [\d.]+ → 0\.5/);
});

test('two runs are compared, by spec, by class and by the digits they read differently', async ({ page }) => {
  await open(page);
  await trainTo(page, 150);
  await openRuns(page);
  await expect.poll(() => testAccuracy(page)).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'New seed' }).click();
  await expect.poll(() => stepsMade(page)).toBe(0);
  await trainTo(page, 150);
  await expect.poll(() => testAccuracy(page)).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page.getByRole('list', { name: 'What differs' })).toContainText('Seed 1 → ');
  const digits = page.getByRole('list', { name: 'Digits on which they disagree' });
  await expect(digits.getByRole('button').first()).toBeVisible({ timeout: 30_000 });
  const name = await digits.getByRole('button').first().textContent();
  const [, index, first, second] = /digit\s+(\d+),[^]*as\s+(\d)\s+→\s+(\d)/.exec(name ?? '') ?? [];
  expect(first).not.toBe(second);
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'List', exact: true }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
  }
  await digits.getByRole('button').first().click();
  await expect(page.getByRole('spinbutton', { name: /Test digit/ })).toHaveValue(String(index));
});

test('after a reload the last session is offered, and goes on where it was kept', async ({ page }) => {
  await open(page);
  await trainTo(page, 210);
  const last = await stepsMade(page);
  const end = await filter(page);
  await page.reload();
  await expect(page.getByText(`step ${last}`)).toBeVisible();
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await expect.poll(() => stepsMade(page)).toBe(last);
  await expect.poll(() => filter(page)).toBe(end);
  await openRuns(page);
  await expect(list(page).getByRole('listitem')).toHaveCount(1);
});

test('which runs are laid over the curves is kept over a reload', async ({ page }) => {
  await open(page);
  for (let run = 1; run <= 2; run += 1) {
    await trainTo(page, 20);
    await page.getByRole('button', { name: 'Restart', exact: true }).click();
    await expect.poll(() => stepsMade(page)).toBe(0);
  }
  await openRuns(page);
  await page.getByRole('checkbox', { name: 'Run 1 on the curves' }).check();
  await page.getByRole('checkbox', { name: 'Run 2 on the curves' }).uncheck();
  await page.reload();
  await openRuns(page);
  await expect(page.getByRole('checkbox', { name: 'Run 1 on the curves' })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'Run 2 on the curves' })).not.toBeChecked();
});

test('a run is saved as a file and opened from it; a file that is not a run is refused', async ({ page }) => {
  await open(page);
  await trainTo(page, 60);
  await openRuns(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save run 1 as a file' }).click();
  const file = await (await download).path();
  await page.getByLabel('Run file').setInputFiles(file);
  await expect(list(page).getByRole('listitem')).toHaveCount(2);
  await page.getByRole('button', { name: 'Continue run 2' }).click();
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(60);
  const buffer = Buffer.from('no run at all');
  await page.getByLabel('Run file').setInputFiles({ name: 'x.cvsr', mimeType: 'application/octet-stream', buffer });
  await expect(page.getByRole('alert')).toContainText(
    'This is not a Convscope run: it does not start with its signature.',
  );
});

test('where the browser keeps nothing, the page says so and keeps runs in memory', async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('No.', 'SecurityError');
    };
  });
  await open(page);
  await trainTo(page, 60);
  await openRuns(page);
  await expect(page.getByText('This browser keeps no more runs')).toBeVisible();
  await time(page).focus();
  await page.keyboard.press('Home');
  await expect.poll(() => stepsMade(page)).toBe(0);
});
