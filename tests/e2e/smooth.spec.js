import { expect, test } from '@playwright/test';
import { draw, prediction, stepsMade, THREE, trainButton } from './page.js';

/**
 * The main thread is to have no task over 50 ms while training, and scrolling and drawing are to stay smooth.
 *
 * What can be asserted of that on a shared machine? A long task is measured by the clock, and the clock runs on while
 * the system gives the core to another process: with two training workers on two cores, tasks of 1 ms of work have been
 * seen to last 90 ms. So no single task fails this test. It counts what only a fault of the page can change: that a
 * snapshot waits until the one before it has been painted, that drawing is answered meanwhile, and how much of the
 * document is rebuilt for a snapshot. And it caps the time that the main thread computes for a snapshot, by its own clock,
 * which stops while others have the core: usually 10 ms on a quiet machine, and up to 70 where that
 * clock is not kept strictly, for all that happens from one snapshot to the next. The
 * share of time that is blocked by long tasks is 0 % on a quiet machine and up to 20 % on one that others work on; its
 * cap is passed only by a page that hardly moves. The measurements are printed.
 */

/** Of the time, blocked by what of a task goes beyond 50 ms. */
const MOST_BLOCKED = 0.5;
/** Elements added or removed for each snapshot: a view that is drawn, not rebuilt, needs next to none. */
const MOST_REBUILT = 30;
/** Of the main thread's own time, for a snapshot and all that happens until the next: several times the usual. */
const MOST_COMPUTED_MS = 250;
/** Snapshots of which a mean says something. */
const ENOUGH_SNAPSHOTS = 5;
/** So long is watched: a count, for a slow machine takes the time it takes. */
const WATCHED = 15;
/** More epochs than end during the test. */
const RUN = '#v=1&net=c8k5,r,m2,c16k5,r,m2,f,d10&epochs=1000&seed=7';

/** @typedef {import('./page.js').Page} Page */
/** @typedef {{ tasks: number[], frames: number, gap: number, painted: number, snapshots: number, waiting: number, rebuilt: number, time: number }} Seen */

/** Counts in the page from its first script on; `taken` returns the counts since its last call. */
async function watch(/** @type {Page} */ page) {
  await page.addInitScript(() => {
    const fresh = () => ({ tasks: [], frames: 0, gap: 0, painted: 0, snapshots: 0, waiting: 0, rebuilt: 0, time: 0 });
    /** @type {Seen} */
    let seen = fresh();
    let since = performance.now();
    let last = since;
    let unpainted = 0;
    new PerformanceObserver((list) => {
      seen.tasks.push(...list.getEntries().map(({ duration }) => Math.round(duration)));
    }).observe({ type: 'longtask' });
    const frame = (/** @type {number} */ now) => {
      seen.frames += 1;
      seen.gap = Math.max(seen.gap, Math.round(now - last));
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    const ofWorker = (/** @type {MessageEvent} */ { data }) => {
      if (data?.type !== 'snapshot') return;
      seen.snapshots += 1;
      unpainted += 1;
      seen.waiting = Math.max(seen.waiting, unpainted);
    };
    window.Worker = class extends Worker {
      /** @param {string | URL} url @param {WorkerOptions} [options] */
      constructor(url, options) {
        super(url, options);
        if (options?.name === 'run') this.addEventListener('message', ofWorker);
      }

      /** @override @param {any} message @param {any} [transfer] */
      postMessage(message, transfer) {
        if (message?.type === 'painted') {
          seen.painted += 1;
          unpainted = 0;
        }
        super.postMessage(message, transfer);
      }
    };
    new MutationObserver((records) => {
      for (const { addedNodes, removedNodes } of records) {
        const elements = [...addedNodes, ...removedNodes].filter((node) => node instanceof Element);
        seen.rebuilt += elements.length;
      }
    }).observe(document, { childList: true, subtree: true });
    Object.assign(window, {
      seen: () => seen.snapshots,
      taken() {
        const now = performance.now();
        const all = { ...seen, time: now - since };
        [seen, since] = [fresh(), now];
        return all;
      },
    });
  });
}

/** @param {Page} page @returns {Promise<Seen>} */
const taken = (page) => page.evaluate(() => /** @type {any} */ (window).taken());

const WORK = ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'];

/** Seconds of scripts and layout so far. @param {import('@playwright/test').CDPSession} devtools */
async function computed(devtools) {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.reduce((sum, { name, value }) => sum + (WORK.includes(name) ? value : 0), 0);
}

/** @param {Page} page */
const snapshots = (page) =>
  expect
    .poll(() => page.evaluate(() => /** @type {any} */ (window).seen()), { timeout: 60_000 })
    .toBeGreaterThan(WATCHED);

/**
 * Watches the page for so many snapshots, or as long as `act` takes.
 * @param {Page} page
 * @param {string} name
 * @param {() => Promise<unknown>} [act]
 */
async function measured(page, name, act = () => snapshots(page)) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.setTimeDomain', { timeDomain: 'threadTicks' });
  await devtools.send('Performance.enable');
  await taken(page);
  const before = await computed(devtools);
  await act();
  const seen = await taken(page);
  const work = (1000 * ((await computed(devtools)) - before)) / Math.max(1, seen.snapshots);
  await devtools.detach();
  const blocked = seen.tasks.reduce((sum, duration) => sum + duration - 50, 0) / seen.time;
  const longest = Math.max(0, ...seen.tasks);
  const frames = (1000 * seen.frames) / seen.time;
  process.stdout.write(
    `${name}: ${seen.tasks.length} tasks over 50 ms, the longest ${longest} ms, ${(100 * blocked).toFixed(1)} % blocked; ` +
      `${frames.toFixed(0)} frames a second, at most ${seen.gap} ms apart; ` +
      `${seen.snapshots} snapshots, ${(seen.rebuilt / Math.max(1, seen.snapshots)).toFixed(1)} elements rebuilt and ${work.toFixed(0)} ms computed for each\n`,
  );
  expect(blocked, `${name}: share of the time that is blocked`).toBeLessThan(MOST_BLOCKED);
  // With fewer, what else the page does, such as fetching its later parts, would count as theirs.
  if (seen.snapshots >= ENOUGH_SNAPSHOTS)
    expect(work, `${name}: computed for a snapshot, in ms`).toBeLessThan(MOST_COMPUTED_MS);
  expect(seen.waiting, `${name}: snapshots that came before the last was painted`).toBeLessThanOrEqual(1);
  expect(Math.abs(seen.painted - seen.snapshots), `${name}: snapshots that were not painted`).toBeLessThanOrEqual(1);
  expect(seen.frames, `${name}: frames`).toBeGreaterThan(0);
  return seen;
}

/** @param {Seen} seen @param {string} name */
function expectDrawn({ snapshots, rebuilt }, name) {
  expect(snapshots, `${name}: snapshots`).toBeGreaterThan(0);
  expect(rebuilt / snapshots, `${name}: elements rebuilt for a snapshot`).toBeLessThan(MOST_REBUILT);
}

test('the page stays smooth while it trains', async ({ page }) => {
  test.setTimeout(240_000);
  await watch(page);
  await page.goto(RUN);
  await expect(trainButton(page)).toBeEnabled();
  await measured(page, 'paused', () => page.waitForTimeout(1_000));
  await trainButton(page).click();
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(20);
  expectDrawn(await measured(page, 'training'), 'training');

  const before = await stepsMade(page);
  await measured(page, 'drawing', async () => {
    for (let stroke = 0; stroke < 3; stroke++) await draw(page, THREE);
    await expect(prediction(page)).toHaveAttribute('aria-busy', 'false');
  });
  await expect(prediction(page)).toHaveText(/^\d, [<>]?\d+\s%$/);
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(before);

  await page.getByText('backward', { exact: true }).click();
  await expect(page.getByRole('list', { name: 'Gradient of the scores: probability − target' })).toBeVisible();
  expectDrawn(await measured(page, 'turned around'), 'turned around');

  await page.getByRole('tab', { name: 'Health' }).click();
  await expect(page.getByRole('region', { name: 'Norms of each layer' })).toContainText('the latest');
  expectDrawn(await measured(page, 'gradient flow'), 'gradient flow');
});

test('a phone scrolls smoothly while it trains', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await watch(page);
  await page.goto(RUN);
  await trainButton(page).click();
  await expect.poll(() => stepsMade(page)).toBeGreaterThan(20);
  await page.mouse.move(195, 500);
  const seen = await measured(page, 'scrolling', async () => {
    for (let turn = 0; turn < 30; turn++) {
      await page.mouse.wheel(0, turn < 15 ? 120 : -120);
      await page.waitForTimeout(60);
    }
  });
  expectDrawn(seen, 'scrolling');
});
