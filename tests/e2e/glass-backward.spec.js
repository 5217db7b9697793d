import { expect, test } from '@playwright/test';
import { open } from './page.js';

test('the network turned around: gradients, a walk back, and the story of one weight', async ({ page }) => {
  await open(page);
  const network = page.getByRole('region', { name: 'Network', exact: true });
  await network.getByText('backward', { exact: true }).click();
  await expect(network.getByRole('list', { name: 'Gradient of the logits: p − y' })).toContainText('−0.9');
  await expect(network).toContainText('The colours hold still');
  await network.getByRole('button', { name: 'Fit colours' }).click();
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
  await weight.fill('1e300');
  await weight.press('Enter');
  await expect(story).toContainText('That is too large for 32 bits: the weight stays');
  await expect(weight).toHaveValue(before);
});

test('a weight of a dense layer is chosen in the picture of its unit, and the images of the batch are seen', async ({
  page,
}) => {
  await open(page);
  const network = page.getByRole('region', { name: 'Network', exact: true });
  await network.getByRole('button', { name: /^dense.*, all 10 units/ }).focus();
  await network.getByRole('button', { name: 'Story of a weight' }).click();
  const story = page.getByRole('dialog', { name: 'The story of one weight' });
  const picture = story.getByRole('application', { name: /unit 1: 16 times 4 by 4 weights/ });
  await picture.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(story).toContainText('unit 1, weight of input 6');
  await expect(story).toContainText('map 1, row 2, column 2:');
  const box = await picture.boundingBox();
  await picture.click({ position: { x: 4, y: 4 } });
  expect(box?.height).toBeGreaterThan(100);
  await expect(story).toContainText('unit 1, weight of input 1');
  await expect(story).toContainText('As the network gets it.');
  const inked = await story.getByRole('img', { name: /^The image, a \d/ }).evaluate((canvas) => {
    const { data } = /** @type {HTMLCanvasElement} */ (canvas).getContext('2d')?.getImageData(0, 0, 28, 28) ?? {};
    return new Set(data).size > 10;
  });
  expect(inked).toBe(true);
});

test('the numbers of a large window are read with the arrow keys', async ({ page }) => {
  await page.goto('#v=1&net=c4k9,r,m8,f,d10&seed=7');
  await page.getByRole('button', { name: /^conv.*, map 1 of/ }).click();
  const grid = page.getByRole('application', { name: /^The filter, channel 1: 9 by 9 numbers/ });
  await grid.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByText(/^row 2, column 2: [−\d]/).first()).toBeVisible();
});

test('a pixel is toggled for real', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Why?' }).click();
  const picture = page.getByRole('application', { name: /^Gradient of the loss with respect to each pixel/ });
  await expect(page.getByText(/pixel \d+, gradient/)).toBeVisible();
  await picture.press('Enter');
  await expect(page.getByText('real change')).toBeVisible();
});
