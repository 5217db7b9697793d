import { readFile } from 'node:fs/promises';
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
  await choose(page, /Fooling yourself/);
  const run = middle(page).getByRole('button', { name: 'Run all 12' });
  await expect(run).toBeDisabled();
  await middle(page).getByRole('radio', { name: 'As good as reported' }).check();
  await run.click();
  await expect(middle(page).getByText('Not quite. The answer:')).toBeInViewport({ timeout: 120_000 });
  await expect(middle(page).getByRole('img', { name: 'confirmed', exact: true })).toHaveCount(1);
  await expect(middle(page).getByText('chosen', { exact: true })).toHaveCount(1);
  await middle(page).getByRole('button', { name: 'Lab report of this experiment' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /^Save the lab report/ }).click();
  const report = await readFile(await (await download).path(), 'utf8');
  expect(report).toContain('<b>Guess:</b> As good as reported');
  expect(report).toMatch(/<svg[^>]*>[^]*seed 3/);
  const claim = middle(page).getByRole('listitem').filter({ hasText: 'The network that was best on 100 digits' });
  await expect(claim).toContainText(/\d+\.\d\s% for “seed \d+”/);
  await middle(page).getByText('All figures').click();
  const others = middle(page).getByRole('table', { name: 'accuracy on the other test images' });
  await expect(others.getByRole('row')).toHaveCount(12);
  await middle(page).getByRole('button', { name: 'Look inside seed 3' }).click();
  await expect.poll(() => stepsMade(page)).toBe(120);
  await expect(panel(page).getByRole('button', { name: 'Look inside seed 3' })).toHaveAttribute('aria-current', 'true');
  const learning = page.getByRole('region', { name: 'Learning' });
  await learning.getByRole('tab', { name: 'Runs', exact: true }).click();
  await expect(learning).toContainText('Fooling yourself with the test set: seed 3');
  await panel(page).getByRole('button', { name: 'Back to the experiment' }).click();
  await expect(middle(page).getByText('Not quite. The answer:')).toBeInViewport();
});

test('a link opens an experiment, whose results outlive its panel and the page', async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto('#v=1&experiment=test-set');
  await middle(page).getByRole('radio', { name: 'Worse' }).check();
  await middle(page).getByRole('button', { name: 'Run all 12' }).click();
  await middle(page)
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
  await expect(middle(page).getByRole('heading', { name: 'Results' })).toBeInViewport();
  await expect(middle(page)).toContainText('Run again to look inside.');
  expect(await violations(page)).toEqual([]);
});

test('a link to an experiment that there is not says so, and leads to the list', async ({ page }) => {
  await page.goto('#v=1&experiment=nothing');
  await expect(middle(page).getByRole('alert')).toHaveText('There is no experiment “nothing” here.');
  await middle(page)
    .getByRole('button', { name: /All experiments/ })
    .click();
  await expect(panel(page).getByRole('button', { name: /Fooling yourself/ })).toBeVisible();
  await expect(middle(page)).toBeHidden();
});

test('looking inside opens the part that shows it, at the step that shows it, and the run is taken in once', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await open(page);
  await choose(page, /How big a step/);
  await middle(page).getByRole('radio').first().check();
  await middle(page).getByRole('button', { name: 'Run all 5' }).click();
  await expect(middle(page).getByRole('heading', { name: 'Results' })).toBeInViewport({ timeout: 120_000 });
  await middle(page).getByRole('button', { name: 'Look inside 0.0001', exact: true }).click();
  await expect(panel(page).getByRole('button', { name: 'Back to the experiment' })).toBeFocused();
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
  await learning.getByRole('tab', { name: 'Runs', exact: true }).click();
  await expect(learning.getByRole('list', { name: 'Runs, newest first' }).getByText(/How big a step/)).toHaveCount(2);
});

test('the filters of a run are drawn while they learn, and the answer comes into view without moving anything, on a small screen too', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page);
  await choose(page, /What does a filter learn/);
  await middle(page).getByRole('radio').nth(1).check();
  await expect(
    middle(page).getByRole('img', { name: /the 8 filters of the first layer at steps 0, 1, 10/ }),
  ).toBeVisible();
  const rows = await middle(page).getByRole('row').all();
  const places = () => Promise.all(rows.map((row) => row.boundingBox()));
  const before = await places();
  await middle(page).getByRole('button', { name: 'Run all 3' }).click();
  await expect(middle(page).getByText('Your guess was right.')).toBeInViewport({ timeout: 120_000 });
  await expect(middle(page).getByRole('heading', { name: 'Results' })).toBeInViewport();
  expect(await places()).toEqual(before);
});

test('a dream of each class is drawn for each run, and kept with the results', async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto('#experiment=dreams');
  await middle(page).getByRole('radio').nth(1).check();
  await middle(page).getByRole('button', { name: 'Run all 3' }).click();
  await expect(middle(page).getByText('Your guess was right.')).toBeInViewport({ timeout: 120_000 });
  await expect(middle(page).getByRole('img', { name: 'confirmed', exact: true })).toHaveCount(4);
  const dreams = middle(page).getByRole('img', { name: /^Dream of / });
  await expect(dreams).toHaveCount(30);
  const ink = (/** @type {import('@playwright/test').Locator} */ image) =>
    image.evaluate((/** @type {HTMLCanvasElement} */ canvas) => canvas.toDataURL());
  const drawn = await ink(dreams.nth(13));
  expect(drawn).not.toBe(await ink(dreams.nth(3)));
  await page.reload();
  await expect(dreams).toHaveCount(30);
  expect(await ink(dreams.nth(13))).toBe(drawn);
});

test('what fools a network is drawn as accuracy against strength', async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto('#experiment=fooling');
  await middle(page).getByRole('radio').nth(1).check();
  await middle(page).getByRole('button', { name: 'Run all 2' }).click();
  await expect(middle(page).getByText('Your guess was right.')).toBeInViewport({ timeout: 120_000 });
  await expect(
    middle(page).getByRole('img', {
      name: /^Accuracy on changed images.*as it is, against the network 97.*at random 97/,
    }),
  ).toBeVisible();
});

test('an experiment on bad starts shows the size of each layer’s output and gradient before its runs have ended', async ({
  page,
}) => {
  await open(page);
  await choose(page, /Bad starting weights/);
  await middle(page).getByRole('radio').first().check();
  await middle(page).getByRole('button', { name: 'Run all 7' }).click();
  const forward = middle(page).getByRole('table', { name: 'Size of each layer’s output' });
  await expect(forward.getByRole('row', { name: /^dense 0 / })).toBeVisible({ timeout: 60_000 });
  const back = middle(page).getByRole('table', { name: 'Size of the gradient it receives' });
  await expect(back.getByRole('row', { name: /^conv 1 0 / })).toBeVisible();
  await middle(page).getByRole('button', { name: 'Stop' }).click();
});

test('Escape closes a dialog, and not the experiment behind it', async ({ page }) => {
  await page.goto('#experiment=pooling');
  await expect(middle(page).getByRole('heading', { name: 'What is pooling good for?' })).toBeVisible();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await expect(dialog.getByRole('textbox', { name: 'Link', exact: true })).toHaveValue(/experiment=pooling/);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(middle(page).getByRole('heading', { name: 'What is pooling good for?' })).toBeVisible();
});

test('it is gone through by keyboard, and a run under way can be stopped', async ({ page }) => {
  await open(page);
  await page.keyboard.press('e');
  const first = panel(page).getByRole('button', { name: /What does a filter learn/ });
  await first.focus();
  await page.keyboard.press('Enter');
  await expect(middle(page).getByRole('heading', { name: 'What does a filter learn?' })).toBeFocused();
  await middle(page).getByRole('radio').first().focus();
  await page.keyboard.press('Space');
  await middle(page).getByRole('button', { name: 'Run all 3' }).press('Enter');
  await middle(page).getByRole('button', { name: 'Stop' }).press('Enter');
  await expect(middle(page).getByRole('button', { name: 'Run all 3' })).toBeEnabled();
  await page.keyboard.press('2');
  await expect(page.getByRole('region', { name: 'Health' })).toBeVisible();
  await expect(panel(page).getByRole('button', { name: 'Back to the experiment' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(middle(page).getByRole('heading', { name: 'What does a filter learn?' })).toBeFocused();
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
      for (const title of [
        /Fooling yourself/,
        /What does a filter learn/,
        /What is pooling good for/,
        /What does a digit/,
      ]) {
        await panel(page).getByRole('button', { name: title }).click();
        await expect(middle(page).getByRole('heading', { name: title })).toBeInViewport();
        expect(await violations(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
        await middle(page)
          .getByRole('button', { name: /All experiments/ })
          .click();
      }
    });
  });
}
