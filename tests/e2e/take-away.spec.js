import { readFileSync } from 'node:fs';
import { mkdir, open as openFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { violations } from './axe.js';
import { open, stepsMade, testAccuracy, THREE, trainHundred, trainTo } from './page.js';

/** @typedef {import('@playwright/test').Page} Page */

/** @param {Page} page */
const dialog = (page) => page.getByRole('dialog', { name: 'Take it away' });

/** @param {Page} page */
const outcome = (page) => page.getByRole('status', { name: 'What the file holds' });

/** @param {Page} page */
async function openDialog(page) {
  await page.getByRole('button', { name: 'Take it away', exact: true }).click();
  await expect(dialog(page)).toContainText(/The network after step [\d,]+\./);
}

/** Where the file of a form was saved, and what it was called. @param {Page} page @param {string} form */
async function download(page, form) {
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: `Download ${form}`, exact: true }).click();
  const file = await saved;
  return { path: await file.path(), name: file.suggestedFilename() };
}

/** @param {Page} page @param {string} name @param {Buffer} buffer */
const bringIn = (page, name, buffer) =>
  page.getByLabel('Network file').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });

/** A safetensors file: its header, and the bytes of its tensors. @param {string} path */
function tensorsOf(path) {
  const bytes = readFileSync(path);
  const end = 8 + Number(bytes.readBigUInt64LE(0));
  return { header: JSON.parse(bytes.subarray(8, end).toString()), numbers: bytes.subarray(end) };
}

test('a network is taken away in every form, each with images that prove it', async ({ page }) => {
  await open(page);
  await trainHundred(page);
  await openDialog(page);
  const files = {
    onnx: await download(page, 'ONNX'),
    tensors: await download(page, 'safetensors'),
    npz: await download(page, 'NPZ'),
    script: await download(page, 'PyTorch program'),
    notebook: await download(page, 'NumPy notebook'),
  };
  await expect(page.getByRole('list', { name: 'Forms' })).toContainText(/ONNX \.onnx\s+\d+ KB/);
  expect(Object.values(files).map(({ name }) => name)).toEqual(
    ['onnx', 'safetensors', 'npz', 'py', 'ipynb'].map((ending) => `convscope-two-convolutions-step-100.${ending}`),
  );

  const { header, numbers } = tensorsOf(files.tensors.path);
  const { __metadata__, ...tensors } = header;
  expect(Object.keys(tensors).sort()).toEqual(['0.bias', '0.weight', '3.bias', '3.weight', '7.bias', '7.weight']);
  expect(numbers).toHaveLength(4 * 5_994);
  const said = JSON.parse(__metadata__.convscope);
  expect(said).toMatchObject({ version: 1, spec: { training: { optimizer: { learning_rate: 0.02 } } } });
  expect([said.classes, said.receipt]).toEqual([[...'0123456789'], expect.stringMatching(/^steps: 100$/m)]);
  expect(said.proof).toHaveLength(3);
  for (const { pixels, logits } of said.proof) expect([pixels.length, logits.length]).toEqual([784, 10]);

  expect(readFileSync(files.onnx.path).includes('convscope')).toBe(true);
  const archive = readFileSync(files.npz.path).toString('latin1');
  for (const name of ['0.weight.npy', 'proof_pixels.npy', 'proof_logits.npy', 'convscope.json']) {
    expect(archive.split(`${name}`)).toHaveLength(3);
  }
  expect(readFileSync(files.script.path, 'utf8')).toContain('nn.Conv2d(1, 8, (5, 5), stride=(1, 1), padding=(0, 0))');
  const { cells, nbformat } = JSON.parse(readFileSync(files.notebook.path, 'utf8'));
  expect([nbformat, new Set(cells.map((/** @type {any} */ { cell_type }) => cell_type)).size]).toEqual([4, 2]);
});

test('the page that a network is written as reads drawn digits from the disk, and proves itself', async ({
  page,
}, testInfo) => {
  await open(page);
  await trainTo(page, 600);
  await openDialog(page);
  const path = testInfo.outputPath('network.html');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, readFileSync((await download(page, 'Web page')).path));
  const written = await page.context().newPage();
  const requests = /** @type {string[]} */ ([]);
  written.on('request', (request) => requests.push(request.url()));
  await written.goto(pathToFileURL(path).href);
  await expect(written.locator('#proof')).toHaveText('For 3 images it has just given the same scores as there.');
  const box = await written.locator('#pad').boundingBox();
  if (!box) throw new Error('there is nothing to draw on');
  const at = (/** @type {import('./page.js').Point} */ [x, y]) =>
    /** @type {[number, number]} */ ([box.x + x * box.width, box.y + y * box.height]);
  await written.mouse.move(...at(THREE[0]));
  await written.mouse.down();
  for (const point of THREE.slice(1)) await written.mouse.move(...at(point), { steps: 4 });
  await written.mouse.up();
  await expect(written.locator('#answer')).toHaveText('3');
  expect(requests).toEqual([pathToFileURL(path).href]);
});

for (const form of ['ONNX', 'safetensors']) {
  test(`a network from ${form} is brought in as a run of its own, and is the same to the last bit`, async ({
    page,
  }) => {
    await open(page);
    await trainHundred(page);
    await expect.poll(() => testAccuracy(page)).toBeGreaterThan(50);
    const accuracy = await testAccuracy(page);
    await openDialog(page);
    const before = tensorsOf((await download(page, 'safetensors')).path);
    const { path, name } = await download(page, form);
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'Network' }).selectOption({ label: 'LeNet-5' });
    await expect.poll(() => stepsMade(page)).toBe(0);

    await openDialog(page);
    await bringIn(page, name, readFileSync(path));
    await expect(outcome(page)).toContainText('8 layers, 6 tensors. The settings are those of the file.');
    await expect(outcome(page).getByRole('row')).toHaveCount(7);
    await expect(outcome(page).getByRole('row', { name: '0.weight 0.weight 8 × 1 × 5 × 5' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Use this network' }).click();
    await expect(dialog(page)).toBeHidden();
    await expect(page.getByText('For the 3 images in its file, the network gives the same scores')).toBeVisible();
    await expect.poll(() => testAccuracy(page)).toBe(accuracy);

    await page.getByRole('tab', { name: 'Runs', exact: true }).click();
    const runs = page.getByRole('list', { name: 'Runs, newest first' });
    await expect(runs).toContainText(name);
    await expect(runs).toContainText('Two convolutions');
    await openDialog(page);
    const after = tensorsOf((await download(page, 'safetensors')).path);
    expect(after.numbers.equals(before.numbers)).toBe(true);
  });
}

test('a network is brought in once by a double click, also if the dialog is closed at once', async ({ page }) => {
  const errors = /** @type {string[]} */ ([]);
  page.on('pageerror', ({ message }) => errors.push(message));
  await open(page);
  await openDialog(page);
  const { path, name } = await download(page, 'ONNX');
  await bringIn(page, name, readFileSync(path));
  const use = page.getByRole('button', { name: 'Use this network' });
  // In one turn of the page, so that nothing has ended between them.
  await use.evaluate((/** @type {HTMLElement} */ button) => {
    button.click();
    button.click();
    button.closest('dialog')?.close();
  });
  await expect(page.getByText('For the 3 images in its file, the network gives the same scores')).toBeVisible();
  await page.getByRole('tab', { name: 'Runs', exact: true }).click();
  await expect(page.getByRole('list', { name: 'Runs, newest first' }).getByText(name)).toHaveCount(1);
  expect(errors).toEqual([]);
});

test('tensors of other names are matched by their shapes, and what does not fit is named', async ({ page }) => {
  await open(page);
  await openDialog(page);
  const { header, numbers } = tensorsOf((await download(page, 'safetensors')).path);
  const { __metadata__, ...tensors } = header;
  void __metadata__;
  const renamed = Object.entries(tensors).map(([name, tensor]) => [`block${name}`, tensor]);
  await bringIn(page, 'theirs.safetensors', safetensors(Object.fromEntries(renamed), numbers));
  await expect(outcome(page)).toContainText('How it trains on is as on the screen.');
  await expect(outcome(page).getByRole('row', { name: 'block7.bias 7.bias 10' })).toBeVisible();
  const wrong = { ...tensors, '0.weight': { ...tensors['0.weight'], shape: [25, 8] } };
  await bringIn(page, 'theirs.safetensors', safetensors(wrong, numbers));
  await expect(outcome(page)).toHaveText(
    'theirs.safetensors: 0.weight expects a tensor of [8, 1, 5, 5]; that of the file has [25, 8].',
  );
});

/** @param {object} header @param {Buffer} numbers */
function safetensors(header, numbers) {
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, numbers]);
}

test('a file that holds no network is refused in one sentence, and one that is too large before it is read', async ({
  page,
}, testInfo) => {
  await open(page);
  await openDialog(page);
  const whole = {
    tensors: readFileSync((await download(page, 'safetensors')).path),
    onnx: readFileSync((await download(page, 'ONNX')).path),
  };
  for (const [name, bytes] of /** @type {[string, Buffer][]} */ ([
    ['cut.safetensors', whole.tensors.subarray(0, 5_000)],
    ['cut.onnx', whole.onnx.subarray(0, 5_000)],
    ['empty.onnx', Buffer.alloc(0)],
    ['picture.onnx', Buffer.from('\x89PNG\r\n\x1a\n and more of it', 'latin1')],
  ])) {
    await bringIn(page, name, bytes);
    await expect(outcome(page)).toHaveText(new RegExp(`^\\s*${name}: [A-Z][^\\n]*\\.\\s*$`));
    await expect(page.getByRole('button', { name: 'Use this network' })).toBeHidden();
  }
  const path = testInfo.outputPath('large.onnx');
  await mkdir(dirname(path), { recursive: true });
  const file = await openFile(path, 'w');
  await file.truncate(65 * 2 ** 20);
  await file.close();
  await page.getByLabel('Network file').setInputFiles(path);
  await expect(outcome(page)).toHaveText('large.onnx: This file is too large: it has 65 MiB, and 64 MiB is the limit.');
});

test('the dialog opens with a key, takes a newer network when asked, and gives the focus back', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Step', exact: true }).focus();
  await page.keyboard.press('t');
  await expect(dialog(page)).toContainText('The network after step 0.');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByRole('button', { name: 'Step', exact: true })).toBeFocused();
  await page.keyboard.press('Space');
  await expect.poll(() => stepsMade(page)).toBe(1);
  await page.keyboard.press('t');
  await expect(dialog(page)).toContainText('The network after step 1.');
});
