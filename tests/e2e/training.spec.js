import { expect, test } from '@playwright/test';
import { draw, ONE, open, pauseButton, prediction, stepsMade, testAccuracy, THREE, trainButton } from './page.js';

test('the default network reaches 97 % on all test digits, and a drawn 3 and a drawn 1', async ({ page }) => {
  test.setTimeout(180_000);
  await open(page);
  await trainButton(page).click();
  await expect(pauseButton(page)).toBeVisible();
  await expect.poll(() => testAccuracy(page), { timeout: 120_000 }).toBeGreaterThan(97);
  await pauseButton(page).click();
  await expect(trainButton(page)).toBeEnabled();
  const paused = await stepsMade(page);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(() => stepsMade(page)).toBe(paused + 1);

  await draw(page, THREE);
  await expect(prediction(page)).toHaveText(/^3, [<>]?\d+\s%$/);
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(prediction(page)).toHaveText('Draw a digit');
  await draw(page, ONE);
  await expect(prediction(page)).toHaveText(/^1, [<>]?\d+\s%$/);
});

test('Next mistake shows a test digit that is misclassified, then another one', async ({ page }) => {
  await open(page);
  await trainButton(page).click();
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(200);
  await pauseButton(page).click();
  await expect(trainButton(page)).toBeEnabled();
  const next = page.getByRole('button', { name: 'Next mistake' });
  const index = page.getByRole('spinbutton', { name: /Test digit/ });
  let before = await index.inputValue();
  for (let found = 0; found < 3; found++) {
    await next.click();
    await expect(index).not.toHaveValue(before);
    expect(Number(await index.inputValue())).toBeGreaterThan(Number(before));
    before = await index.inputValue();
    const draw = page.getByRole('region', { name: 'Draw' });
    await expect(draw).toContainText(/correct answer: \d/);
    const [label] = /(?<=correct answer: )\d/.exec(await draw.innerText()) ?? [];
    await expect(prediction(page)).toHaveText(new RegExp(`^[^${label}], `));
  }
});

test('one step at a time, and a restart with the same seed repeats the same losses', async ({ page }) => {
  await open(page);
  const losses = async () => {
    const seen = [];
    for (let step = 1; step <= 3; step++) {
      await page.getByRole('button', { name: 'Step', exact: true }).click();
      await expect.poll(() => stepsMade(page)).toBe(step);
      const loss = page.getByRole('slider', { name: 'Loss at step' });
      await expect(loss).toHaveAttribute('aria-valuetext', new RegExp(`^step ${step}:`));
      seen.push(await loss.getAttribute('aria-valuetext'));
    }
    return seen;
  };
  const first = await losses();
  expect(new Set(first).size).toBe(3);
  await page.getByRole('button', { name: 'Restart', exact: true }).click();
  await expect.poll(() => stepsMade(page)).toBe(0);
  expect(await losses()).toEqual(first);
  await page.getByRole('button', { name: 'New seed' }).click();
  await expect.poll(() => stepsMade(page)).toBe(0);
  expect(await losses()).not.toEqual(first);
});

test('a learning rate changed while training acts at once and leaves a mark on the curves', async ({ page }) => {
  await open(page);
  await trainButton(page).click();
  await page.getByRole('button', { name: 'Settings' }).click();
  const rate = page.getByRole('spinbutton', { name: /learning rate/i });
  await rate.fill('0.002');
  await rate.press('Enter');
  await page.getByRole('tab', { name: 'Curves' }).click();
  await expect(page.getByRole('list', { name: /Settings changed/ })).toContainText('Learning rate 0.02 → 0.002');
  await expect(pauseButton(page)).toBeVisible();
});

test('a run that blows up is stopped, explained, and can go back', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Settings' }).click();
  const rate = page.getByRole('spinbutton', { name: /learning rate/i });
  await trainButton(page).click();
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(300);
  await rate.fill('10');
  await rate.press('Enter');
  // Every step now multiplies each weight by −9 or more: no number stays finite.
  const decay = page.getByRole('spinbutton', { name: 'Weight decay' });
  await decay.fill('1');
  await decay.press('Enter');
  const alert = page.getByRole('alert').filter({ hasText: 'Diverged at step' });
  await expect(alert).toContainText(/in layer \d/);
  await page.getByRole('button', { name: /Go back to step/ }).click();
  await expect(alert).toBeHidden();
  await expect(trainButton(page)).toBeEnabled();
});

test('every preset trains', async ({ page }) => {
  await open(page);
  const chooser = page.getByRole('combobox', { name: 'Network' });
  for (const preset of await chooser.locator('option').allInnerTexts()) {
    await chooser.selectOption({ label: preset });
    await expect.poll(() => stepsMade(page)).toBe(0);
    await trainButton(page).click();
    await expect.poll(() => stepsMade(page)).toBeGreaterThan(3);
    await pauseButton(page).click();
  }
});

test('the keyboard alone can train, step and restart', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Space');
  await expect(pauseButton(page)).toBeVisible();
  await page.keyboard.press('Space');
  await expect(trainButton(page)).toBeEnabled();
  const before = await stepsMade(page);
  await page.keyboard.press('s');
  await expect.poll(() => stepsMade(page)).toBe(before + 1);
  await page.keyboard.press('r');
  await expect.poll(() => stepsMade(page)).toBe(0);
});
