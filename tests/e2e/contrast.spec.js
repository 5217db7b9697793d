import { expect, test } from '@playwright/test';
import { violations } from './axe.js';
import { draw, open, prediction, settledPrediction, THREE, trainHundred } from './page.js';

/** @typedef {import('./page.js').Page} Page */

/** @param {Page} page */
const panel = (page) => page.getByRole('region', { name: 'Why not?' });

/** @param {Page} page */
const verdict = (page) => panel(page).getByRole('status', { name: 'What turns the verdict' });

/** The amounts of a list, as they are shown. @param {Page} page @param {string | RegExp} name */
async function amounts(page, name) {
  const texts = await panel(page).getByRole('list', { name }).getByRole('listitem').allInnerTexts();
  return texts.map((text) => Number(/[+−]?[\d.]+\s*$/.exec(text)?.[0].replace('−', '-')));
}

/** @param {readonly number[]} numbers */
const total = (numbers) => numbers.reduce((sum, number) => sum + number, 0);

/** The class that is read, and the label. @param {Page} page */
async function mistake(page) {
  await page.getByRole('button', { name: 'Next mistake' }).click();
  await expect(page.getByRole('region', { name: 'Draw' })).toContainText(/correct answer: \d/);
  const question = page.getByRole('button', { name: /^Why an? \d and not an? \d\?$/ });
  const [, first, second] = /Why an? (\d) and not an? (\d)/.exec(await question.innerText()) ?? [];
  return { question, first: Number(first), second: Number(second) };
}

test('a mistake is explained in two presses: what spoke for each class, and what turns the verdict', async ({
  page,
}) => {
  await open(page);
  await trainHundred(page);
  const { question, first, second } = await mistake(page);
  await question.click();
  await expect(panel(page).getByRole('heading', { name: `Why a ${first} and not a ${second}?` })).toBeAttached();
  await expect(panel(page)).toContainText(`So ${first} is`);

  // The bars add up to the difference of the scores, within what is rounded away.
  const [forFirst, forSecond] = [await amounts(page, `For ${first}`), await amounts(page, `For ${second}`)];
  const rest = await amounts(page, 'The rest of the sum');
  const sum = rest.pop();
  expect(forFirst.every((amount) => amount > 0)).toBe(true);
  expect(forSecond.every((amount) => amount < 0)).toBe(true);
  expect(Math.abs(total([...forFirst, ...forSecond, ...rest]) - Number(sum))).toBeLessThan(0.07);
  await expect(panel(page)).toContainText(/\d, the same as the sum of the bars\./);

  await panel(page)
    .getByRole('button', { name: `Find the pixels that make it a ${second}` })
    .press('Enter');
  await expect(verdict(page)).toContainText(`and it reads a ${second}`);
  await expect(panel(page).getByRole('button', { name: 'Try it' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(prediction(page)).toHaveText(new RegExp(`^${second},`));
  await expect(panel(page).getByRole('button', { name: 'Undo the change' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(prediction(page)).toHaveText(new RegExp(`^${first},`));
});

test('by keyboard: the focus goes to the question and comes back, other classes can be chosen, a map can be opened', async ({
  page,
}) => {
  await open(page);
  await trainHundred(page);
  await draw(page, THREE);
  await settledPrediction(page);
  const question = page.getByRole('button', { name: /^Why an? \d and not an? \d\?$/ });
  await question.focus();
  await page.keyboard.press('Enter');
  const [first, second] = ['Class whose score is explained', 'Class that it is compared with'].map((name) =>
    panel(page).getByRole('combobox', { name }),
  );
  await expect(first).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(first).toBeFocused();
  await first.selectOption('an 8');
  await second.selectOption('a 0');
  await expect(panel(page).getByRole('list', { name: 'For 8' })).toBeVisible();
  await second.selectOption('an 8');
  await expect(first).toHaveValue('0');
  await page.keyboard.press('Escape');
  await expect(panel(page)).toHaveCount(0);
  await expect(question).toBeFocused();

  await page.keyboard.press('4');
  await panel(page)
    .getByRole('button', { name: /^map \d+$/ })
    .first()
    .click();
  await expect(page.getByRole('region', { name: /^Inside conv 2/ })).toBeFocused();
});

test('a mistake in the confusion matrix leads to the same view', async ({ page }) => {
  await open(page);
  await trainHundred(page);
  const learning = page.getByRole('region', { name: 'Learning' });
  await learning.getByRole('group', { name: 'Images' }).getByText('test').click();
  await learning.locator('[data-cell]:not(.right, .zero)').first().click();
  const why = learning.getByRole('button', { name: /^Why an? \d and not an? \d\?$/ });
  const words = await why.innerText();
  await why.click();
  await expect(panel(page).getByRole('heading', { name: words })).toBeAttached();
});

test('it is accessible and fits, on a phone too, and says what to do while there is nothing to explain', async ({
  page,
}) => {
  await open(page);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 844 });
    await page.getByRole('tab', { name: 'Why not?' }).click();
    await expect(panel(page).getByRole('list', { name: 'The rest of the sum' })).toBeVisible();
    await panel(page)
      .getByRole('button', { name: /^Find the pixels/ })
      .click();
    await expect(verdict(page)).toHaveText(/reads|brings/);
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page), `${colorScheme}, ${width} pixels wide`).toEqual([]);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.getByRole('tab', { name: 'Network' }).click();
  }
  await draw(page, THREE);
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByRole('tab', { name: 'Why not?' }).click();
  await expect(panel(page)).toContainText('Draw a digit, or choose a test digit');
});
