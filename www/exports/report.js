/**
 * The lab report: one page of HTML without scripts that needs nothing else, to be read, printed or kept. One run, or
 * several side by side.
 */

import { LIGHT, SIZES } from './light.js';
import { markup } from './markup.js';
import { classTable, confusionMatrices, resultTable } from './report-results.js';
import { networks, plannedSettings, settingTable } from './report-settings.js';
import { probability } from '../lib/format.js';

/** @typedef {import('../model/reports.js').Evaluation} Evaluation */
/** @typedef {import('./markup.js').Markup} Markup */
/** A picture as a data URL, in so many CSS pixels. @typedef {{ src: string, width: number, words: string }} Picture */
/** An image of the `split` that was misclassified. @typedef {{ picture: Picture, actual: string, predicted: string, confidence: number }} Mistake */
/** @typedef {{ name: string, settings: string, shape: string, parameters: number }} LayerRow */

/**
 * `name` has its number. `classes` are those of its data `set`. `evaluations` are the latest of each split.
 * @typedef {{
 *   name: string, set: string, classes: { names: readonly string[], short: readonly string[], kind: string }, step: number, seconds: number, layers: readonly LayerRow[], parameters: number,
 *   settings: readonly { label: string, value: string }[], changes: readonly string[],
 *   evaluations: readonly Evaluation[], mistakes: readonly Mistake[], filters: Picture | null, link: string,
 * }} ReportRun
 *
 * What was asked before: `guess` and `answer` are empty where there are none, `findings` are claims and whether they hold, `figures` all that was measured,
 * `curves` those of its runs. `isRight` is null before the answer; `settings` are those of its runs, `link` opens it.
 * @typedef {{
 *   title: string, question: string, guess: string, isRight: boolean | null, answer: string, shows: readonly string[],
 *   findings: readonly { says: string, found: string, holds: boolean }[],
 *   figures: readonly { name: string, values: readonly { run: string, value: string }[] }[], curves: Markup | null,
 *   settings: readonly { run: string, settings: readonly { label: string, value: string }[] }[], link: string,
 * }} Question
 *
 * `receipt` is of the run with the name `of`, with the reason where there is none.
 * `ownImages` are the sets of the visitor's own, which no link contains.
 * `omitted`: how many runs more were chosen than it has room for.
 * @typedef {{
 *   date: string, omitted: number, version: string, questions: readonly Question[], runs: readonly ReportRun[], curves: Markup | null,
 *   receipt: { of: string, text: string, link: string, reason: string }, ownImages: readonly string[],
 * }} Report
 */

/** @param {Report} report @returns {string} */
export function reportPage(report) {
  const { runs, questions } = report;
  const title = (runs.length > 0 ? runs.map(({ name }) => name) : questions.map((asked) => asked.title)).join(' · ');
  return String(markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>Lab report: ${title}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>Lab report</h1>
<p class="of">${title}</p>
<p class="soft">${report.date} · Convscope ${report.version}</p>
<p class="pupil">Name:</p>
</header>
<main>
${report.omitted > 0 && markup`<p>A report has room for ${runs.length} runs: ${report.omitted} more were chosen and left out.</p>`}
${questions.map((question) => questionSection(question, title))}
${runs.length > 0 && runSections(report)}
<section class="conclusion"><h2>My conclusion</h2></section>
</main>
</body>
</html>
`);
}

/** @param {Report} report */
function runSections(report) {
  const isOne = report.runs.length === 1;
  return markup`${beside(isOne, [networks(report.runs), settingTable(report.runs)])}
<section class="curves"><h2>Learning curves</h2>${report.curves}</section>
${beside(report.runs.length < 3, [resultTable(report), classTable(report)])}
${beside(isOne, [confusionMatrices(report), mistakeSection(report.runs)])}
${filterSection(report.runs)}
${receiptSection(report)}`;
}

/** @param {boolean} fit @param {readonly (Markup | null)[]} sections side by side where there are two that fit */
const beside = (fit, sections) =>
  fit && !sections.includes(null) ? markup`<div class="two">${sections}</div>` : sections;

/** @param {Question} asked @param {string} heading of the report, which is not repeated */
const questionSection = (
  { title, question, guess, isRight, answer, findings, shows, figures, curves, settings, link },
  heading,
) => markup`<section class="question">
<h2>${title === heading ? 'Question' : title}</h2>
<p>${question}</p>
${guess && markup`<p><b>Guess:</b> ${guess}${isRight !== null && (isRight ? ' (right)' : ' (not right)')}</p>`}
${answer && markup`<p><b>Answer:</b> ${answer}</p>`}
${
  findings.length > 0 &&
  markup`<ul>${findings.map(
    ({ says, found, holds }) =>
      markup`<li><span class="${holds ? 'holds' : 'fails'}">${holds ? '✓' : '✗'}</span> ${says} <span class="soft">${found}</span></li>`,
  )}</ul>`
}
${shows.map((sentence) => markup`<p>${sentence}</p>`)}
${curves && markup`<div class="curves">${curves}</div>`}
${figureTable(figures)}
${plannedSettings(settings)}
${link && markup`<p class="link"><b>Run it yourself:</b> ${anchor(link)}</p>`}
</section>
`;

/** A row for each run of the experiment, a column for each measure. @param {Question['figures']} figures */
function figureTable(figures) {
  const [first] = figures;
  if (!first) return null;
  return markup`<table class="figures"><thead><tr><th scope="col">run</th>${figures.map(({ name }) => markup`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${first.values.map(
    (
      { run },
      row,
    ) => markup`<tr><th scope="row">${run}</th>${figures.map(({ values }) => markup`<td>${values[row]?.value}</td>`)}</tr>
`,
  )}</tbody></table>`;
}

/** @param {readonly ReportRun[]} runs */
function mistakeSection(runs) {
  if (runs.every(({ mistakes }) => mistakes.length === 0)) return null;
  return markup`<section><h2>Misclassified, the most confident first <span class="soft">actual → predicted, confidence</span></h2>
<div class="runs">${runs.map(
    ({ name, mistakes }) =>
      markup`<div>${named(runs, name)}<ul class="mistakes">${mistakes.map(
        ({ picture, actual, predicted, confidence }) =>
          markup`<li>${image(picture)}<span>${actual} → <b>${predicted}</b></span><span class="soft">${probability(confidence, 0)}</span></li>`,
      )}</ul></div>`,
  )}</div></section>
`;
}

/** @param {readonly ReportRun[]} runs */
function filterSection(runs) {
  if (runs.every(({ filters }) => !filters)) return null;
  return markup`<section><h2>Filters of the first convolution, before and after</h2>
<div class="runs">${runs.map(({ name, filters }) => markup`<div>${named(runs, name)}${filters && image(filters)}</div>`)}</div></section>
`;
}

/** @param {Report} report */
const receiptSection = ({ receipt, runs, ownImages }) => markup`<section><h2>Repeat it</h2>
${ownImages.length > 0 && markup`<p>A link or receipt names images of one’s own by their fingerprint, and does not contain them. To repeat it you need the file of ${ownImages.join(' and ')}.</p>`}
${
  receipt.text
    ? markup`<p>Anyone${ownImages.length > 0 && ' who has the images'} can repeat ${runs.length > 1 ? receipt.of : 'this run'} and check that the weights are the same, bit for bit. Its receipt, and as a link:</p>
<pre>${receipt.text}</pre>
<p class="link">${anchor(receipt.link)}</p>`
    : markup`<p>${receipt.reason}</p>`
}
${runs
  .filter(({ link }) => link !== '' && (runs.length > 1 || receipt.text === ''))
  .map(({ name, link }) => markup`<p class="link"><b>${name}:</b> ${anchor(link)}</p>`)}
</section>
`;

/** Only addresses of pages: any other kind could do something. @param {string} link */
const anchor = (link) => (/^https?:\/\//.test(link) ? markup`<a href="${link}">${link}</a>` : link);

/** @param {Picture} picture */
const image = ({ src, width, words }) => markup`<img src="${src}" width="${width}" alt="${words}">`;

/** Only where there are others. @param {readonly ReportRun[]} runs @param {string} name */
const named = (runs, name) => runs.length > 1 && markup`<h3>${name}</h3>`;

const STYLE = markup`
@page { margin: 13mm; }
* { box-sizing: border-box; }
html { background: ${LIGHT.page}; color: ${LIGHT.text}; color-scheme: light; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { max-width: 190mm; margin: 0 auto; padding: 16px; font: ${SIZES.text}px/1.4 system-ui, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
@media print { body { max-width: none; padding: 0; font-size: ${SIZES.small}px; } }
h1, h2, h3, p, ul, pre { margin: 0; }
h1 { font-size: ${SIZES.figure}px; }
h2 { margin-bottom: 4px; font-size: ${SIZES.text}px; }
h2 .soft { font-weight: 400; font-size: ${SIZES.small}px; }
h3 { font-size: ${SIZES.text}px; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 12px; border-bottom: 2px solid ${LIGHT.accent}; }
header .of { flex: 1 1 12em; font-weight: 600; overflow-wrap: anywhere; }
.pupil { flex-basis: 100%; margin: 6px 0; padding-bottom: 2px; border-bottom: 1px solid ${LIGHT.line}; }
.conclusion { min-height: 34mm; border: 1px solid ${LIGHT.line}; padding: 6px 8px; }
section { margin-top: 12px; break-inside: avoid; }
.question { padding: 8px 10px; border-radius: 4px; background: ${LIGHT.sunken}; }
.question p + p { margin-top: 3px; }
.figures { margin-top: 6px; }
.soft { color: ${LIGHT.soft}; }
.holds { color: ${LIGHT.accent}; font-weight: 700; }
.fails { color: ${LIGHT.warning}; font-weight: 700; }
ul { padding: 0; list-style: none; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 1px 0 1px 8px; border-bottom: 1px solid ${LIGHT.line}; font-weight: 400; text-align: right; vertical-align: top; }
th:first-child { padding-left: 0; text-align: left; }
thead th { color: ${LIGHT.soft}; font-size: ${SIZES.small}px; }
th { min-width: 6.5em; overflow-wrap: anywhere; }
.words td { min-width: 5em; overflow-wrap: anywhere; }
.pairs span + span { overflow-wrap: anywhere; }
:is(thead th:first-child, .splits th) { overflow-wrap: normal; }
tfoot * { font-weight: 600; }
tr.differs > * { font-weight: 700; }
.runs { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(78mm, 100%), 1fr)); gap: 10px 16px; }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(80mm, 100%), 1fr)); gap: 0 20px; break-inside: avoid; }
.pairs { columns: 260px; column-gap: 16px; }
.pairs div { display: flex; justify-content: space-between; gap: 8px; border-bottom: 1px solid ${LIGHT.line}; break-inside: avoid; }
.curves svg { display: block; width: 100%; height: auto; }
.matrix { table-layout: fixed; border-collapse: separate; border-spacing: 1px; font-size: ${SIZES.small}px; }
.many thead th { writing-mode: vertical-rl; }
.matrix :is(th, td) { min-width: 0; padding: 2px 0; border: 0; text-align: center; overflow-wrap: normal; }
.mistakes { display: grid; grid-template-columns: repeat(auto-fill, minmax(58px, 1fr)); gap: 6px 4px; }
.mistakes span { max-width: 100%; overflow-wrap: anywhere; }
.mistakes li { display: grid; grid-template-columns: minmax(0, 1fr); justify-items: center; align-content: start; font-size: ${SIZES.small}px; line-height: 1.25; text-align: center; }
img { display: block; max-width: 100%; height: auto; }
.mistakes img { border: 1px solid ${LIGHT.line}; }
pre { padding: 6px 8px; background: ${LIGHT.sunken}; font: ${SIZES.small}px/1.35 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
.link { margin-top: 4px; font-size: ${SIZES.small}px; overflow-wrap: anywhere; }
a { color: ${LIGHT.accent}; }
`;
