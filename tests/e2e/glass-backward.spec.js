import { expect, test } from '@playwright/test';
import { makeSteps, open, stepsMade } from './page.js';

test('the network turned around: gradients, a walk back, and the story of one weight', async ({ page }) => {
  await open(page);
  const network = page.getByRole('region', { name: 'Network', exact: true });
  await network.getByText('backward', { exact: true }).click();
  await expect(network.getByRole('list', { name: 'Gradient of the scores: probability − target' })).toContainText(
    '−0.9',
  );
  await expect(network).toContainText('Colours keep their scale');
  await network.getByRole('button', { name: 'Rescale colours' }).click();
  await network.getByRole('button', { name: 'Walk through' }).click();
  await expect(network.getByRole('heading', { name: /^Stop 1 of \d+: loss/ })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(network.getByRole('heading', { name: /^Stop 2 of \d+: softmax/ })).toBeVisible();
  await network.getByRole('button', { name: 'Exit walkthrough' }).click();

  await network.getByRole('button', { name: /^gradient of conv 1, map 1 of/ }).click();
  const filter = network.getByRole('application', { name: /Gradient of conv 1, filter 1/ });
  await filter.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const story = page.getByRole('dialog', { name: 'One weight and its gradient' });
  await expect(story).toContainText('filter 1, channel 1, row 1, column 2');
  await expect(story).toContainText('✓');
  await expect(story.getByRole('row', { name: /^\d+ images? for a smaller weight/ })).toContainText(/\+[\d.]+$|0$/);
  await expect(story.getByRole('row', { name: /^All together: the gradient [+−][\d.]+$/ })).toBeVisible();
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  // It is still told when the step after it has been computed.
  await expect(story).toContainText(
    /changed the weight from −?[\d.e−]+ to −?[\d.e−]+, as\s+announced\.\s+The next step/,
  );
  await story.getByRole('button', { name: 'Check the gradient' }).click();
  await expect(story.getByRole('table').last()).toContainText('digits agree');
  const outdated = story.getByText('The weights have changed since this check');
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
  await expect(story).toContainText('Too large for a 32-bit number: the weight stays');
  await expect(weight).toHaveValue(before);
});

test('is my gradient right? takes three presses and no scrolling', async ({ page }) => {
  await open(page);
  await makeSteps(page, 3);
  const network = page.getByRole('region', { name: 'Network', exact: true });
  await network.getByText('backward', { exact: true }).click();
  await network.getByRole('application', { name: /Gradient of conv 1, filter 1/ }).click();
  const story = page.getByRole('dialog', { name: 'One weight and its gradient' });
  await story.getByRole('button', { name: 'Is the gradient right?' }).click();
  await expect(story.getByText(/^Right: the measured slope agrees to \d digits/)).toBeInViewport();
  await expect(story.getByRole('button', { name: 'Check again' })).toBeFocused();
});

test('the gradient check agrees before a dropout layer, once the network has trained', async ({ page }) => {
  await open(page);
  await page.getByRole('combobox', { name: 'Network' }).selectOption('keras');
  await expect.poll(() => stepsMade(page)).toBe(0);
  // So many steps, and no more: a network that is sure of its answer has slopes too small to be measured.
  await makeSteps(page, 3);
  const network = page.getByRole('region', { name: 'Network', exact: true });
  await network.getByText('backward', { exact: true }).click();
  await network.getByRole('button', { name: /^gradient of conv 1, map 2 of/ }).click();
  await network.getByRole('application', { name: /Gradient of conv 1, filter 2/ }).focus();
  await page.keyboard.press('Enter');
  const story = page.getByRole('dialog', { name: 'One weight and its gradient' });
  await story.getByRole('button', { name: 'Check the gradient' }).click();
  const best = story.getByRole('row').filter({ hasText: /[2-7] digits agree/ });
  await expect(best.first()).toBeVisible();
  await expect(
    story.getByText(/^Right: the measured slope agrees to [2-7] digits at the best nudge, ±[\d.e−]+\.$/),
  ).toBeInViewport();
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
  await expect(network.getByText('with respect to the scores')).toBeVisible();
});

test('what is done with a slider at one go is undone at one go, and the focus stays', async ({ page }) => {
  await open(page);
  const network = page.getByRole('region', { name: 'Network', exact: true });
  await network.getByRole('button', { name: /^dense.*, all 10 units/ }).focus();
  await network.getByRole('button', { name: 'Follow one weight' }).click();
  const story = page.getByRole('dialog', { name: 'One weight and its gradient' });
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

test('a walk begins at the tile that is chosen, names its units, and returns the focus', async ({ page }) => {
  await open(page);
  const network = page.getByRole('region', { name: 'Network', exact: true });
  await network.getByText('backward', { exact: true }).click();
  const button = network.getByRole('button', { name: 'Walk through' });
  const tile = network.getByRole('button', { name: /^gradient of conv 2, map 6 of/ });
  const map = network.getByRole('spinbutton', { name: /map/ });
  await expect(button).toBeEnabled();
  await tile.click();
  await expect(network.getByRole('group', { name: 'Walk through' })).toBeHidden();
  await tile.click();
  await expect(network.getByRole('heading', { name: /^Stop \d+ of \d+: ReLU 2/ })).toBeVisible();
  await expect(map).toHaveValue('6');
  await page.keyboard.press('ArrowLeft');
  await expect(network.getByRole('heading', { name: /^Stop \d+ of \d+: pool 2/ })).toBeVisible();
  await expect(map).toHaveValue('6');
  await network.getByRole('button', { name: /^gradient of flatten/ }).click();
  await expect(network.getByText(/^score for \d:$/).first()).toBeVisible();
  await network.getByRole('button', { name: 'Next stop' }).focus();
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
});

test('on a phone a step of the walk brings its column and its pictures into view', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page);
  const network = page.getByRole('region', { name: 'Network', exact: true });
  await network.getByText('backward', { exact: true }).click();
  await network.getByRole('button', { name: 'Walk through' }).click();
  const last = network.getByRole('list', { name: 'Gradient of the scores: probability − target' });
  await expect(last).toBeInViewport();
  for (const _ of [1, 2, 3, 4, 5, 6, 7, 8, 9]) await network.getByRole('button', { name: 'Next stop' }).click();
  await expect(last).not.toBeInViewport();
  await expect(network.getByRole('button', { name: /^gradient of input/ })).toBeInViewport();
  await expect(network.getByRole('application', { name: /^the gradient of input/ })).toBeInViewport({ ratio: 1 });
});

test('what is above and below the columns stays within them, and the numbers are whole', async ({ page }) => {
  await page.goto('#v=1&net=c4k3s3p1,l0.1,c8k1x3p0x1,g,a2s1,f,d12,r,d10&seed=7');
  const network = page.getByRole('region', { name: 'Network', exact: true });
  await network.getByText('backward', { exact: true }).click();
  await network.getByText('details', { exact: true }).click();
  await expect(network.getByText('stride 3×3', { exact: true })).toBeAttached();
  await expect(network.getByRole('list', { name: 'Gradient of the scores: probability − target' })).toContainText(
    '−0.',
  );
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    const cut = await network.evaluate((panel) =>
      [...panel.querySelectorAll('.column')].flatMap((column) => {
        const end = column.getBoundingClientRect().right + 6;
        return [...column.querySelectorAll('.head *, .foot *, .value')]
          .filter((part) => part.scrollWidth > part.clientWidth + 1 || part.getBoundingClientRect().right > end)
          .filter((part) => getComputedStyle(part).display !== 'inline')
          .map((part) => part.textContent);
      }),
    );
    expect(cut, `${width} pixels wide`).toEqual([]);
  }
});

test('a weight of a dense layer is chosen in the picture of its unit, and the images of the batch are seen', async ({
  page,
}) => {
  await open(page);
  const network = page.getByRole('region', { name: 'Network', exact: true });
  await network.getByRole('button', { name: /^dense.*, all 10 units/ }).focus();
  await network.getByRole('button', { name: 'Follow one weight' }).click();
  const story = page.getByRole('dialog', { name: 'One weight and its gradient' });
  const picture = story.getByRole('application', { name: /score for 0: 16 times 4 by 4 weights/ });
  await picture.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(story).toContainText('score for 0, weight of input 6');
  await expect(story).toContainText('map 1, row 2, column 2:');
  const box = await picture.boundingBox();
  await picture.click({ position: { x: 4, y: 4 } });
  expect(box?.height).toBeGreaterThan(100);
  await expect(story).toContainText('score for 0, weight of input 1');
  await expect(story).toContainText('As the network gets it.');
  const inked = await story.getByRole('img', { name: /^The image, an? \d/ }).evaluate((canvas) => {
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
  const result = page.getByText('actual change');
  const before = await look();
  await picture.press('Enter');
  await expect(result).toBeInViewport();
  await expect(
    page.getByText(/^row 15, column 15, from \d+ to \d+\.\s*Answer: \d, [<>\d.]+\s%, before: \d, /),
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
