import { expect, test } from '@playwright/test';
import { canvas, draw, ONE, open, settingsPanel, stepsMade, trainButton } from './page.js';

/** @typedef {import('./page.js').Page} Page */

/** @param {Page} page @param {string} name a number among the settings, which are opened */
async function setting(page, name) {
  await page.getByRole('button', { name: 'Settings' }).click();
  const field = settingsPanel(page).getByRole('spinbutton', { name, exact: true });
  await expect(field).toBeVisible();
  return field;
}

/** @param {Page} page how many dark pixels the drawing has */
const ink = (page) =>
  canvas(page).evaluate((/** @type {HTMLCanvasElement} */ element) => {
    const { data } = /** @type {CanvasRenderingContext2D} */ (element.getContext('2d')).getImageData(
      ...[0, 0],
      ...[element.width, element.height],
    );
    return data.filter((value, index) => index % 4 === 3 && value > 0).length;
  });

test('arrow keys move a setting by its own step, and on a log scale to the next place of its slider', async ({
  page,
}) => {
  await open(page);
  const rate = await setting(page, 'Learning rate');
  await rate.press('ArrowUp');
  await expect(rate).toHaveValue('0.021');
  await rate.press('ArrowDown');
  await rate.press('ArrowDown');
  await expect(rate).toHaveValue('0.019');
  const momentum = settingsPanel(page).getByRole('spinbutton', { name: 'Momentum' });
  await momentum.press('ArrowDown');
  await expect(momentum).toHaveValue('0.89');
});

test('the wheel scrolls the settings and leaves the field with the focus as it is', async ({ page }) => {
  await open(page);
  const epochs = await setting(page, 'Epochs');
  await epochs.click();
  await epochs.hover();
  await page.mouse.wheel(0, 150);
  await expect.poll(() => settingsPanel(page).evaluate((panel) => panel.scrollTop)).toBeGreaterThan(0);
  await expect(epochs).toHaveValue('5');
});

test('a decimal comma is read, and a comma that could mean two numbers is refused with both', async ({ page }) => {
  await open(page);
  const rate = await setting(page, 'Learning rate');
  await rate.fill('0,005');
  await rate.press('Enter');
  await expect(rate).toHaveValue('0.005');
  await rate.fill('1,234');
  await rate.press('Enter');
  await expect(rate).toHaveAttribute('aria-invalid', 'true');
  await expect(rate).toHaveAccessibleDescription(/1234 or 1\.234.*0\.005 is kept/);
  await rate.press('Escape');
  await expect(rate).toHaveValue('0.005');
});

test('Ctrl Z in a text field and behind a dialog leaves the drawing; Caps Lock and other alphabets undo it', async ({
  page,
}) => {
  await open(page);
  await draw(page, ONE);
  const drawn = await ink(page);
  expect(drawn).toBeGreaterThan(0);
  const seed = await setting(page, 'Seed');
  await seed.press('Control+z');
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('dialog').press('Control+z');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Close settings' }).click();
  expect(await ink(page)).toBe(drawn);
  const undo = (/** @type {string} */ key) =>
    page.evaluate((key) => {
      const event = new KeyboardEvent('keydown', { key, code: 'KeyZ', ctrlKey: true, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
    }, key);
  await undo('Z');
  await expect.poll(() => ink(page)).toBe(0);
  await draw(page, ONE);
  await undo('я');
  await expect.poll(() => ink(page)).toBe(0);
});

test('single keys can be turned off, which is remembered', async ({ page }) => {
  await open(page);
  await page.keyboard.press('?');
  await page.getByRole('switch', { name: 'Single keys work' }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('s');
  await page.keyboard.press(',');
  await page.reload();
  await expect(trainButton(page)).toBeEnabled();
  await page.keyboard.press('s');
  await page.keyboard.press(',');
  await expect(settingsPanel(page)).toBeHidden();
  expect(await stepsMade(page)).toBe(0);
  // On a small screen too, whether they work or not.
  await page.setViewportSize({ width: 960, height: 700 });
  await page.getByRole('button', { name: 'Keys' }).click();
  await page.getByRole('switch', { name: 'Single keys work' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press(',');
  await expect(settingsPanel(page)).toBeVisible();
});

test('a panel that closes itself gives the focus back to what opened it', async ({ page }) => {
  await open(page);
  for (const name of ['Settings', 'Experiments']) {
    const opener = page.getByRole('button', { name, exact: true });
    await opener.press('Enter');
    await page.getByRole('button', { name: `Close ${name.toLowerCase()}` }).press('Enter');
    await expect(opener).toBeFocused();
  }
});

test('on a page that the browser has translated, the button and the scores still say what is so', async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(/** @type {Text} */ (walker.currentNode));
    for (const text of texts) {
      if (!/[a-z]/i.test(text.data) || text.parentElement?.closest('[translate="no"], script, style')) continue;
      const font = document.createElement('font');
      font.textContent = text.data;
      text.replaceWith(font);
    }
  });
  await trainButton(page).click();
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Learning' })).toContainText(/validation\saccuracy\s*[\d.]+\s%\s*step/);
});

test('Health opens with a record of the run after its end', async ({ page }) => {
  await page.goto('#v=1&net=c2k3,r,m2,f,d10&data=mnist:640&epochs=2&seed=7');
  await expect(trainButton(page)).toBeEnabled();
  await trainButton(page).click();
  await expect(page.locator('header')).toContainText('finished', { timeout: 60_000 });
  await page.getByRole('tab', { name: 'Health', exact: true }).click();
  const health = page.getByRole('region', { name: 'Health' });
  await expect(health.getByRole('row', { name: /^conv/ })).toContainText(/healthy|vanishing|exploding/);
  await page.getByRole('tab', { name: 'Histograms', exact: true }).click();
  const weights = health.getByRole('slider', { name: 'Weights at step' });
  await weights.press('Home');
  await expect(weights).toHaveAttribute('aria-valuenow', /^(0|10)$/);
  await expect(weights).toHaveAttribute('aria-valuemax', '40');
});
