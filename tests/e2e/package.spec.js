/** The npm package as a stranger uses it: packed, installed into an empty project, built with Vite, run in Chromium and in Node. */

import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { build, preview } from 'vite';
import { MNIST_FILES, readDigits } from '../package/digits.js';

const run = promisify(execFile);
const STEPS = 200;

/** @type {string} */
let project;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  project = mkdtempSync(path.join(tmpdir(), 'convscope-'));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', project], { cwd: 'pkg' });
  const [{ filename, files }] = JSON.parse(stdout);
  const packed = files.map((/** @type {{ path: string }} */ file) => file.path);
  expect(packed).toEqual(
    expect.arrayContaining([
      ...['LICENSE', 'README.md', 'index.js', 'convscope_bg.wasm', 'convscope_formats_bg.wasm', 'element.js'],
      ...['element.d.ts', 'types/pkg/index.d.ts'],
    ]),
  );
  cpSync('tests/package/project', project, { recursive: true });
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${filename}`], { cwd: project });
  const { images, labels } = readDigits(MNIST_FILES.training, 5_000);
  writeFileSync(path.join(project, 'public/images.bin'), images);
  writeFileSync(path.join(project, 'public/labels.bin'), labels);
});

test.afterAll(() => rmSync(project, { recursive: true, force: true }));

test('the package is installed into an empty Vite project, trains in a browser and reads a digit', async ({ page }) => {
  await build({ root: project, configFile: false, base: './', logLevel: 'error' });
  const server = await preview({
    root: project,
    configFile: false,
    preview: { port: 0, open: false },
    logLevel: 'error',
  });
  try {
    await page.goto(server.resolvedUrls?.local[0] ?? '');
    for (const where of ['here', 'worker']) {
      const result = page.getByTestId(where);
      await expect(result).toHaveText(/^\d+ steps/);
      await expect(result).toHaveText(`${STEPS} steps, read 5 as 5, fingerprint ${await inNode()}`);
    }
  } finally {
    await server.close();
  }
});

test('the package has types that a TypeScript program checks against', async () => {
  const tsc = path.resolve('node_modules/typescript/bin/tsc');
  const complaints = await run('node', [tsc, '--project', project], { cwd: project }).then(
    () => '',
    ({ stdout }) => stdout,
  );
  expect(complaints).toBe('');
});

/** @type {Promise<string> | undefined} */
let fingerprint;

/** The fingerprint of the same training in Node. */
function inNode() {
  fingerprint ??= run('node', ['train.mjs'], { cwd: project }).then(({ stdout }) => {
    const [, steps, found] = /^(\d+) steps, read 5 as 5, fingerprint ([0-9a-f]{16})\n$/.exec(stdout) ?? [];
    expect(Number(steps), stdout).toBe(STEPS);
    return found ?? '';
  });
  return fingerprint;
}
