import { readFile } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { violations } from './axe.js';
import { draw, ONE, open, settingsPanel, settledPrediction, stepsMade, trainButton, trainHundred } from './page.js';

/** @typedef {import('@playwright/test').Page} Page */

/** @param {Page} page */
const recording = (page) => page.getByRole('region', { name: 'Recording' });
/** @param {Page} page */
const replay = (page) => page.getByRole('region', { name: 'Replay' });
/** @param {Page} page */
const said = (page) => replay(page).getByRole('status');

/** @param {Page} page @param {string} text */
async function openReplay(page, text) {
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const file = { name: 'mine.replay.json', mimeType: 'application/json', buffer: Buffer.from(text) };
  await page.getByLabel('Replay file').setInputFiles(file);
}

/** Changes settings, trains, draws and looks around. @param {Page} page @returns {Promise<string>} the replay's text */
async function record(page) {
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.getByRole('button', { name: 'Record what I do' }).click();
  await expect(recording(page)).toContainText('Recording');
  await page.getByRole('button', { name: 'Settings' }).click();
  const seed = settingsPanel(page).getByRole('spinbutton', { name: 'Seed' });
  await seed.fill('4711');
  await seed.press('Enter');
  await page.getByRole('button', { name: 'Restart with these' }).click();
  await expect(page.getByRole('button', { name: 'Restart with these' })).toBeHidden();
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await trainHundred(page);
  await trainHundred(page);
  await draw(page, ONE);
  await settledPrediction(page);
  await page.getByRole('tab', { name: 'Cost' }).click();
  await recording(page).getByRole('button', { name: 'Stop' }).click();
  const download = page.waitForEvent('download');
  await recording(page).getByRole('button', { name: 'Save' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('convscope.replay.json');
  return readFile(await file.path(), 'utf8');
}

test('what was recorded and saved is acted out again, to the same weights and the same page', async ({ page }) => {
  test.setTimeout(180_000);
  await open(page);
  const text = await record(page);
  const answer = await settledPrediction(page);
  expect(await violations(page)).toEqual([]);

  await page.goto('about:blank');
  await open(page);
  await openReplay(page, text);
  await expect(said(page)).toContainText('A replay of');
  expect(await violations(page)).toEqual([]);
  await replay(page).getByRole('combobox', { name: 'Speed of the replay' }).selectOption('full speed');
  await replay(page).getByRole('button', { name: 'Play', exact: true }).click();
  await expect(said(page)).toHaveText('The weights are the same as when it was recorded, bit for bit.');
  expect(await stepsMade(page)).toBe(200);
  expect((await settledPrediction(page))[0]).toBe(answer[0]);
  await expect(page.getByRole('tab', { name: 'Cost' })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(settingsPanel(page).getByRole('spinbutton', { name: 'Seed' })).toHaveValue('4711');
  await replay(page).getByRole('button', { name: 'Close the replay' }).click();
  await expect(replay(page)).toBeHidden();
});

const LONG = JSON.stringify({
  ...{ format: 'convscope-replay', version: 1 },
  actions: [
    { at: 0, do: 'restart', link: 'v=1&net=c4k3,r,m2,f,d10&seed=7' },
    { at: 0, do: 'train', to: 700, took: 60_000 },
    { at: 60_000, do: 'view', link: 'v=1&tab=cost' },
  ],
});

test('a replay can be paused, goes on where it was, and can be taken over', async ({ page }) => {
  await open(page);
  await openReplay(page, LONG);
  await replay(page).getByRole('button', { name: 'Play', exact: true }).click();
  await expect(said(page)).toHaveText('Action 2 of 3: trains to step 700');
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(2);
  await replay(page).getByRole('button', { name: 'Pause replay' }).click();
  await expect(trainButton(page)).toBeEnabled();
  const paused = await stepsMade(page);
  expect(paused).toBeLessThan(700);
  await replay(page).getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(paused);

  await replay(page).getByRole('button', { name: 'Take over here' }).click();
  await expect(replay(page)).toBeHidden();
  await expect(trainButton(page)).toBeEnabled();
  const taken = await stepsMade(page);
  expect(taken).toBeLessThan(700);
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(() => stepsMade(page)).toBe(taken + 1);
  await expect(page.getByRole('tab', { name: 'Cost' })).toHaveAttribute('aria-selected', 'false');
});

const SHORT = JSON.stringify({
  ...{ format: 'convscope-replay', version: 1 },
  actions: [
    { at: 0, do: 'restart', link: 'v=1&net=c4k3,r,m2,f,d10&seed=7' },
    { at: 500, do: 'view', link: 'v=1&tab=cost' },
  ],
});

test('a link opens a replay, which begins when it is played; one that is damaged says so', async ({ page }) => {
  const packed = deflateRawSync(SHORT).toString('base64url');
  await page.goto(`#replay=${packed}`);
  await expect(said(page)).toContainText('A replay of 2 actions.');
  await expect(page.getByRole('tab', { name: 'Cost' })).toHaveAttribute('aria-selected', 'false');
  await replay(page).getByRole('button', { name: 'Play', exact: true }).click();
  await expect(said(page)).toHaveText('That was all.');
  await expect(page.getByRole('tab', { name: 'Cost' })).toHaveAttribute('aria-selected', 'true');
  await replay(page).getByRole('button', { name: 'Close the replay' }).click();
  await expect.poll(() => new URL(page.url()).hash).toContain('v=1&net=c4k3');

  await page.evaluate((hash) => (location.hash = hash), `#replay=${packed.slice(0, 20)}`);
  await expect(replay(page).getByRole('alert')).toContainText('This link is damaged');
  await replay(page).getByRole('button', { name: 'Close the replay' }).click();
  await expect.poll(() => new URL(page.url()).hash).toContain('v=1&net=c4k3');
});

test('a replay that is dropped on the page is opened', async ({ page }) => {
  await open(page);
  const dropped = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'mine.replay.json'));
    return data;
  }, SHORT);
  await page.getByRole('banner').dispatchEvent('drop', { dataTransfer: dropped });
  await expect(said(page)).toContainText('A replay of 2 actions.');
});

test('a file that is no replay is refused in a sentence', async ({ page }) => {
  await open(page);
  await openReplay(page, '{"format":"convscope-replay","version":9}');
  await expect(replay(page).getByRole('alert')).toHaveText(
    'In this replay, "version" of the file must be 1, the one that this page reads; got 9.',
  );
});
