/** <convscope-playground> on a page of another origin with a strict policy; Convscope itself is in a sub-folder. */

import { createServer } from 'node:http';
import { expect, test } from '@playwright/test';
import { draw, THREE } from './page.js';

/** @typedef {import('@playwright/test').FrameLocator} FrameLocator */
/** @typedef {import('@playwright/test').Page} Page */

const TINY = 'v=1&net=f,d10&data=mnist:320';

/** The script of the page around: it keeps what it hears. */
const SCRIPT = `
  window.heard = [];
  for (const type of ['step', 'prediction', 'finished']) {
    document.addEventListener(type, ({ target, detail }) => heard.push({ id: target.id, type, detail }));
  }
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    heard.push({ id: '', type: 'violation', detail: violatedDirective + ' ' + blockedURI });
  });`;

/** @type {import('node:http').Server} */
let foreign;
/** What the page around has in its body. */
let body = '';
/** The origin of Convscope, for the policy. */
let origin = '';

test.beforeAll(async ({ baseURL }) => {
  origin = new URL(baseURL ?? '').origin;
  foreign = createServer(({ url }, response) => {
    if (url === '/listen.js') return response.setHeader('content-type', 'text/javascript').end(SCRIPT);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; script-src 'self' ${origin}; frame-src ${origin}`,
    );
    return response.end(`<!doctype html><html lang="en"><title>A course</title>
      <script src="/listen.js"></script><script src="${baseURL}element.js" async></script>${body}`);
  });
  await new Promise((resolve) => foreign.listen(0, '127.0.0.1', () => resolve(undefined)));
});

test.afterAll(() => new Promise((resolve) => foreign.close(() => resolve(undefined))));

/** @param {Page} page @param {string} html */
async function openForeign(page, html) {
  body = html;
  const address = foreign.address();
  if (!address || typeof address === 'string') throw new Error('the foreign page is not served');
  await page.goto(`http://127.0.0.1:${address.port}/`);
}

/** @param {Page} page @param {string} id @returns {FrameLocator} */
const frameOf = (page, id) => page.locator(`#${id} iframe`).contentFrame();

/** @param {FrameLocator} frame */
const trainIn = (frame) => frame.getByRole('button', { name: 'Train', exact: true });

/** @param {Page} page @returns {Promise<{ id: string, type: string, detail: any }[]>} */
const heard = (page) => page.evaluate('heard');

/** @param {Page} page @param {string} type */
const first = async (page, type) => (await heard(page)).find((event) => event.type === type);

/** @param {Page} page @param {string} script */
const change = (page, script) => page.evaluate(`{ const element = document.getElementById('a'); ${script} }`);

test('its events arrive on a foreign page with a strict policy, each from its own element', async ({ page }) => {
  await openForeign(
    page,
    `<convscope-playground id="a" link="${TINY}&epochs=1" panels="draw learning" title="Try it"></convscope-playground>
     <convscope-playground id="b" link="#${TINY}&seed=2" theme="dark"></convscope-playground>`,
  );
  const frame = frameOf(page, 'a');
  await expect(page.locator('#a iframe')).toHaveAttribute('title', 'Try it');
  // What the run is evaluated on arrives last.
  await expect(trainIn(frame)).toBeEnabled();
  await expect(frame.locator('header .loaded')).toHaveCount(0);
  await trainIn(frame).click();
  await expect.poll(() => first(page, 'finished')).toMatchObject({ id: 'a', detail: { step: 10, epoch: 1 } });
  const { detail: end } = (await first(page, 'finished')) ?? { detail: {} };
  expect(end.testAccuracy).toBeGreaterThan(0.5);
  expect(end.validationAccuracy).toBeGreaterThan(0.5);
  const steps = (await heard(page)).filter(({ type }) => type === 'step');
  expect(steps.at(-1)).toMatchObject({ id: 'a', detail: { step: 10, epoch: 1, loss: expect.any(Number) } });

  await frame.getByLabel('Draw a digit', { exact: true }).scrollIntoViewIfNeeded();
  await draw(/** @type {any} */ ({ ...inFrame(frame), mouse: page.mouse }), THREE);
  await expect
    .poll(() => first(page, 'prediction'))
    .toMatchObject({ id: 'a', detail: { name: expect.stringMatching(/^\d$/) } });
  const { detail: answer } = (await first(page, 'prediction')) ?? { detail: {} };
  expect(answer.probabilities).toHaveLength(10);
  expect(answer.name).toBe(String(answer.predicted));
  expect(answer.probabilities[answer.predicted]).toBe(Math.max(...answer.probabilities));

  await expect(frame.getByRole('region', { name: 'Dense' })).toHaveCount(0);
  await expect(frameOf(page, 'b').locator('html')).toHaveAttribute('data-theme', 'dark');
  expect((await heard(page)).filter(({ id }) => id !== 'a')).toEqual([]);
});

/** What `draw` asks of a page. @param {FrameLocator} frame */
const inFrame = (frame) => ({ getByLabel: frame.getByLabel.bind(frame) });

test('its theme changes without loading the page again, and follows the system where it is auto', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await openForeign(page, `<convscope-playground id="a" link="${TINY}" theme="light"></convscope-playground>`);
  const frame = frameOf(page, 'a');
  const root = frame.locator('html');
  await expect(root).toHaveAttribute('data-theme', 'light');
  await frame.getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(() => first(page, 'step')).toMatchObject({ detail: { step: 1 } });
  await change(page, `element.setAttribute('theme', 'auto')`);
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(root).toHaveAttribute('data-theme', 'light');
  await change(page, `element.setAttribute('theme', 'dark')`);
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await frame.getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(async () => (await heard(page)).at(-1)?.detail.step).toBe(2);
});

test('the page in the frame fills it, and scrolls its panels only', async ({ page }) => {
  await page.setViewportSize({ width: 1020, height: 900 });
  await openForeign(page, `<convscope-playground id="a" link="${TINY}" panels="draw network"></convscope-playground>`);
  const root = frameOf(page, 'a').locator('html');
  await expect(frameOf(page, 'a').getByRole('button', { name: 'Next mistake' })).toBeAttached();
  expect(await root.evaluate(({ scrollHeight, clientHeight }) => [scrollHeight, clientHeight])).toEqual([720, 720]);
});

test('another link opens another experiment, and an element that is moved works where it is put', async ({ page }) => {
  await openForeign(page, `<convscope-playground id="a" link="${TINY}"></convscope-playground><main></main>`);
  await expect(trainIn(frameOf(page, 'a'))).toBeEnabled();
  await frameOf(page, 'a').getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(() => first(page, 'step')).toBeDefined();
  await change(
    page,
    `element.setAttribute('link', 'v=1&net=c4k3,r,m2,f,d10'); element.setAttribute('panels', 'network')`,
  );
  await expect(page.locator('#a iframe')).toHaveCount(1);
  await expect(frameOf(page, 'a').getByText('Conv').first()).toBeVisible();
  await expect(frameOf(page, 'a').getByLabel('Draw a digit', { exact: true })).toHaveCount(0);
  await change(page, `heard.length = 0; document.querySelector('main').append(element)`);
  await frameOf(page, 'a').getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(() => first(page, 'step')).toMatchObject({ id: 'a', detail: { step: 1 } });
  await change(page, `element.remove()`);
  expect(await page.locator('iframe').count()).toBe(0);
});

test('an element without an address says so, and so does one whose address is no page', async ({ page }) => {
  await openForeign(
    page,
    `<convscope-playground id="a" src="javascript:alert(1)"></convscope-playground>
     <convscope-playground id="b" link="nonsense=1"></convscope-playground>`,
  );
  await expect(page.locator('#a')).toHaveText(/shown from https: or http:; src begins with javascript:/);
  await expect(frameOf(page, 'b').getByText('This link cannot be read whole.')).toBeVisible();
});

test('a link that cannot be read, or a panel that does not exist, leaves the page in its frame, and its events', async ({
  page,
}) => {
  await openForeign(
    page,
    `<convscope-playground id="a" link="v=1&net=q9" panels="draw netwrok" theme="dark"></convscope-playground>`,
  );
  const frame = frameOf(page, 'a');
  await expect(frame.getByText('The default experiment is open instead.')).toBeVisible();
  await expect(frame.getByRole('link', { name: 'Open in Convscope' })).toBeVisible();
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(frame.getByRole('region', { name: 'Learning' })).toHaveCount(0);
  await expect(trainIn(frame)).toBeEnabled();
  await frame.getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(() => first(page, 'step')).toMatchObject({ id: 'a', detail: { step: 1 } });
});

test('forged messages are ignored on both sides, and without the element the page says nothing of the run', async ({
  page,
  baseURL,
}) => {
  await openForeign(
    page,
    `<convscope-playground id="a" link="${TINY}"></convscope-playground>
     <iframe id="plain" src="${baseURL}#${TINY}&embed=1"></iframe>`,
  );
  await page.evaluate(`window.said = []; addEventListener('message', ({ data }) => said.push(data))`);
  await expect(trainIn(frameOf(page, 'a'))).toBeEnabled();
  await page.evaluate(`
    postMessage({ type: 'step', detail: { step: 1, epoch: 0, loss: 1, accuracy: 0, imagesPerSecond: 1 } }, '*');
    postMessage({ convscope: 'ready' }, '*');
    for (const hostile of [null, 7, { convscope: 'connect' }, { theme: 'dark' }]) frames[0].postMessage(hostile, '*');`);
  const plain = page.frameLocator('#plain');
  // Another frame is not the page around.
  await plain.locator('body').evaluate(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => window.parent.postMessage({ leaked: data }, '*');
    window.parent.frames[0]?.postMessage({ convscope: 'connect' }, '*', [port2]);
  });
  await plain.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(plain.locator('header')).toContainText('step 1');
  await frameOf(page, 'a').getByRole('button', { name: 'Step', exact: true }).click();
  await expect.poll(() => first(page, 'step')).toMatchObject({ id: 'a', detail: { step: 1 } });
  expect(await heard(page)).toHaveLength(1);
  const fromFrames = (await page.evaluate('said')).filter(
    (/** @type {any} */ data) => data?.convscope !== 'ready' && data?.type !== 'step',
  );
  expect(fromFrames).toEqual([]);
  await expect(frameOf(page, 'a').locator('html')).toHaveAttribute('data-theme', 'light');
});
