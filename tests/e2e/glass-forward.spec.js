import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { open, pauseButton, trainButton } from './page.js';

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** @typedef {import('@playwright/test').Page} Page */

/** @param {Page} page @param {string} place */
const tile = (page, place) => page.locator(`[data-tile="${place}"]`);

/** @param {Page} page */
const card = (page) => page.getByRole('region', { name: 'How one number is computed' });

/** @param {Page} page @param {string} layer */
const box = (page, layer) => page.getByRole('region', { name: `Inside ${layer}`, exact: true });

/** All numbers of a text, as the page writes them. @param {string} text */
const numbersOf = (text) =>
  [...text.matchAll(/[−]?\d+(?:\.\d+)?(?:e−?\d+)?/g)].map(([found]) => Number(found.replaceAll('−', '-')));

/** The value the card is about. @param {Page} page */
async function shown(page) {
  const title = await card(page).getByRole('heading').innerText();
  return numbersOf(title.slice(title.indexOf('='))).at(0) ?? NaN;
}

/** Half a unit of the last of three digits, for so many printed terms. @param {readonly number[]} terms */
const rounding = (terms) => terms.reduce((sum, term) => sum + Math.abs(term) * 5e-3, 1e-6);

/** Presses the button that holds the walk. @param {Page} page */
async function hold(page) {
  await card(page).getByRole('button', { name: 'Pause' }).click();
  await page.waitForTimeout(300);
}

test('a click opens a convolution, and its numbers add up', async ({ page }) => {
  await open(page);
  await trainButton(page).click();
  await tile(page, '4/3').click();
  await expect(box(page, 'conv 2')).toBeVisible();
  await page.waitForTimeout(1000);
  await pauseButton(page).click();
  await hold(page);
  const sum = numbersOf(await card(page).locator('[data-sum]').innerText());
  const [total, ...terms] = sum.toReversed();
  expect(terms).toHaveLength(9);
  expect(Math.abs(terms.reduce((all, term) => all + term, 0) - Number(total))).toBeLessThan(rounding(sum));
  expect(total).toBe(await shown(page));

  const grid = async (/** @type {string} */ name) => {
    const cells = await card(page).getByRole('table', { name }).getByRole('cell').allInnerTexts();
    return cells.map((cell) => Number(cell.replace('−', '-')));
  };
  const [window, filter, products] = [await grid('The window'), await grid('The filter'), await grid('The products')];
  expect(window).toHaveLength(25);
  window.forEach((value, index) => {
    const [weight, product] = [Number(filter[index]), Number(products[index])];
    expect(Math.abs(value * weight - product)).toBeLessThan(0.006 * (1 + Math.abs(value) + Math.abs(weight)));
  });
  expect(products.reduce((all, each) => all + each, 0)).toBeCloseTo(Number(terms.at(-1)), 0);
});

test('the walk moves by itself, waits for Space, and follows keys and pointer over input and output', async ({
  page,
}) => {
  await open(page);
  await tile(page, '1/2').click();
  const title = card(page).getByRole('heading');
  const first = await title.innerText();
  await expect(title).not.toHaveText(first);
  await page.keyboard.press('Space');
  const held = await title.innerText();
  await page.waitForTimeout(1200);
  expect(await title.innerText()).toBe(held);

  const output = box(page, 'conv 1').getByRole('application', { name: /^conv 1, map 3\. / });
  const area = await output.boundingBox();
  if (!area) throw new Error('no output map');
  await page.mouse.move(area.x + area.width / 48, area.y + area.height / 48);
  await expect(title).toContainText('row 1, column 1 ');
  await page.mouse.move(5, 5);
  await output.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(title).toContainText(/row \d+, column \d+/);
  const input = box(page, 'conv 1').getByRole('application', { name: /input, weights/ });
  await input.hover({ position: { x: 3, y: 3 } });
  await input.hover({ position: { x: 40, y: 40 } });
  await expect(title).toContainText(/row \d+, column \d+/);
});

test('Enter opens, Escape goes back one level at a time, and the focus returns', async ({ page }) => {
  await open(page);
  await tile(page, '3/1').focus();
  await page.keyboard.press('Enter');
  const opened = box(page, 'pool 1');
  await expect(opened).toBeVisible();
  const output = opened.getByRole('application').last();
  await output.focus();
  await page.keyboard.press('ArrowRight');
  await expect(card(page).getByRole('button', { name: 'Continue' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(opened).toBeVisible();
  await expect(card(page).getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(opened).toBeHidden();
  await expect(tile(page, '3/1')).toBeFocused();
});

test('a click beside everything goes back, and nothing moves by itself where motion is not wanted', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page);
  await tile(page, '2/1').click();
  const opened = box(page, 'ReLU 1');
  await expect(card(page).getByRole('button', { name: 'Continue' })).toBeVisible();
  const title = await card(page).getByRole('heading').innerText();
  await page.waitForTimeout(1200);
  expect(await card(page).getByRole('heading').innerText()).toBe(title);
  await opened.getByRole('application').first().click();
  await opened.click({ position: { x: 8, y: 300 } });
  await expect(opened).toBeVisible();
  await opened.click({ position: { x: 8, y: 300 } });
  await expect(opened).toBeHidden();
  // Beside it is the rest of the page too, but for what a click means something to.
  await tile(page, '2/1').click();
  await page.getByRole('region', { name: 'Learning' }).getByText('log scale').click();
  await expect(opened).toBeVisible();
  await page.getByRole('region', { name: 'Learning' }).getByRole('heading', { name: 'Learning' }).click();
  await expect(opened).toBeHidden();
});

test('an open layer is accessible', async ({ page }) => {
  await open(page);
  for (const [place, layer] of [
    ['4/3', 'conv 2'],
    ['3/1', 'pool 1'],
    ['8/0', 'dense'],
    ['9/0', 'softmax'],
  ]) {
    await tile(page, place).click();
    await expect(box(page, layer)).toBeVisible();
    await page.waitForTimeout(400);
    await page.evaluate(AXE);
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme });
      const found = await page.evaluate(async () => (await /** @type {any} */ (globalThis).axe.run()).violations);
      const reported = found.map((/** @type {any} */ { id, nodes }) => [
        id,
        nodes.map((/** @type {any} */ { html }) => html),
      ]);
      expect(reported, `${layer}, ${colorScheme}`).toEqual([]);
    }
    await page.keyboard.press('Escape');
  }
});

test('every layer opens, and says what its number is', async ({ page }) => {
  await open(page);
  await tile(page, '0/0').click();
  const layers = page.getByRole('navigation', { name: 'Layers' }).getByRole('button', { name: /^Open / });
  await expect(layers.first()).toBeVisible();
  for (let layer = 0; layer < (await layers.count()); layer++) {
    await layers.nth(layer).click();
    await hold(page);
    const value = await shown(page);
    const sum = numbersOf(await card(page).locator('[data-sum]').first().innerText());
    // The answer's card shows the parts of a fraction.
    if (layer < (await layers.count()) - 1) expect(sum).toContain(value);
    else expect(value).toBeCloseTo(Number(sum[2]) / Number(sum.at(-1)), 2);
    await card(page).getByRole('button', { name: 'Continue' }).click();
  }
  await expect(card(page)).toContainText(/loss for the correct answer, \d/);
});

for (const [width, height] of [
  [1440, 900],
  [1024, 768],
]) {
  test(`one press shows what a filter learned, without scrolling, at ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width: Number(width), height: Number(height) });
    await open(page);
    await trainButton(page).click();
    await page.waitForTimeout(1000);
    await pauseButton(page).click();
    await tile(page, '2/3').click();
    const learned = page.getByRole('region', { name: 'What map 4 stands for' });
    await expect(card(page)).toBeInViewport({ ratio: 1 });
    await expect(learned).toBeInViewport({ ratio: 1 });
    await expect(learned.getByRole('toolbar', { name: 'Snapshots of filter 4' })).toBeInViewport({ ratio: 1 });
    const digit = learned.getByRole('button', { name: /^Test digit \d+, an? \d: activates map 4/ }).first();
    await expect(digit).toBeInViewport({ ratio: 1 });
    await digit.click();
    await expect(digit).toHaveAttribute('aria-pressed', 'true');
    await expect(box(page, 'ReLU 1')).toBeVisible();
  });
}

test.describe('on a phone', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('a tap opens, nothing is wider than the screen, and a tap beside it closes', async ({ page }) => {
    await open(page);
    await tile(page, '4/3').tap();
    await expect(box(page, 'conv 2')).toBeVisible();
    await expect(card(page)).toContainText('bias');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.getByRole('button', { name: '← Back' }).tap();
    await expect(tile(page, '4/3')).toBeVisible();
  });
});
