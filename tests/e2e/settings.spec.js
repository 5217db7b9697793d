import { expect, test } from '@playwright/test';
import { open, pauseButton, settingsPanel, stepsMade, trainButton } from './page.js';

test('a value out of range is refused at its field in one sentence, and the run keeps the old one', async ({
  page,
}) => {
  await open(page);
  await page.getByRole('button', { name: 'Settings' }).click();
  await trainButton(page).click();
  const panel = settingsPanel(page);
  const rate = panel.getByRole('spinbutton', { name: 'Learning rate' });
  for (const typed of ['10.1', '0', '-0.02', '']) {
    await rate.fill(typed);
    await rate.press('Enter');
    await expect(panel.getByText('Must be from 0.00001 to 10; 0.02 is kept.')).toBeVisible();
    await expect(rate).toHaveAttribute('aria-invalid', 'true');
    await expect(rate).toHaveAccessibleDescription('Must be from 0.00001 to 10; 0.02 is kept.');
    await expect(rate).toHaveValue(typed);
  }
  await page.getByRole('tab', { name: 'Curves' }).click();
  await expect(page.getByRole('list', { name: /Settings changed/ })).toBeHidden();
  await expect(pauseButton(page)).toBeVisible();
  const before = await stepsMade(page);
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(before);

  await rate.press('Escape');
  await expect(rate).toHaveValue('0.02');
  await expect(panel.getByText(/^Must be/)).toBeHidden();
  await rate.fill('10');
  await rate.press('Enter');
  await expect(page.getByRole('list', { name: /Settings changed/ })).toContainText('Learning rate 0.02 → 10');
});

test('half an image in a batch is refused, and another value that is possible is used at once', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Settings' }).click();
  const panel = settingsPanel(page);
  const batch = panel.getByRole('spinbutton', { name: 'Batch size' });
  await batch.fill('31.5');
  await batch.press('Enter');
  await expect(panel.getByText('Must be a whole number from 1 to 4096; 32 is kept.')).toBeVisible();
  await batch.fill('64');
  await batch.press('Enter');
  await expect(panel.getByText(/^Must be/)).toBeHidden();
  await expect(batch).toHaveAttribute('aria-invalid', 'false');
});

test('a test digit that does not exist is refused in one sentence', async ({ page }) => {
  await open(page);
  const field = page.getByRole('spinbutton', { name: /Test digit/ });
  const said = page.getByRole('status', { name: 'Test digits' });
  for (const typed of ['10000', '-1', '1.5']) {
    await field.fill(typed);
    await field.press('Enter');
    await expect(said).toHaveText('Test digits are numbered 0 to 9,999.');
    await field.fill('18');
    await field.press('Enter');
    await expect(said).not.toContainText('numbered');
  }
  await expect(page.getByRole('button', { name: 'Test digit 18, a 3' })).toHaveAttribute('aria-pressed', 'true');
});
