import { deflateSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { canvas, draw, open, settledPrediction, THREE, trainHundred } from './page.js';

/** @typedef {import('@playwright/test').Page} Page */

/** @param {Page} page */
const panel = (page) => page.getByRole('region', { name: 'What the network sees' });

/** @param {Page} page */
const openPanel = (page) => page.getByRole('button', { name: 'Take apart what the network sees' }).click();

/** @param {Page} page */
async function seen(page) {
  await settledPrediction(page);
  const picture = page.getByRole('img', { name: 'What the network sees', exact: true });
  return picture.evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());
}

/** @param {string} kind @param {Buffer} data */
function chunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind), data]);
  let sum = 0xffffffff;
  for (const byte of body) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  crc.writeUInt32BE(~sum >>> 0);
  return Buffer.concat([length, body, crc]);
}

/** A grey PNG. @param {number} width @param {number} height @param {(x: number, y: number) => number} grey */
function png(width, height, grey) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const rows = Array.from({ length: height }, (_, y) => [0, ...Array.from({ length: width }, (_, x) => grey(x, y))]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A one with a thick pen, dark on paper in a shadow. */
const ONE = png(160, 120, (x, y) => (Math.abs(x - 90) < 6 && y > 20 && y < 100 ? 40 : 230 - Math.floor(x / 2)));

/** @param {Page} page @param {string} name @param {Buffer} buffer */
const choose = (page, name, buffer) =>
  panel(page).getByLabel('Picture file').setInputFiles({ name, mimeType: 'image/png', buffer });

/** @param {Page} page @param {'drop' | 'paste'} way @param {Buffer} buffer */
async function hand(page, way, buffer) {
  await page.evaluate(
    ([way, bytes]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(bytes)], 'one.png', { type: 'image/png' }));
      const event =
        way === 'drop'
          ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
          : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      document.querySelector('[data-callout="canvas"]')?.dispatchEvent(event);
    },
    /** @type {const} */ ([way, [...buffer]]),
  );
}

test('a step that is switched off changes what the network sees, until all are on again', async ({ page }) => {
  await open(page);
  await trainHundred(page);
  await draw(page, THREE);
  const whole = await seen(page);
  await openPanel(page);
  const steps = panel(page).getByRole('list', { name: 'Steps to the image' });
  await expect(steps.getByRole('listitem')).toHaveCount(5);
  const size = steps.getByRole('listitem').filter({ hasText: '20 × 20 pixels' });
  await expect(size).toContainText(/off\s*\d, [<>]?\d+\s%\s*on\s*\d, [<>]?\d+\s%/);
  await size.getByRole('checkbox').press('Space');
  await expect(panel(page).getByRole('status', { name: 'Steps' })).toHaveText('Not as MNIST was made.');
  await expect.poll(() => seen(page)).not.toBe(whole);
  await panel(page).getByRole('button', { name: 'All steps on' }).click();
  await expect.poll(() => seen(page)).toBe(whole);
  // A closed panel leaves nothing switched off.
  await size.getByRole('checkbox').click();
  await panel(page).getByRole('button', { name: 'Close the steps' }).click();
  await expect.poll(() => seen(page)).toBe(whole);
  await expect(page.getByRole('button', { name: 'Take apart what the network sees' })).toBeFocused();
});

test('a chosen picture takes the place of the drawing, is adjusted, and goes when one draws', async ({ page }) => {
  await open(page);
  await draw(page, THREE);
  const drawn = await seen(page);
  await openPanel(page);
  await choose(page, 'one.png', ONE);
  await expect.poll(() => seen(page)).not.toBe(drawn);
  const picture = await seen(page);
  const ink = panel(page).getByRole('checkbox', { name: 'Light ink' });
  await expect(ink).not.toBeChecked();
  await ink.click();
  await expect.poll(() => seen(page)).not.toBe(picture);
  await ink.click();
  await expect.poll(() => seen(page)).toBe(picture);
  await panel(page).getByRole('slider', { name: 'Threshold' }).fill('254');
  await expect(panel(page).getByText('No ink was found.')).toBeVisible();
  await panel(page).getByRole('button', { name: 'Otsu' }).click();
  await expect.poll(() => seen(page)).toBe(picture);
  await canvas(page).scrollIntoViewIfNeeded();
  await draw(page, THREE);
  await expect(panel(page).getByRole('checkbox', { name: 'Light ink' })).toHaveCount(0);
});

for (const way of /** @type {const} */ (['drop', 'paste'])) {
  test(`a picture is taken by ${way}, and gives way to the drawing`, async ({ page }) => {
    await open(page);
    await draw(page, THREE);
    const drawn = await seen(page);
    await hand(page, way, ONE);
    await expect(panel(page).getByRole('checkbox', { name: 'Light ink' })).toBeVisible();
    await expect.poll(() => seen(page)).not.toBe(drawn);
    await panel(page).getByRole('button', { name: 'Back to the drawing' }).click();
    await expect.poll(() => seen(page)).toBe(drawn);
  });
}

test('a file that is no picture, or too large, is refused in one sentence', async ({ page }) => {
  await open(page);
  await draw(page, THREE);
  const drawn = await seen(page);
  await openPanel(page);
  const said = panel(page).getByRole('status', { name: 'Picture' });
  await choose(page, 'text.png', Buffer.from('not a picture'));
  await expect(said).toHaveText(/^Your browser cannot open this file as a picture/);
  const bomb = Buffer.from(ONE);
  bomb.writeUInt32BE(60_000, 16);
  bomb.writeUInt32BE(60_000, 20);
  await choose(page, 'bomb.png', bomb);
  await expect(said).toHaveText(/^This picture is too large: it has 60000 × 60000 pixels/);
  await choose(page, 'cut.png', ONE.subarray(0, 60));
  await expect(said).toHaveText(/^Your browser cannot open this file as a picture/);
  expect(await seen(page)).toBe(drawn);
  await choose(
    page,
    'dot.png',
    png(1, 1, () => 0),
  );
  await expect(panel(page).getByText('No ink was found.')).toBeVisible();
});

test('a scribble is said to be unlike the training, and a digit is not', async ({ page }) => {
  await open(page);
  await trainHundred(page);
  await trainHundred(page);
  await trainHundred(page);
  const likeness = page.getByRole('status', { name: 'Likeness' });
  await draw(page, THREE);
  await expect(likeness).toBeAttached();
  for (const turn of [0, 1, 2, 3, 4])
    await draw(page, [
      [0.1, 0.1 + turn / 6],
      [0.9, 0.15 + turn / 6],
      [0.1, 0.2 + turn / 6],
    ]);
  await expect(likeness).toHaveText('Unlike anything in its training.');
  await page.getByRole('button', { name: 'Clear' }).click();
  await draw(page, THREE);
  await expect(likeness).toHaveText('');
});

test('where there is no camera, the page says so', async ({ page }) => {
  await open(page);
  await openPanel(page);
  await panel(page).getByRole('button', { name: 'Use the camera…' }).click();
  await expect(panel(page).getByRole('status', { name: 'Picture' })).toHaveText(/camera.*(file|files)/);
});
