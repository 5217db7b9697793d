import { expect, test } from '@playwright/test';
import { ONE, THREE, canvas, draw, open, pauseButton, prediction, settledPrediction, trainButton } from './page.js';

test('a drawing is read while the network trains', async ({ page }) => {
  await open(page);
  await trainButton(page).click();
  await draw(page, THREE);
  await expect(prediction(page)).toHaveText(/^\d, [<>]?\d+\s%$/);
  await expect(pauseButton(page)).toBeVisible();
});

test('strokes are taken back one by one', async ({ page }) => {
  await open(page);
  await draw(page, ONE);
  await expect(prediction(page)).toHaveText(/^\d, [<>]?\d+\s%$/);
  await draw(page, ONE);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(prediction(page)).toHaveText(/^\d, [<>]?\d+\s%$/);
  await page.keyboard.press('Control+z');
  await expect(prediction(page)).toHaveText('Draw a digit');
});

test('a drawing is shifted by keyboard and pointer, and is in the middle again when drawn anew', async ({ page }) => {
  await open(page);
  await draw(page, THREE);
  await page.getByRole('button', { name: 'Shift', exact: true }).click();
  const pad = page.getByRole('group', { name: 'Shift what the network sees' });
  const seen = async () => {
    await settledPrediction(page);
    const picture = page.getByRole('img', { name: 'What the network sees' });
    return picture.evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());
  };
  const middle = await seen();
  await pad.getByRole('button', { name: 'Shift right' }).click();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowUp');
  await expect(pad.getByRole('status')).toHaveText('Shifted 2 right, 1 up');
  await expect.poll(seen).not.toBe(middle);
  await pad.getByRole('button', { name: 'Reset position' }).click();
  await expect.poll(seen).toBe(middle);
  await pad.getByRole('button', { name: 'Shift down' }).click();
  await draw(page, ONE);
  await expect(pad.getByRole('status')).toHaveText('Centred');
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(pad.getByRole('button', { name: 'Shift up' })).toBeDisabled();
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('a touch draws and the page does not scroll', async ({ page }) => {
    await open(page);
    const box = await canvas(page).boundingBox();
    if (!box) throw new Error('the canvas is not on the page');
    const before = await page.evaluate(() => scrollY);
    const client = await page.context().newCDPSession(page);
    const at = (/** @type {number} */ y) => ({
      touchPoints: [{ x: box.x + box.width / 2, y: box.y + y * box.height }],
    });
    await client.send('Input.dispatchTouchEvent', { type: 'touchStart', ...at(0.2) });
    for (const y of [0.4, 0.6, 0.8]) await client.send('Input.dispatchTouchEvent', { type: 'touchMove', ...at(y) });
    await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect(prediction(page)).toHaveText(/^\d, [<>]?\d+\s%$/);
    expect(await page.evaluate(() => scrollY)).toBe(before);
  });
});
