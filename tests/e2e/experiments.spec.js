import { expect, test } from '@playwright/test';
import { violations } from './axe.js';
import { open, stepsMade, trainButton } from './page.js';

/** @typedef {import('./page.js').Page} Page */

/** The list or, beside the main panel, the experiment whose run is looked into. @param {Page} page */
const panel = (page) => page.getByRole('region', { name: 'Experiments' });

/** The experiment in the middle of the page. @param {Page} page */
const middle = (page) => page.getByRole('region', { name: 'Experiment', exact: true });

/** @param {Page} page @param {RegExp} title */
async function choose(page, title) {
  await page.keyboard.press('e');
  await panel(page).getByRole('button', { name: title }).click();
}

test('an experiment takes a guess, then answers with its runs, which can be opened', async ({ page }) => {
  test.setTimeout(180_000);
  await open(page);
  await choose(page);
  const run = panel(page).getByRole('button', { name: 'Run all 12' });
  await expect(run).toBeDisabled();
  await panel(page).getByRole('radio', { name: 'As good as reported' }).check();
  await run.click();
  await expect(panel(page).getByText('Not quite. The answer:')).toBeVisible({ timeout: 120_000 });
  await expect(panel(page).getByRole('img', { name: 'confirmed', exact: true })).toHaveCount(1);
  const claim = panel(page).getByRole('listitem').filter({ hasText: 'accuracy on the 100 test images' });
  await expect(claim).toContainText(/\d+\.\d\s% \(seed \d+\)/);
  await panel(page).getByText('All figures').click();
  const others = panel(page).getByRole('table', { name: 'accuracy on the other test images' });
  await expect(others.getByRole('row')).toHaveCount(12);
  await panel(page).getByRole('button', { name: 'Look inside seed 3' }).click();
  await expect.poll(() => stepsMade(page)).toBe(120);
  const learning = page.getByRole('region', { name: 'Learning' });
  await learning.getByRole('button', { name: 'Runs', exact: true }).click();
  await expect(learning).toContainText('Fooling yourself with the test set: seed 3');
});

test('a link opens an experiment, whose results outlive its panel and the page', async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto('#v=1&experiment=test-set');
  await panel(page).getByRole('radio', { name: 'Worse' }).check();
  await expect(page.getByRole('region', { name: 'Draw' })).toBeVisible();
  await panel(page).getByRole('button', { name: 'Run all 12' }).click();
  await panel(page)
    .getByRole('button', { name: /All experiments/ })
    .click();
  const entry = panel(page).getByRole('button', { name: /Fooling yourself/ });
  await expect(entry).toContainText('Running');
  await expect(entry).toContainText('You guessed “Worse”, and were right.', { timeout: 120_000 });
  await panel(page).getByRole('button', { name: 'Close experiments' }).click();
  await page.keyboard.press('e');
  await expect(entry).toContainText('Done.');
  await page.goto('about:blank');
  await open(page);
  await page.keyboard.press('e');
  await entry.click();
  await expect(panel(page).getByRole('heading', { name: 'Results' })).toBeVisible();
  await expect(panel(page)).toContainText('Run again to look inside.');
  expect(await violations(page)).toEqual([]);
});

test('looking inside opens the part that shows it, at the step that shows it, and the run is taken in once', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await open(page);
  await page.keyboard.press('e');
  await panel(page)
    .getByRole('button', { name: /How big a step/ })
    .click();
  await panel(page).getByRole('radio').first().check();
  await panel(page).getByRole('button', { name: 'Run all 5' }).click();
  await expect(panel(page).getByRole('heading', { name: 'Results' })).toBeVisible({ timeout: 120_000 });
  const centre = page.locator('#main-panel');
  for (const [rate, verdict] of /** @type {const} */ ([
    ['0.0001', 'The step stops short'],
    ['0.3', 'The step overshoots'],
  ])) {
    await panel(page)
      .getByRole('button', { name: `Look inside ${rate}`, exact: true })
      .click();
    await expect(page.getByRole('tab', { name: 'Step', exact: true })).toHaveAttribute('aria-selected', 'true');
    await expect(centre).toContainText(verdict);
    await expect(page.getByRole('slider', { name: 'Step of the run' })).toHaveAttribute('aria-valuetext', /^step 0 of/);
  }
  await page.getByRole('slider', { name: 'Step of the run' }).press('ArrowRight');
  await expect.poll(() => stepsMade(page)).toBe(10);
  await panel(page).getByRole('button', { name: 'Look inside 0.3', exact: true }).click();
  await expect.poll(() => stepsMade(page)).toBe(0);
  const learning = page.getByRole('region', { name: 'Learning' });
  await learning.getByRole('button', { name: 'Runs', exact: true }).click();
  await expect(learning.getByRole('list', { name: 'Runs, newest first' }).getByText(/How big a step/)).toHaveCount(2);
});

test('an experiment on bad starts shows the size of each layer’s output and gradient before its runs have ended', async ({
  page,
}) => {
  await open(page);
  await page.keyboard.press('e');
  await panel(page)
    .getByRole('button', { name: /Bad starting weights/ })
    .click();
  await panel(page).getByRole('radio').first().check();
  await panel(page).getByRole('button', { name: 'Run all 7' }).click();
  const forward = panel(page).getByRole('table', { name: 'Size of each layer’s output' });
  await expect(forward.getByRole('row', { name: /^dense 0 / })).toBeVisible({ timeout: 60_000 });
  const back = panel(page).getByRole('table', { name: 'Size of the gradient it receives' });
  await expect(back.getByRole('row', { name: /^conv 1 0 / })).toBeVisible();
  await panel(page).getByRole('button', { name: 'Stop' }).click();
});

test('it is gone through by keyboard, and a run under way can be stopped', async ({ page }) => {
  await open(page);
  await page.keyboard.press('e');
  const first = panel(page).getByRole('button', { name: /What does a filter learn/ });
  await first.focus();
  await page.keyboard.press('Enter');
  await panel(page).getByRole('radio').first().focus();
  await page.keyboard.press('Space');
  await panel(page).getByRole('button', { name: 'Run all 3' }).press('Enter');
  await panel(page).getByRole('button', { name: 'Stop' }).press('Enter');
  await expect(panel(page).getByRole('button', { name: 'Run all 3' })).toBeEnabled();
  await page.keyboard.press('Escape');
  await expect(first).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeHidden();
  await expect(trainButton(page)).toBeEnabled();
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test.describe(`on a phone, ${colorScheme}`, () => {
    test.use({ viewport: { width: 390, height: 844 }, colorScheme });

    test('experiments fit the screen and are accessible', async ({ page }) => {
      await open(page);
      await page.getByRole('button', { name: 'Experiments' }).click();
      expect(await violations(page)).toEqual([]);
      await panel(page)
        .getByRole('button', { name: /Fooling yourself/ })
        .click();
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    });
  });
}
