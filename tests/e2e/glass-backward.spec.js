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
  const outdated = story.getByText('This is for the weights before the change');
  await expect(outdated).toBeHidden();
  const weight = story.getByRole('spinbutton', { name: 'weight' });
  const before = await weight.inputValue();
  await weight.fill('0.5');
  await weight.press('Enter');
  await expect(story).toContainText('1 change by hand');
  await expect(outdated).toBeVisible();
  await story.getByRole('button', { name: 'Undo' }).click();
  await expect(weight).toHaveValue(before);
  await weight.fill('1e300');
  await weight.press('Enter');
  await expect(story).toContainText('That is too large for 32 bits: the weight stays');
  await expect(weight).toHaveValue(before);
});

test('of softmax, the probabilities and the gradient of the logits are shown', async ({ page }) => {
  await open(page);
  const network = page.getByRole('region', { name: 'Network', exact: true });
  await network.getByText('backward', { exact: true }).click();
  await network.getByRole('button', { name: /^softmax, the gradient of the logits/ }).focus();
  const rows = (/** @type {string} */ name) => network.getByRole('list', { name }).getByRole('listitem');
  await expect(rows('Probability p of each digit')).toHaveCount(10);
  const [shares, gradients] = await Promise.all(
    ['Probability p of each digit', 'p − y of each digit'].map((name) => rows(name).allInnerTexts()),
  );
  const numbers = (/** @type {string[]} */ texts) =>
    texts.map((text) => Number.parseFloat(text.split('\n').at(-1)?.replace('−', '-') ?? ''));
  // The first test digit is a seven.
  numbers(shares).forEach((share, digit) =>
    expect(numbers(gradients)[digit]).toBeCloseTo(share / 100 - (digit === 7 ? 1 : 0), 2),
  );
  await expect(network.getByText('with respect to the logits')).toBeVisible();
});

test('what is done with a slider at one go is undone at one go, and the focus stays', async ({ page }) => {
  await open(page);
  const network = page.getByRole('region', { name: 'Network', exact: true });
  await network.getByRole('button', { name: /^dense.*, all 10 units/ }).focus();
  await network.getByRole('button', { name: 'Story of a weight' }).click();
  const story = page.getByRole('dialog', { name: 'The story of one weight' });
  const weight = story.getByRole('spinbutton', { name: 'weight' });
  const slider = story.getByRole('slider', { name: 'weight, as a slider' });
  await expect(slider).toBeEnabled();
  const before = await weight.inputValue();
  await slider.press('ArrowRight');
  await expect(story).toContainText('1 change by hand');
  const { x, y, width, height } = (await slider.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  for (let moves = 1; moves <= 10; moves++) {
    await page.mouse.move(x + width * (0.5 + 0.04 * moves), y + height / 2);
    // Slowly enough for several values to be sent on the way.
    await page.waitForTimeout(40);
  }
  await page.mouse.up();
  await expect(story).toContainText('2 changes by hand');
  const undo = story.getByRole('button', { name: 'Undo' });
  await undo.press('Enter');
  await expect(story).toContainText('1 change by hand');
  await undo.press('Enter');
  await expect(weight).toHaveValue(before);
  await expect(undo).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(story).toBeHidden();
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
  await expect(story).toContainText('unit 1 of 10, for 0, weight of input 6');
  await expect(story).toContainText('map 1, row 2, column 2:');
  const box = await picture.boundingBox();
  await picture.click({ position: { x: 4, y: 4 } });
  expect(box?.height).toBeGreaterThan(100);
  await expect(story).toContainText('unit 1 of 10, for 0, weight of input 1');
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

test('a pixel is toggled for real, is seen so, and is taken back', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Why?' }).click();
  const picture = page.getByRole('application', { name: /^Gradient of the loss with respect to each pixel/ });
  await expect(page.getByText(/pixel \d+, gradient/)).toBeVisible();
  const look = () =>
    picture.locator('canvas').evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());
  const result = page.getByText('real change');
  const before = await look();
  await picture.press('Enter');
  await expect(result).toBeInViewport();
  await expect(
    page.getByText(/^row 15, column 15, from \d+ to \d+\.\s*Read as \d, [\d.]+\s%, before \d, /),
  ).toBeVisible();
  expect(await look()).not.toBe(before);
  await picture.press('Enter');
  await expect(result).toBeHidden();
  await expect.poll(look).toBe(before);
  await picture.press('Enter');
  await expect(result).toBeVisible();
  await picture.press('ArrowLeft');
  await expect(result).toBeHidden();
  await picture.press('Enter');
  await expect(result).toBeVisible();
  await page.getByRole('button', { name: 'Test digit 3, a 0' }).click();
  await expect(result).toBeHidden();
});
