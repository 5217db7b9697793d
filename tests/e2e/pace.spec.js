import { expect, test } from '@playwright/test';
import { open, pauseButton, stepsMade, trainButton } from './page.js';

const paceButton = (/** @type {import('@playwright/test').Page} */ page) =>
  page.getByRole('button', { name: 'Speed and steps' });

test('training is slowed down to a few steps a second, and goes on at full speed, by keyboard', async ({ page }) => {
  await open(page);
  await paceButton(page).focus();
  await page.keyboard.press('Enter');
  const menu = page.getByRole('dialog', { name: 'Speed and steps' });
  await expect(menu.getByRole('radio', { name: 'full speed' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(menu.getByRole('radio', { name: '1 step a second' })).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(paceButton(page)).toBeFocused();
  await expect(paceButton(page)).toContainText('1/s');
  await trainButton(page).click();
  await expect.poll(() => stepsMade(page)).toBeGreaterThanOrEqual(2);
  await paceButton(page).click();
  await menu.getByRole('radio', { name: 'full speed' }).check();
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(50);
  await pauseButton(page).click();
});

test('so many steps are made, and no more', async ({ page }) => {
  await open(page);
  await paceButton(page).click();
  const menu = page.getByRole('dialog', { name: 'Speed and steps' });
  await menu.getByRole('button', { name: '10 steps', exact: true }).click();
  await expect.poll(() => stepsMade(page)).toBe(10);
  await expect(menu.getByRole('button', { name: '100 steps' })).toBeEnabled();
  await menu.getByRole('button', { name: '100 steps' }).click();
  await expect.poll(() => stepsMade(page)).toBe(110);
  await expect(trainButton(page)).toBeEnabled();
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
});
