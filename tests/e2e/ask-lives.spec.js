import { expect, test } from '@playwright/test';
import { open, settingsPanel, trainButton } from './page.js';

/** @typedef {import('./page.js').Page} Page */

/** @param {Page} page */
const panel = (page) => page.getByRole('tabpanel', { name: 'Lives' });

/** @param {Page} page @param {string} name */
const list = (page, name) => page.getByRole('radio', { name });

/**
 * Four epochs of few training images, a fifth of them with labels drawn at random.
 * @param {Page} page
 */
async function openWithWrongLabels(page) {
  await open(page);
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const settings = settingsPanel(page);
  const wanted = { 'Training images': '2000', 'Wrong labels': '0.2', Epochs: '4' };
  for (const [name, value] of Object.entries(wanted)) {
    const field = settings.getByRole('spinbutton', { name, exact: true });
    await field.fill(value);
    await field.press('Enter');
  }
  await settings.getByRole('button', { name: 'Restart with these' }).click();
  await expect(trainButton(page)).toBeEnabled();
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('tab', { name: 'Ask', exact: true }).click();
  await page.getByRole('tab', { name: 'Lives', exact: true }).click();
}

test('the lives of training images: from nothing, through lists, to how many wrong labels are found', async ({
  page,
}) => {
  await openWithWrongLabels(page);
  await expect(panel(page)).toContainText('Train the network: the first lives are whole at the end of an epoch.');
  await trainButton(page).click();
  await expect(panel(page)).toContainText('all 2,000 training digits have passed, in 4 whole epochs');

  await list(page, 'Likely mislabelled').check();
  await expect(panel(page)).toContainText(/precision \d+\.\d\s%, recall \d+\.\d\s%/);
  const first = panel(page)
    .getByRole('button', { name: /^Training digit \d+, labelled/ })
    .first();
  await expect(first).toContainText('→');
  await first.click();
  await expect(first).toHaveAttribute('aria-pressed', 'true');
  await expect(panel(page).getByRole('heading', { name: /^Training digit [\d,]+$/ })).toBeVisible();
  await expect(panel(page).getByRole('list', { name: 'Its passes' }).getByRole('listitem')).toHaveCount(4);
  await expect(panel(page).getByRole('slider', { name: 'Loss at epoch' })).toBeVisible();

  await list(page, 'Most forgotten').check();
  await expect(panel(page)).toContainText(/Forgotten \w+: [\d,]+ of [\d,]+|Each was forgotten/);
  await panel(page).getByRole('combobox', { name: 'Label' }).selectOption('3');
  for (const button of await panel(page)
    .getByRole('button', { name: /^Training digit/ })
    .all()) {
    await expect(button).toHaveAccessibleName(/labelled 3/);
  }
});
