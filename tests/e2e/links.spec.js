import { expect, test } from '@playwright/test';
import { violations } from './axe.js';
import {
  draw,
  makeSteps,
  open,
  pauseButton,
  settingsPanel,
  settledPrediction,
  stepsMade,
  THREE,
  trainButton,
} from './page.js';

/** @typedef {import('@playwright/test').Page} Page */

const SMALL = 'v=1&net=c4k3,r,m2,f,d10&seed=7&opt=adam:0.002';

/** As from a click on a link elsewhere. @param {Page} page @param {string} hash */
async function openLink(page, hash) {
  await page.goto('about:blank');
  await page.goto(`#${hash}`);
}

/** @param {Page} page */
const shareDialog = (page) => page.getByRole('dialog', { name: 'Share' });
/** @param {Page} page */
const share = (page) => page.getByRole('button', { name: 'Share', exact: true }).click();
/** @param {Page} page */
const close = (page) => page.getByRole('button', { name: 'Close', exact: true }).click();
/** @param {Page} page */
const linkField = (page) => shareDialog(page).getByRole('textbox', { name: 'Link', exact: true });
/** @param {Page} page */
const chooser = (page) => page.getByRole('combobox', { name: 'Network' });

/** @param {Page} page @param {string} receipt */
async function check(page, receipt) {
  await shareDialog(page).getByRole('textbox', { name: 'Receipt to check' }).fill(receipt);
  await shareDialog(page).getByRole('button', { name: 'Repeat the run and compare' }).click();
}

test('a shared link opens the same network, settings, seed, view and drawing', async ({ page }) => {
  await open(page);
  await chooser(page).selectOption({ label: 'LeNet-5' });
  await page.getByRole('button', { name: 'Settings' }).click();
  const seed = settingsPanel(page).getByRole('spinbutton', { name: 'Seed' });
  await seed.fill('4711');
  await seed.press('Enter');
  await page.getByRole('button', { name: 'Restart with these' }).click();
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('radio', { name: 'network' }).check();
  await page.getByRole('tab', { name: 'Cost' }).click();
  await draw(page, THREE);
  const answer = await settledPrediction(page);
  await share(page);
  await shareDialog(page).getByRole('checkbox', { name: 'Include my drawing' }).check();
  const link = await linkField(page).inputValue();
  expect(link).toContain('#v=1&net=c6k5p2,t,a2,');
  expect(link.length).toBeLessThan(400);

  await openLink(page, link.split('#')[1] ?? '');
  await expect(trainButton(page)).toBeEnabled();
  await expect(chooser(page)).toHaveValue('lenet-5');
  expect((await settledPrediction(page))[0]).toBe(answer[0]);
  await expect(page.getByRole('radio', { name: 'network' })).toBeChecked();
  await expect(page.getByRole('tab', { name: 'Cost' })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(settingsPanel(page).getByRole('spinbutton', { name: 'Seed' })).toHaveValue('4711');
});

test('the address follows what runs, and a reload opens it again', async ({ page }) => {
  await open(page);
  expect(new URL(page.url()).hash).toBe('');
  await chooser(page).selectOption({ index: 0 });
  await expect.poll(() => new URL(page.url()).hash).toContain('v=1&net=');
  const chosen = await chooser(page).inputValue();
  await page.reload();
  await expect(trainButton(page)).toBeEnabled();
  await expect(chooser(page)).toHaveValue(chosen);
  await chooser(page).selectOption('codelab');
  await expect.poll(() => new URL(page.url()).hash).toBe('');
});

test('a link that cannot be read or built opens the default and says why', async ({ page }) => {
  for (const [hash, sentence] of [
    ['v=9&net=f,d10', 'This link cannot be read. It has version “9”; this page reads version 1.'],
    ['v=1&net=<script>', 'This link cannot be read. “<script>” in its network is not a layer.'],
    ['v=1&net=c8k5,d10', "This link's experiment cannot be built. Layer 2 (dense) expects a row of numbers"],
    ['v=1&net=f,d10&batch=99999', "This link's experiment cannot be built. The batch_size must be"],
  ]) {
    await openLink(page, hash ?? '');
    await expect(page.getByText(sentence ?? '')).toBeVisible();
    await expect(trainButton(page)).toBeEnabled();
    await expect(chooser(page)).toHaveValue('codelab');
  }
});

test('a link whose drawing is outside the canvas says so, and draws nothing', async ({ page }) => {
  await openLink(page, 'v=1&draw=zzzz');
  await expect(page.getByText('The drawing in this link is outside the canvas, so it is left out.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Show my drawing' })).toBeDisabled();
});

test('another link in the address of the open page asks before it ends a run', async ({ page }) => {
  await openLink(page, SMALL);
  await expect(trainButton(page)).toBeEnabled();
  await makeSteps(page, 1);
  await page.goto('#v=1&net=f,d10');
  const question = page.getByRole('alert').filter({ hasText: 'Open the other experiment?' });
  await question.getByRole('button', { name: 'Keep this run' }).click();
  await expect(question).toBeHidden();
  expect(await stepsMade(page)).toBe(1);
  expect(new URL(page.url()).hash).toContain('net=c4k3');
  await page.goto('#nonsense');
  await expect(page.getByText('That link cannot be read.')).toBeVisible();
  expect(await stepsMade(page)).toBe(1);
  await page.goto('#v=1&net=f,d10&seed=3');
  await question.getByRole('button', { name: 'Open it' }).click();
  await expect.poll(() => stepsMade(page)).toBe(0);
  await expect.poll(() => new URL(page.url()).hash).toBe('#v=1&net=f,d10&seed=3');
});

test('a teacher’s link asks its question first, and shows what the teacher chose', async ({ page }) => {
  await openLink(page, SMALL);
  await expect(trainButton(page)).toBeEnabled();
  await share(page);
  await shareDialog(page).getByText('For teachers').click();
  for (const name of ['Network', 'Settings', 'By digit'])
    await shareDialog(page).getByRole('checkbox', { name }).uncheck();
  await shareDialog(page)
    .getByRole('textbox', { name: 'A question' })
    .fill('Will <img src=x onerror=alert(1)> it learn?');
  const link = await linkField(page).inputValue();

  await openLink(page, link.split('#')[1] ?? '');
  const question = page.getByRole('dialog', { name: 'A question first' });
  await expect(question).toContainText('Will <img src=x onerror=alert(1)> it learn?');
  await page.keyboard.press('Escape');
  await expect(question).toBeVisible();
  await question.getByRole('textbox', { name: 'Your answer' }).fill('Yes, at once.');
  await question.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('region', { name: 'Network' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Settings' })).toHaveCount(0);
  await expect(page.getByRole('tab', { name: 'By digit' })).toHaveCount(0);
  await expect(trainButton(page)).toBeEnabled();
  await makeSteps(page, 2);
  await trainButton(page).click();
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(50);
  await pauseButton(page).click();
  const handout = page.getByRole('complementary', { name: 'Handout' });
  await expect(handout).toContainText('Yes, at once.');
  await expect(handout).toContainText('What you see now: a run after step');
  await expect(handout).toContainText(/after step [\d,]+, [\d.]+\s% of the test images/);
  await handout.getByRole('button', { name: 'Show everything' }).click();
  await expect(page.getByRole('region', { name: 'Network' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Settings' })).toBeVisible();
});

test('a receipt is confirmed by another page, and one of another run is not', async ({ page }) => {
  await openLink(page, SMALL);
  await expect(trainButton(page)).toBeEnabled();
  await trainButton(page).click();
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(60);
  await pauseButton(page).click();
  await share(page);
  const receipt = shareDialog(page).getByRole('textbox', { name: 'Receipt', exact: true });
  await expect(receipt).toHaveValue(/sum: sha256-[0-9a-f]{64}\naccuracy: 0\.\d+$/);
  const text = await receipt.inputValue();
  expect(text.length).toBeLessThan(300);

  await openLink(page, 'v=1&net=f,d10');
  await expect(trainButton(page)).toBeEnabled();
  await share(page);
  const verdict = shareDialog(page).getByRole('status', { name: 'Verdict' });
  await check(page, `Look:\n> ${text.replaceAll('\n', '\n> ')}`);
  await expect(verdict).toContainText('Confirmed: the weights are the same, bit for bit.');

  await check(page, text.replace(/weights: \w{4}/, 'weights: 0000').replace('0.1.0', '7.8.9'));
  await expect(verdict).toContainText('Not confirmed: the weights are');
  await expect(verdict).toContainText('The version differs: 0.1.0 here, 7.8.9 in the receipt.');
  await check(page, 'nonsense');
  await expect(shareDialog(page).getByRole('alert')).toContainText('does not begin with “Convscope receipt”');
});

test('a receipt can come as a link, and a run changed on the way has none', async ({ page }) => {
  await openLink(page, SMALL);
  await expect(trainButton(page)).toBeEnabled();
  await makeSteps(page, 3);
  await share(page);
  await shareDialog(page).getByText('Show as a link').click();
  const link = await shareDialog(page).getByRole('textbox', { name: 'Receipt as a link' }).inputValue();
  await openLink(page, link.split('#')[1] ?? '');
  await expect(trainButton(page)).toBeEnabled();
  await shareDialog(page).getByRole('button', { name: 'Repeat the run and compare' }).click();
  await expect(shareDialog(page).getByRole('status', { name: 'Verdict' })).toContainText('Confirmed');

  await close(page);
  await page.getByRole('button', { name: 'Settings' }).click();
  const rate = page.getByRole('spinbutton', { name: /learning rate/i });
  await rate.fill('0.01');
  await rate.press('Enter');
  await page.waitForTimeout(500);
  await share(page);
  await expect(shareDialog(page).getByRole('textbox', { name: 'Receipt', exact: true })).toHaveValue(/steps: 3\n/);
  await close(page);
  await makeSteps(page, 1);
  await share(page);
  await expect(shareDialog(page)).toContainText(
    /Settings were changed in the middle of the run \(step 3: Learning rate/,
  );
});

test('a teacher sends an experiment and sees at once that a pupil’s receipt agrees, on a phone too', async ({
  page,
  browser,
}) => {
  await openLink(page, SMALL);
  await expect(trainButton(page)).toBeEnabled();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('spinbutton', { name: 'Seed' }).fill('2026');
  await page.keyboard.press('Tab');
  await share(page);
  await shareDialog(page).getByRole('button', { name: 'Restart with these' }).click();
  await expect(linkField(page)).toHaveValue(/seed=2026/);
  await shareDialog(page).getByText('For teachers').click();
  await shareDialog(page).getByRole('checkbox', { name: 'Settings' }).uncheck();
  await shareDialog(page).getByRole('textbox', { name: 'A question' }).fill('Will it learn?');
  const link = await linkField(page).inputValue();
  expect(link).not.toContain('open=settings');
  await close(page);
  await makeSteps(page, 4);

  const pupil = await browser.newPage({ viewport: { width: 390, height: 844 }, serviceWorkers: 'block' });
  await pupil.goto(link);
  await pupil.getByRole('textbox', { name: 'Your answer' }).fill('Yes.');
  await pupil.getByRole('button', { name: 'Continue' }).click();
  await expect(trainButton(pupil)).toBeEnabled();
  await makeSteps(pupil, 4);
  await share(pupil);
  const receipt = shareDialog(pupil).getByRole('textbox', { name: 'Receipt', exact: true });
  await expect(receipt).toHaveValue(/steps: 4\n/);
  const text = await receipt.inputValue();
  await pupil.close();

  await share(page);
  await shareDialog(page).getByRole('textbox', { name: 'Receipt to check' }).fill(text);
  await shareDialog(page).getByRole('button', { name: 'Compare with this run' }).click();
  const verdict = shareDialog(page).getByRole('status', { name: 'Verdict' });
  await expect(verdict).toContainText('Confirmed: the weights are the same, bit for bit.');
  await expect(verdict).toBeInViewport();
});

test('a copied link is in the clipboard, and where that is refused it is selected', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openLink(page, SMALL);
  await share(page);
  await shareDialog(page).getByRole('button', { name: 'Copy link' }).click();
  await expect(shareDialog(page).getByText('Copied.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`#${SMALL}`);
  await page.evaluate(() => (navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))));
  await shareDialog(page).getByRole('button', { name: 'Copy link' }).click();
  await expect(shareDialog(page).getByText('The text is selected')).toBeVisible();
  expect(await page.evaluate(() => String(getSelection()))).toContain(SMALL);
});

test('the question, the handout and the Share dialog are accessible, on a phone and in the dark too', async ({
  page,
}) => {
  await openLink(page, `${SMALL}&panels=draw,learning&ask=What%20will%20happen?`);
  const question = page.getByRole('dialog', { name: 'A question first' });
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 844 });
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme });
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
      const fits = () => page.evaluate(() => document.documentElement.scrollWidth);
      if (await question.isVisible()) {
        expect(await violations(page)).toEqual([]);
        await question.getByRole('button', { name: 'I have no idea yet' }).click();
      }
      expect(await fits()).toBeLessThanOrEqual(width);
      expect(await violations(page)).toEqual([]);
      await share(page);
      await shareDialog(page).getByText('For teachers').click();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(shareDialog(page)).toBeHidden();
    }
  }
});
