import { expect, test } from '@playwright/test';
import { canvas, makeSteps, open, pauseButton, prediction, stepsMade, trainButton } from './page.js';

/** @typedef {import('./page.js').Page} Page */

/** @param {import('@playwright/test').Locator} thing */
async function boxOf(thing) {
  const box = await thing.boundingBox();
  if (!box) throw new Error('it cannot be seen');
  return { ...box, right: box.x + box.width, bottom: box.y + box.height };
}

/** @param {Page} page */
const large = (page) => page.getByRole('button', { name: 'Large type, for a projector' });

/** @param {Page} page @param {import('@playwright/test').Locator} thing */
const sizeOf = (page, thing) => thing.evaluate((element) => parseFloat(getComputedStyle(element).fontSize));

test.describe('on a projector', () => {
  test.use({ viewport: { width: 1920, height: 1080 } });

  test('large type is remembered, and leaves what training is watched by in sight', async ({ page }) => {
    await open(page);
    const title = page.getByRole('heading', { name: 'Learning' });
    const usual = await sizeOf(page, title);
    await large(page).click();
    await expect(large(page)).toHaveAttribute('aria-pressed', 'true');
    expect((await sizeOf(page, title)) / usual).toBeCloseTo(1.35, 2);
    await page.reload();
    await expect(trainButton(page)).toBeEnabled();
    expect((await sizeOf(page, title)) / usual).toBeCloseTo(1.35, 2);

    await trainButton(page).click();
    await expect.poll(() => stepsMade(page)).toBeGreaterThan(20);
    await pauseButton(page).click();
    const panels = await Promise.all(
      ['Draw', 'Network', 'Learning'].map((name) => boxOf(page.getByRole('region', { name, exact: true }))),
    );
    panels.forEach((panel, index) => expect(panel.x).toBeGreaterThanOrEqual((panels[index - 1]?.right ?? 0) - 0.5));
    for (const thing of [
      trainButton(page),
      canvas(page),
      page.getByRole('list', { name: 'Probability of each digit' }),
      page.locator('[data-callout="softmax"]'),
      page.getByRole('slider', { name: 'Loss at step' }),
      page.getByRole('slider', { name: 'Accuracy at step' }),
    ]) {
      const { x, y, right, bottom } = await boxOf(thing);
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(1920);
      expect(bottom).toBeLessThanOrEqual(1080);
    }
    await expect(prediction(page)).toHaveText(/\d/);
    await large(page).click();
    expect(await sizeOf(page, title)).toBe(usual);
  });
});

test('a phone has no room for large type, and does not offer it', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('convscope.size', 'large'));
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  await expect(large(page)).toBeHidden();
  expect(await sizeOf(page, page.getByRole('heading', { name: 'Learning' }))).toBe(13);
});

test('the time slider is as long as the plots above it, and stops at the steps that were kept', async ({ page }) => {
  await open(page);
  await makeSteps(page, 12);
  const time = page.getByRole('slider', { name: 'Step of the run' });
  await expect(time).toHaveAttribute('aria-valuetext', 'step 12 of 12');
  const bar = await boxOf(time);
  for (const plot of await page.locator('.learning .u-over').all()) {
    const { x, right } = await boxOf(plot);
    // The knob is 16 pixels wide, and its middle is on the step.
    expect(Math.abs(bar.x + 8 - x)).toBeLessThan(2);
    expect(Math.abs(bar.right - 8 - right)).toBeLessThan(2);
  }
  await time.focus();
  await page.keyboard.press('End');
  await expect(time).toHaveAttribute('aria-valuetext', 'step 12 of 12');
  await page.keyboard.press('ArrowLeft');
  await expect(time).toHaveAttribute('aria-valuetext', 'step 10 of 12');
  await page.mouse.click(bar.x + 8 + 0.2 * (bar.width - 16), bar.y + bar.height / 2);
  await expect(time).toHaveAttribute('aria-valuetext', 'step 0 of 12');
  // Its knob is where the step is that it stopped at.
  await expect(time).toHaveJSProperty('value', '0');
});

test('results are tabs that arrow keys move between', async ({ page }) => {
  await open(page);
  await page.getByRole('tab', { name: 'Confusion' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'By digit' })).toBeFocused();
  await expect(page.getByRole('tabpanel', { name: 'By digit' })).toBeVisible();
  await page.keyboard.press('End');
  await expect(page.getByRole('tab', { name: 'Runs' })).toHaveAttribute('aria-selected', 'true');
});

test('turning the network around leaves every map where it is', async ({ page }) => {
  for (const size of [
    { width: 1440, height: 900 },
    { width: 1920, height: 1080 },
  ]) {
    await page.setViewportSize(size);
    await open(page);
    const strip = page.getByRole('region', { name: 'Network' }).locator('.strip canvas');
    const boxes = async () => Promise.all((await strip.all()).map((canvas) => canvas.boundingBox()));
    const before = await boxes();
    expect(before.length).toBeGreaterThan(8);
    await page.getByRole('radio', { name: 'backward' }).check();
    await expect(page.getByRole('button', { name: 'Walk through' })).toBeEnabled();
    await expect.poll(boxes).toEqual(before);
    await page.getByRole('radio', { name: 'forward' }).check();
  }
});

test('beside two panels on a small screen, the whole network is in view, and no heading is cut', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 768 });
  await open(page);
  const network = page.getByRole('region', { name: 'Network' });
  for (const direction of ['forward', 'backward']) {
    await network.getByText(direction, { exact: true }).first().click();
    await expect(network.getByRole('heading', { name: 'softmax' })).toBeInViewport({ ratio: 1 });
    const strip = network.locator('[data-callout="network"]');
    expect(await strip.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    const cut = await strip
      .getByRole('heading')
      .evaluateAll((all) => all.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length);
    expect(cut).toBe(0);
  }
  await expect(network.locator('.column.answer .head')).toContainText(/probability\s*− target/);
});

test('all of the Draw panel is in view on a usual laptop', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page);
  const panel = page.getByRole('region', { name: 'Draw' });
  expect(await panel.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBe(0);
});
