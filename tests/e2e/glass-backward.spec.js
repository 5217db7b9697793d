import { expect, test } from '@playwright/test';
import { open } from './page.js';

test('the network turned around: gradients, a walk back, and the story of one weight', async ({ page }) => {
  await open(page);
  const network = page.getByRole('region', { name: 'Network', exact: true });
  await network.getByText('backward', { exact: true }).click();
  await expect(network.getByRole('list', { name: 'Gradient of the logits: p − y' })).toContainText('−0.9');
  await network.getByRole('button', { name: 'Walk through' }).click();
  await expect(network.getByRole('heading', { name: /^1 of \d+: loss/ })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(network.getByRole('heading', { name: /^2 of \d+: softmax/ })).toBeVisible();
  await network.getByRole('button', { name: 'Stop walking' }).click();

  await network.getByRole('button', { name: /^gradient of conv 1, map 1 of/ }).click();
  const filter = network.getByRole('application', { name: /Gradient of conv 1, filter 1/ });
  await filter.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const story = page.getByRole('dialog', { name: 'The story of one weight' });
  await expect(story).toContainText('filter 1, channel 1, row 1, column 2');
  await expect(story).toContainText(', the same.');
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(story).toContainText('The step has been made');
  await story.getByRole('button', { name: 'Check the gradient' }).click();
  await expect(story.getByRole('table').last()).toContainText('digits agree');
  const weight = story.getByRole('spinbutton', { name: 'weight' });
  const before = await weight.inputValue();
  await weight.fill('0.5');
  await weight.press('Enter');
  await expect(story).toContainText('1 change by hand');
  await story.getByRole('button', { name: 'Undo' }).click();
  await expect(weight).toHaveValue(before);
});

test('a pixel is toggled for real', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Why?' }).click();
  const picture = page.getByRole('application', { name: /^Gradient of the loss with respect to each pixel/ });
  await expect(page.getByText(/pixel \d+, gradient/)).toBeVisible();
  await picture.press('Enter');
  await expect(page.getByText('real change')).toBeVisible();
});
