import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { violations } from './axe.js';
import { csv, idx, images, npz, pictures, zip } from './image-files.js';
import { makeSteps, open, pauseButton, stepsMade, trainButton } from './page.js';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {{ name: string, buffer: Uint8Array }} Given */

const GREY = images({ each: 24 });
const FORM = { rows: 20, columns: 16, channels: 3 };
const COLOUR = images({ each: 24, ...FORM });

/** @param {Page} page */
const dialog = (page) => page.getByRole('dialog', { name: 'Your images' });
/** @param {Page} page @param {string} name */
const button = (page, name) => dialog(page).getByRole('button', { name, exact: true });
/** @param {Page} page @param {string} name */
const heading = (page, name) => dialog(page).getByRole('heading', { name, exact: true });
/** @param {Page} page */
const problem = (page) => dialog(page).getByRole('alert');

/** @param {Page} page */
async function openDialog(page) {
  await page.keyboard.press('i');
  await expect(heading(page, 'Choose images')).toBeVisible();
}

/** @param {Page} page @param {...Given} files */
const give = (page, ...files) =>
  dialog(page)
    .getByLabel('Image files', { exact: true })
    .setInputFiles(files.map(({ name, buffer }) => ({ name, mimeType: '', buffer: Buffer.from(buffer) })));

/** @param {Page} page @param {...Given} files */
async function find(page, ...files) {
  await give(page, ...files);
  await expect(heading(page, 'What was found')).toBeVisible();
}

/** @param {Page} page @param {...Given} files */
async function load(page, ...files) {
  await find(page, ...files);
  await button(page, 'Load the images').click();
  await expect(heading(page, 'Look at them')).toBeVisible();
}

/** @param {Page} page */
async function use(page) {
  await button(page, 'Use these images').click();
  const fits = button(page, 'Use them with a network that fits');
  await expect(fits.or(page.getByText('A new run begins on'))).toBeVisible();
  if (await fits.isVisible()) await fits.click();
  await expect(dialog(page)).toHaveCount(0);
}

const [imageFile, labelFile] = idx(GREY);
const IDX = [
  { name: 'mine-images-idx3-ubyte', buffer: imageFile },
  { name: 'mine-labels-idx1-ubyte', buffer: labelFile },
];
const ZIP = { name: 'stripes.zip', buffer: zip(pictures(COLOUR, FORM)) };

/** @type {[string, Given[], RegExp][]} */
const KINDS = [
  ['a pair of IDX files', IDX, /^48 images in 2 classes.*12×12, in grey/],
  ['an NPZ file', [{ name: 'x.npz', buffer: npz(GREY) }], /^48 images in 2 classes.*12×12, in grey/],
  ['a CSV table', [{ name: 'train.csv', buffer: csv(GREY) }], /^48 images in 2 classes.*12×12, in grey/],
  ['a ZIP of pictures', [ZIP], /^48 images in 2 classes.*20×16, in colour/],
];

for (const [kind, files, found] of KINDS) {
  test(`${kind} is found, loaded, used and trained on`, async ({ page }) => {
    test.slow();
    await open(page);
    await openDialog(page);
    await find(page, ...files);
    await expect(dialog(page).getByRole('status').first()).toHaveText(found);
    await button(page, 'Load the images').click();
    await expect(heading(page, 'Look at them')).toBeVisible();
    await expect(dialog(page).getByRole('img', { name: /^Training images of/ })).toHaveCount(2);
    await use(page);
    await expect(trainButton(page)).toBeEnabled();
    await trainButton(page).click();
    await expect.poll(() => stepsMade(page)).toBeGreaterThan(50);
  });
}

test('every step is free of faults of accessibility, light and dark, on a phone too', async ({ page }) => {
  await open(page);
  await openDialog(page);
  for (const size of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme });
      await expect(heading(page, 'Choose images')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await find(page, ZIP);
      expect(await violations(page)).toEqual([]);
      await button(page, 'Load the images').click();
      await expect(heading(page, 'Look at them')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      const overflow = await dialog(page).evaluate((node) => node.scrollWidth - node.clientWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      await button(page, 'Back').click();
      await button(page, 'Back').click();
    }
  }
});

test('by keyboard alone: choices are made, images loaded, kept and used', async ({ page }) => {
  await open(page);
  await openDialog(page);
  await expect(button(page, 'Choose files…')).toBeFocused();
  await find(page, ZIP);
  await expect(heading(page, 'What was found')).toBeFocused();
  await dialog(page).getByRole('spinbutton', { name: 'Height in pixels' }).focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Tab');
  await expect(dialog(page).getByRole('spinbutton', { name: 'Width in pixels' })).toBeFocused();
  await page.keyboard.press('Tab');
  await dialog(page).getByRole('combobox', { name: 'Colour' }).selectOption('Grey');
  await button(page, 'Load the images').press('Enter');
  await expect(heading(page, 'Look at them')).toBeFocused();
  await expect(dialog(page)).toContainText('48 images, 2 classes, 21×16, grey');
  await button(page, 'Keep on this device').press('Enter');
  await expect(dialog(page)).toContainText('Kept on this device');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  // What was loaded is still there.
  await page.keyboard.press('i');
  await expect(heading(page, 'Look at them')).toBeVisible();
});

test('files that are wrong or cut off are refused in one sentence, and the run goes on', async ({ page }) => {
  await open(page);
  await trainButton(page).click();
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(5);
  await openDialog(page);
  /** @type {Given[][]} */
  const wrong = [
    [{ name: 'mine-images-idx3-ubyte', buffer: imageFile.subarray(0, 500) }, /** @type {Given} */ (IDX[1])],
    [{ name: 'cut.npz', buffer: npz(GREY).subarray(0, 2000) }],
    [{ name: 'cut.zip', buffer: ZIP.buffer.subarray(0, 3000) }],
    [{ name: 'words.csv', buffer: Buffer.from('label,pixel0\nzero,many\n') }],
    [{ name: 'notes.txt', buffer: Buffer.from('These are no images.') }],
    [{ name: 'empty.zip', buffer: Buffer.alloc(0) }],
  ];
  for (const files of wrong) {
    await give(page, ...files);
    await expect(problem(page)).toHaveText(/\w.*[.?]$/);
    await expect(heading(page, 'Choose images')).toBeVisible();
    expect((await problem(page).innerText()).length).toBeLessThan(400);
  }
  const before = await stepsMade(page);
  await page.keyboard.press('Escape');
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(before);
  await pauseButton(page).click();
});

test('a network that cannot take the images is said to be so, and one that fits is offered', async ({ page }) => {
  await open(page);
  await openDialog(page);
  const small = images({ each: 24, rows: 8, columns: 8 });
  await load(page, { name: 'small.csv', buffer: csv(small) });
  await button(page, 'Use these images').click();
  await expect(problem(page)).toContainText('Your network cannot take “small”. Layer');
  expect(await violations(page)).toEqual([]);
  await button(page, 'Use them with a network that fits').click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByText('A new run begins on “small”. The network was made for them.')).toBeVisible();
  await expect(trainButton(page)).toBeEnabled();
  await makeSteps(page, 2);
});

test('reading is cancelled, and other files are chosen', async ({ page }) => {
  await open(page);
  // The module that reads them is held up, so that there is time to cancel.
  let release = () => {};
  const held = new Promise((resolve) => (release = () => resolve(null)));
  await page.route('**/*own_set*.wasm', async (route) => {
    await held;
    await route.continue().catch(() => {});
  });
  await openDialog(page);
  await give(page, ZIP);
  await expect(heading(page, 'Reading the files')).toBeVisible();
  await button(page, 'Cancel').click();
  await expect(heading(page, 'Choose images')).toBeVisible();
  await expect(problem(page)).toHaveCount(0);
  release();
  await find(page, ...IDX);
});

test('a module that cannot be fetched is said to be missing, and fetched the next time', async ({ page }) => {
  await open(page);
  await page.route('**/*own_set*.wasm', (route) => route.abort());
  await openDialog(page);
  await give(page, ZIP);
  await expect(problem(page)).toContainText('Check your connection');
  await page.unroute('**/*own_set*.wasm');
  await find(page, ZIP);
});

test('a set is kept, found again after a reload, renamed, removed and brought back', async ({ page }) => {
  test.slow();
  await open(page);
  await openDialog(page);
  await load(page, ...IDX);
  await dialog(page).getByRole('textbox', { name: 'Name' }).fill('Stripes');
  await button(page, 'Keep on this device').click();
  await expect(dialog(page)).toContainText('Kept on this device');
  await page.reload();
  await expect(trainButton(page)).toBeEnabled();
  await openDialog(page);
  expect(await violations(page)).toEqual([]);
  await button(page, 'Rename Stripes').click();
  await page.keyboard.type('Lines');
  await page.keyboard.press('Enter');
  await button(page, 'Remove Lines').click();
  await expect(button(page, 'Use Lines')).toHaveCount(0);
  await expect(button(page, 'Undo')).toBeFocused();
  expect(await violations(page)).toEqual([]);
  await button(page, 'Undo').click();
  await button(page, 'Use Lines').click();
  const fits = button(page, 'Use them with a network that fits');
  await expect(fits.or(page.getByText('A new run begins on “Lines”'))).toBeVisible();
  if (await fits.isVisible()) await fits.click();
  await expect(dialog(page)).toHaveCount(0);
  await makeSteps(page, 2);
});

test('a set leaves as a file and comes back as the same set', async ({ page }) => {
  await open(page);
  await openDialog(page);
  await load(page, ZIP);
  const download = page.waitForEvent('download');
  await button(page, 'Save as a file').click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe('stripes.zip');
  const buffer = readFileSync(await saved.path());
  await button(page, 'Keep on this device').click();
  await expect(dialog(page)).toContainText('Kept on this device');
  await button(page, 'Back').click();
  await button(page, 'Back').click();
  await load(page, { name: 'again.zip', buffer });
  // It has the same name, so it is kept already.
  await expect(button(page, 'Keep on this device')).toBeDisabled();
});

test('handwriting that several people saved becomes one set', async ({ page }) => {
  await open(page);
  await openDialog(page);
  const people = ['ada', 'ben', 'cem'].flatMap((person, index) => {
    const [pixels, labels] = idx(images({ each: 5 + index }));
    return [
      { name: `${person}-images-idx3-ubyte`, buffer: pixels },
      { name: `${person}-labels-idx1-ubyte`, buffer: labels },
    ];
  });
  await find(page, ...people);
  await expect(dialog(page).getByRole('status').first()).toHaveText(/^36 images in 2 classes/);
});

test('files that are dropped on the page open the dialog, and do not take the page away', async ({ page }) => {
  await open(page);
  const data = await page.evaluateHandle((bytes) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(bytes)], 'stripes.zip'));
    return transfer;
  }, Array.from(ZIP.buffer));
  await page.getByRole('region', { name: 'Learning' }).dispatchEvent('drop', { dataTransfer: data });
  await expect(heading(page, 'What was found')).toBeVisible();
  await expect(dialog(page)).toContainText('48 images in 2 classes');
});

test('a ZIP that is dropped on the canvas opens the dialog; its colours take a picture of the camera', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const paper = document.createElement('canvas');
    const pen = paper.getContext('2d');
    // A canvas sends a frame whenever it is painted.
    let frames = 0;
    setInterval(() => pen?.fillRect(0, 0, (frames += 1), 80), 50);
    const devices = { getUserMedia: () => Promise.resolve(paper.captureStream()) };
    Object.defineProperty(navigator, 'mediaDevices', { value: devices });
  });
  await open(page);
  const data = await page.evaluateHandle(
    (bytes) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(bytes)], 'stripes.zip', { type: 'application/zip' }));
      return transfer;
    },
    Array.from(zip(pictures(COLOUR, FORM))),
  );
  await page.getByRole('heading', { name: 'Draw', exact: true }).dispatchEvent('drop', { dataTransfer: data });
  await expect(heading(page, 'What was found')).toBeVisible();
  await button(page, 'Load the images').click();
  await use(page);
  await page.getByRole('button', { name: 'Use the camera…' }).click();
  await expect(page.getByLabel('The camera')).toBeVisible();
  await expect(async () => {
    const take = page.getByRole('button', { name: 'Take the picture' });
    if (await take.isVisible()) await take.click();
    await expect(page.getByRole('img', { name: 'Your choice' })).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(page.getByLabel('The camera')).toHaveCount(0);
});

test('a link to a set that is not here says what is missing, and its file opens it', async ({ page, browser }) => {
  test.slow();
  await open(page);
  await openDialog(page);
  await load(page, ...IDX);
  await use(page);
  await expect(page).toHaveURL(/own-[0-9a-f]{64}/);
  const address = page.url();
  const context = await browser.newContext({ serviceWorkers: 'block' });
  // Another device, whose visitor has been here before.
  await context.addInitScript(() => localStorage.setItem('convscope.lessons', '{"open":null,"cards":{}}'));
  const other = await context.newPage();
  await other.goto(address);
  await expect(other.getByRole('alert').first()).toContainText(/[0-9a-f]{8}/);
  await other.keyboard.press('i');
  await expect(dialog(other)).toContainText(/images that are not here: 40 training images, 2 classes, 12×12 in grey/);
  await load(other, ...IDX);
  await use(other);
  await expect(trainButton(other)).toBeEnabled();
  await makeSteps(other, 1);
  await context.close();
});
