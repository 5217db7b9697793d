import { expect, test } from '@playwright/test';
import { violations } from './axe.js';
import { canvas, draw, prediction, THREE, trainButton } from './page.js';

/** @typedef {import('./page.js').Page} Page */

const NET = 'v=1&net=c8k5,r,m2,c16k5,r,m2,f,d10';
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
];
const LESSONS = /** @type {const} */ (['reading', 'backprop', 'trust', 'asking']);

// Each test is a first visit.
test.use({ storageState: { cookies: [], origins: [] } });

/** @param {Page} page */
const lesson = (page) => page.getByRole('region', { name: 'Lesson' });
/** @param {Page} page */
const title = (page) => lesson(page).getByRole('heading');
/** @param {Page} page @param {string} name */
const button = (page, name) => lesson(page).getByRole('button', { name, exact: true });
/** The button that does what the card asks for. @param {Page} page */
const action = (page) => lesson(page).locator('.action').getByRole('button');
/** @param {Page} page */
const place = async (page) => (await lesson(page).locator('.place').innerText()).split(' of ').map(Number);

/** Whether what is outlined is what is seen there. @param {Page} page */
async function pointsAtSomethingVisible(page) {
  const outline = page.locator('[data-pointing]');
  await expect(outline).toBeVisible();
  return outline.evaluate((element) => {
    const name = element.getAttribute('data-pointing') ?? '';
    const { left, top, width, height } = element.getBoundingClientRect();
    const cell = { 'matrix-column': '/9"', 'matrix-row': '"9/', 'matrix-diagonal': '"0/0"' }[name];
    const at = cell ? [left + 16, top + 14] : [left + width / 2, top + height / 2];
    if (name === 'matrix-column') at[0] = left + width / 2;
    const seen = document.elementFromPoint(at[0], at[1]);
    const target = seen?.closest(cell ? '[data-cell]' : `[data-callout~="${name}"]`);
    return target ? '' : `${name} is covered by ${seen?.outerHTML.slice(0, 120)}`;
  });
}

/** Does all that the card asks for, which may take two presses: what it needs, and what it is about. @param {Page} page @param {() => Promise<void>} press */
async function doIt(page, press) {
  await expect(async () => {
    // What can be done again is done.
    const open = action(page).filter({ hasNotText: 'Go one more layer back' });
    // It goes when all is done, which may be at this moment.
    const [words] = await open.allInnerTexts();
    if (words !== undefined && words !== 'Pause' && (await open.isEnabled({ timeout: 1_000 }))) await press();
    await expect(open).toHaveCount(0, { timeout: 3_000 });
  }).toPass({ timeout: 90_000 });
}

test('a first visit begins with a lesson, a canvas and the network; a later one goes on there', async ({ page }) => {
  await page.goto('');
  await expect(page.getByText('Watch a neural network learn to read handwritten digits.')).toBeVisible();
  await expect(title(page)).toHaveText('Draw a digit');
  await expect(canvas(page)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Learning' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Edit layers' })).toBeHidden();
  await draw(page, THREE);
  await expect(prediction(page)).toHaveText(/^\d, [<>]?\d+\s%$/);
  await button(page, 'Next').click();
  await expect(title(page)).toHaveText('The network guesses');
  await expect(lesson(page)).toContainText(/reads this digit as an? \d, with a probability of [<>\d.]+\s%/);
  await page.reload();
  await expect(title(page)).toHaveText('The network guesses');
});

test('the lab is one press away, is remembered, and leads back to the same card', async ({ page }) => {
  await page.goto('');
  await button(page, 'Next').click();
  await page.getByRole('button', { name: 'Skip to the lab' }).click();
  await expect(trainButton(page)).toBeEnabled();
  await expect(lesson(page)).toBeHidden();
  await page.reload();
  await expect(trainButton(page)).toBeEnabled();
  await expect(lesson(page)).toBeHidden();
  await page.getByRole('button', { name: 'Lessons' }).click();
  await expect(title(page)).toHaveText('The network guesses');
});

test('the lab after a lesson is as it was, with the experiment that was open and its list', async ({ page }) => {
  await page.goto('');
  await page.getByRole('button', { name: 'Skip to the lab' }).click();
  await expect(trainButton(page)).toBeEnabled();
  await page.keyboard.press('e');
  const list = page.getByRole('region', { name: 'Experiments' });
  await list.getByRole('button', { name: /What fools a network/ }).click();
  const experiment = page.getByRole('region', { name: 'Experiment', exact: true });
  await expect(experiment).toBeVisible();
  await page.getByRole('button', { name: 'Lessons' }).click();
  await expect(lesson(page)).toBeVisible();
  await expect(list).toBeHidden();
  await page.getByRole('button', { name: 'Skip to the lab' }).click();
  await expect(list).toBeVisible();
  await expect(experiment.getByRole('heading', { name: 'What fools a network?' })).toBeVisible();
  await page.keyboard.press('e');
  await expect(page.getByRole('region', { name: 'Learning' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Draw' })).toBeVisible();
});

test('a link opens any card, one without a lesson opens the lab, and an unknown lesson is refused', async ({
  page,
}) => {
  await page.goto(`#${NET}&lesson=trust.4`);
  await expect(title(page)).toHaveText('If it says 9, is it a 9?');
  await page.goto('about:blank');
  await page.goto('#lesson=reading.3');
  await expect(title(page)).toHaveText('The first 200 steps');
  await expect(button(page, 'Train 200 steps slowly')).toBeEnabled();
  await page.goto('about:blank');
  await page.goto(`#${NET}&lesson=reading.77`);
  await expect(title(page)).toHaveText('Your turn');
  await page.goto('about:blank');
  await page.goto(`#${NET}&lesson=cooking`);
  await expect(lesson(page).getByRole('alert')).toHaveText('There is no such lesson on this page.');
  await page.goto('about:blank');
  await page.goto(`#${NET}&seed=3`);
  await expect(trainButton(page)).toBeEnabled();
  await expect(lesson(page)).toBeHidden();
});

test('a link to a card that a lesson does not have opens its last one, and says so', async ({ page }) => {
  await page.goto('#lesson=reading.99');
  await expect(page.getByText(/has \d+ cards, and no card 99\. The last one is open\./)).toBeVisible();
  const [card, cards] = await place(page);
  expect(card).toBe(cards);
});

test('Share offers a link to a card, and a piece of a page that shows it', async ({ page }) => {
  await page.goto(`#${NET}&seed=3`);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await dialog.getByRole('combobox', { name: 'Open with a lesson' }).selectOption('reading.4');
  await expect(dialog.getByRole('textbox', { name: 'Link', exact: true })).toHaveValue(/&lesson=reading\.4$/);
  await dialog.getByText('Show it on your own web page').click();
  await expect(dialog.getByRole('textbox', { name: 'Snippet' })).toHaveValue(/^<iframe src="http.*&amp;embed=1"/);
});

test('a link to a card carries nothing of what is shown here', async ({ page }) => {
  await page.goto(`#${NET}&experiment=filters&direction=backward`);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  const link = dialog.getByRole('textbox', { name: 'Link', exact: true });
  await expect(link).toHaveValue(/experiment=filters/);
  await dialog.getByRole('combobox', { name: 'Open with a lesson' }).selectOption('reading.4');
  await expect(link).toHaveValue(/&lesson=reading\.4$/);
  await expect(link).not.toHaveValue(/experiment=|direction=|digit=/);
});

test('an embedded page has one row above it, and does not scroll the page around it', async ({ page, baseURL }) => {
  const src = `${baseURL}#${NET}&open=settings&embed=1&panels=draw,network,settings`;
  await page.route('**/around.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<div style="height:2400px">Far above</div><iframe src="${src}" width="600" height="500"></iframe>`,
    }),
  );
  await page.goto('around.html');
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('button', { name: 'Train', exact: true })).toBeEnabled();
  await expect(frame.getByRole('heading', { name: 'Settings' })).toBeVisible();
  expect(await page.evaluate(() => scrollY)).toBe(0);
  expect((await frame.locator('header').boundingBox())?.height).toBeLessThan(60);
  await expect(frame.getByText('teacher')).toHaveCount(0);
  await expect(frame.getByRole('link', { name: 'Open in Convscope' })).toHaveAttribute('href', /net=/);
});

for (const size of SIZES) {
  test.describe(`${size.width} × ${size.height}`, () => {
    test.use({ viewport: size, hasTouch: size.width < 500 });

    for (const id of LESSONS) {
      // It trains slowly on purpose, so that steps can be seen.
      test(`${id} is played to its end, and every call-out points at something visible`, async ({ page }) => {
        test.setTimeout(240_000);
        await page.goto(`#${NET}&lesson=${id}.1`);
        await expect(title(page)).toBeVisible();
        const [, cards = 0] = await place(page);
        for (let card = 1; card <= cards; card += 1) {
          await expect(lesson(page).locator('.place')).toHaveText(`${card} of ${cards}`);
          const needs = await action(page)
            .filter({ hasText: /^(Train \d+ steps|Start over)$/ })
            .count();
          if (needs > 0) await action(page).click();
          await expect(page.locator('[data-pointing]'), `card ${card}`).toBeVisible({ timeout: 60_000 });
          await expect.poll(() => pointsAtSomethingVisible(page), `card ${card}`).toBe('');
          await doIt(page, () => action(page).click());
          if (card < cards) await button(page, 'Next').click();
        }
        await button(page, 'Open the lab').click();
        await expect(trainButton(page)).toBeEnabled();
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
      });
    }

    test('the cards are accessible, in the dark too', async ({ page }) => {
      await page.goto(`#${NET}&lesson=reading.1`);
      await expect(title(page)).toBeVisible();
      for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
        await page.emulateMedia({ colorScheme });
        await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
        expect(await violations(page), colorScheme).toEqual([]);
      }
    });
  });
}

for (const id of LESSONS) {
  test(`${id} is played to its end with the keyboard alone, and with reduced motion`, async ({ page }) => {
    test.setTimeout(240_000);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(`#${NET}&lesson=${id}.1`);
    await expect(title(page)).toBeVisible();
    const [, cards = 0] = await place(page);
    for (let card = 1; card <= cards; card += 1) {
      await expect(lesson(page).locator('.place')).toHaveText(`${card} of ${cards}`);
      await doIt(page, async () => {
        await action(page).focus();
        await page.keyboard.press('Enter');
      });
      if (card === cards) break;
      await button(page, 'Next').focus();
      await page.keyboard.press('Enter');
      await expect(title(page)).toBeFocused();
    }
    await button(page, 'Open the lab').focus();
    await page.keyboard.press('Enter');
    await expect(trainButton(page)).toBeEnabled();
  });
}

test('Show me moves the focus to what the card points at, and Escape does not lose the lesson', async ({ page }) => {
  await page.goto(`#${NET}&lesson=reading.5`);
  await action(page).click();
  const showMe = lesson(page).getByRole('button', { name: 'Show me: Open it here' });
  await showMe.press('Enter');
  await expect(page.locator('[data-callout="open-max_pool2d"]').first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(title(page)).toHaveText('What ReLU and pooling keep');
  await showMe.press('Enter');
  await expect(page.locator('[data-callout="open-max_pool2d"]').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(lesson(page)).toContainText('Max pooling keeps the largest number');
});

test('what a card’s button presses leaves the focus in the card, near Next', async ({ page }) => {
  await page.goto(`#${NET}&lesson=reading.5`);
  await action(page).click();
  await expect(action(page)).toHaveText('Open pooling');
  await action(page).press('Enter');
  await expect(lesson(page)).toContainText('Max pooling keeps the largest number');
  await expect(title(page)).toBeFocused();
});

test('the focus is never lost: a button that changes keeps it, and its card has it afterwards', async ({ page }) => {
  await page.goto('#lesson=reading.3');
  await expect(action(page)).toBeEnabled();
  await action(page).press('Enter');
  await expect(action(page)).toHaveText('Pause');
  await expect(action(page)).toBeFocused();
  await expect(action(page)).toHaveCount(0, { timeout: 60_000 });
  await expect(title(page)).toBeFocused();
  const chooser = lesson(page).getByRole('combobox', { name: 'Lesson' });
  await chooser.focus();
  await chooser.selectOption('backprop');
  await expect(title(page)).toHaveText('How wrong is the answer?');
  await expect(chooser).toBeFocused();
  await page.getByRole('button', { name: 'Skip to the lab' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Convscope' })).toBeFocused();
  await page.getByRole('button', { name: 'Lessons' }).press('Enter');
  await expect(lesson(page)).toBeFocused();
  await chooser.selectOption('trust');
  for (let card = 1; card < 9; card += 1) await button(page, 'Next').click();
  await button(page, 'Open the lab').press('Enter');
  await expect(page.getByRole('heading', { name: 'Convscope' })).toBeFocused();
});

test('a drawing comes back when a lesson with images of its own is left', async ({ page }) => {
  await page.goto('');
  await draw(page, THREE);
  await expect(prediction(page)).toHaveText(/^\d, /);
  await lesson(page).getByRole('combobox', { name: 'Lesson' }).selectOption('backprop');
  await expect(page.locator('.pad')).toHaveClass(/dimmed/);
  await page.getByRole('button', { name: 'Skip to the lab' }).click();
  await expect(page.locator('.pad')).not.toHaveClass(/dimmed/);
});

test('what is closed on a card stays closed when the network starts over', async ({ page }) => {
  await page.goto('#lesson=reading.4');
  await action(page).click();
  const opened = page.locator('[data-callout~="glass"]');
  await expect(opened.first()).toBeVisible();
  await page.getByRole('region', { name: 'Network' }).getByRole('button', { name: 'Back' }).click();
  await expect(opened).toHaveCount(0);
  await page.keyboard.press('n');
  await expect.poll(() => new URL(page.url()).hash).toContain('seed=');
  await expect(opened).toHaveCount(0);
});

test('in a lesson, only keys that do something there are listed', async ({ page }) => {
  await page.goto('');
  await expect(title(page)).toBeVisible();
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await expect(keys).toContainText('Train or pause');
  await expect(keys).not.toContainText('Open or close');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Skip to the lab' }).click();
  await page.keyboard.press('?');
  await expect(keys).toContainText('Open or close the experiments');
});

test('the trained network comes back after the card that breaks one, and its mistake is one of its own', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.goto('#lesson=reading.8');
  await expect(action(page)).toHaveText('Train 200 steps');
  await action(page).click();
  await expect(action(page)).toHaveText('Find the pixels', { timeout: 60_000 });
  await expect(lesson(page)).toContainText(/This is an? (\d), read as an? (?!\1)\d/);
  await action(page).click();
  await page.getByRole('button', { name: 'Try it' }).click();
  await button(page, 'Next').click();
  // What was tried went with its card.
  await expect(page.getByRole('region', { name: 'Draw' })).toContainText('correct answer: 7');
  await action(page).click();
  await expect(action(page)).toHaveCount(0, { timeout: 60_000 });
  await button(page, 'Back').click();
  await expect(page.locator('header')).toContainText(/step\s*200/);
  await expect(lesson(page)).toContainText(/This is an? (\d), read as an? (?!\1)\d/);
  expect(new URL(page.url()).hash).not.toContain('0.5');
});

test('the browser’s Back returns to the card before, and from the lab to the lesson', async ({ page }) => {
  await page.goto('');
  await button(page, 'Next').click();
  await expect(title(page)).toHaveText('The network guesses');
  await page.goBack();
  await expect(title(page)).toHaveText('Draw a digit');
  await page.goForward();
  await expect(title(page)).toHaveText('The network guesses');
  await page.getByRole('button', { name: 'Skip to the lab' }).click();
  await page.getByRole('button', { name: 'Experiments' }).click();
  await page.getByRole('region', { name: 'Experiments' }).getByRole('listitem').first().getByRole('button').click();
  await expect(page.getByRole('region', { name: 'Experiment', exact: true })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('region', { name: 'Experiment', exact: true })).toBeHidden();
  await page.goBack();
  await expect(page.getByRole('region', { name: 'Experiments' })).toBeHidden();
  await page.goBack();
  await expect(title(page)).toHaveText('The network guesses');
});

test('a card can be shared from within its lesson, without what the lesson shows', async ({ page }) => {
  await page.goto('#lesson=reading.7');
  await expect(title(page)).toHaveText('The error goes back');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const link = page.getByRole('dialog', { name: 'Share' }).getByRole('textbox', { name: 'Link', exact: true });
  await expect(link).toHaveValue(/&lesson=reading\.7$/);
  await expect(link).not.toHaveValue(/direction=/);
});

test('a card that trains says that the next one needs the steps', async ({ page }) => {
  await page.goto('#lesson=reading.3');
  await expect(lesson(page)).toContainText('The next card needs these steps');
  await button(page, 'Next').click();
  await expect(lesson(page)).toContainText('This card needs a network that has learned something.');
});

test('the words of a call-out hide no words', async ({ page }) => {
  test.setTimeout(120_000);
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const card of ['reading.3', 'backprop.4']) {
      await page.goto('about:blank');
      await page.goto(`#lesson=${card}`);
      await expect(title(page)).toBeVisible();
      await expect(async () => {
        if (/^Train/.test((await action(page).allInnerTexts())[0] ?? '') && card !== 'reading.3')
          await action(page).click();
        await expect(lesson(page).getByRole('button', { name: /^Show me/ })).toBeVisible({ timeout: 2_000 });
      }).toPass();
      await lesson(page)
        .getByRole('button', { name: /^Show me/ })
        .click();
      await expect.poll(() => hiddenWords(page), { message: `${card} at ${size.width}` }).toEqual([]);
    }
  }
});

/**
 * The texts through whose middle the words of the call-out go; words that are left out hide none.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
const hiddenWords = (page) =>
  page.locator('[data-pointing] span').evaluate((words) => {
    if (getComputedStyle(words).visibility === 'hidden') return [];
    const over = words.getBoundingClientRect();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const hidden = [];
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      if (words.contains(text) || !text.textContent?.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const isHidden = [...range.getClientRects()].some(({ left, right, top, bottom }) => {
        const middle = (top + bottom) / 2;
        if (right < over.left || left > over.right || middle < over.top || middle > over.bottom) return false;
        const [from, to] = [Math.max(left, over.left), Math.min(right, over.right)];
        return text.parentElement?.contains(document.elementFromPoint((from + to) / 2, middle));
      });
      if (isHidden) hidden.push(text.textContent);
    }
    return hidden;
  });
