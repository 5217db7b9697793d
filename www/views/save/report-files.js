/** The lab report as a file, and as a page of its own. */

import { fileName } from '../../exports/file-name.js';
import { reportPage } from '../../exports/report.js';
import { checkReport, reportOf } from './report-data.js';

/** @typedef {import('./files.js').Item} Item */
/** @typedef {import('./report-data.js').Source} Source */

const WAITING = 'Writing the lab report …';

/** @param {Source} source @returns {Item[]} */
export function reportFiles(source) {
  return [
    { name: 'Open the lab report, to print', form: '', make: () => openReport(source) },
    { name: 'Save the lab report', form: 'HTML', make: () => reportFile(source) },
  ];
}

/** @param {Source} source */
async function reportFile(source) {
  const report = await reportOf(source);
  const steps = report.runs.map(({ step }) => step);
  const of = steps.length > 0 ? ['step', ...steps] : report.questions.map(({ title }) => title);
  return new File([reportPage(report)], fileName(['report', ...of], 'html'), { type: 'text/html' });
}

/**
 * The tab is opened at once, because browsers refuse one that comes later. Where they refuse any, the report is saved.
 * @param {Source} source
 */
async function openReport(source) {
  checkReport(source);
  const tab = window.open('', '_blank');
  if (!tab) return reportFile(source);
  tab.document.title = tab.document.body.textContent = WAITING;
  try {
    const file = await reportFile(source);
    // It is read again when that tab is reloaded, so it is kept as long as this page.
    tab.location.replace(URL.createObjectURL(file));
    return null;
  } catch (error) {
    tab.close();
    throw error;
  }
}
