/** The figures of a report: of one run on each split, or of several on the same one. */

import { fraction, integer, number, percent } from '../lib/format.js';
import { mostConfused } from '../model/confusion.js';
import { LIGHT } from './light.js';
import { markup } from './markup.js';

/** @typedef {import('../model/reports.js').Evaluation} Evaluation */
/** @typedef {import('./report.js').Report} Report */
/** @typedef {import('./report.js').ReportRun} ReportRun */
/** @typedef {{ head: string, evaluation: Evaluation, run: ReportRun }} Column */

/** What is shown of an evaluation, row by row. @type {readonly [string, (evaluation: Evaluation) => string][]} */
const ROWS = [
  ['step', ({ step }) => integer(step)],
  ['images', ({ images }) => integer(images)],
  ['loss (cross-entropy)', ({ loss }) => number(loss)],
  ['accuracy', ({ accuracy }) => percent(accuracy, 2)],
  ['precision, class average', ({ macro }) => fraction(macro.precision)],
  ['recall, class average', ({ macro }) => fraction(macro.recall)],
  ['F1, class average', ({ macro }) => fraction(macro.f1)],
];

/** What all runs have been evaluated on; the test images if there is a choice. @param {readonly ReportRun[]} runs */
const splitOf = (runs) =>
  runs.every(({ evaluations }) => evaluations.some(({ split }) => split === 'test')) ? 'test' : 'validation';

/** From this strength of blue on, white is the more readable colour of text; it never is on orange. */
const TURNING_POINT = 0.755;

/** Files of runs can say anything; a data set has no more. */
const MOST_CLASSES = 100;
/** A page has room for a matrix of no more. */
const MOST_IN_MATRIX = 30;
/** From so many on, the names above the columns are written downwards. */
const MANY = 13;
/** Of a matrix for which there is no room, the largest cells. */
const MOST_CELLS = 20;

/** One evaluation a run, of the same split. @param {readonly ReportRun[]} runs @returns {Column[]} */
function comparable(runs) {
  const split = splitOf(runs);
  return runs.flatMap((run) => {
    const evaluation = run.evaluations.findLast((one) => one.split === split);
    return evaluation ? [{ head: run.name, evaluation, run }] : [];
  });
}

/** @param {Column} column */
const fits = ({ evaluation }) => Math.max(evaluation.classes, evaluation.perClass.length) <= MOST_CLASSES;

/** @param {Report} report */
export function resultTable({ runs }) {
  const [first] = runs;
  const several = runs.length > 1;
  const columns = several
    ? comparable(runs)
    : (first?.evaluations ?? []).map((evaluation) => ({ head: evaluation.split, evaluation }));
  if (columns.length === 0) {
    return markup`<section><h2>Results</h2><p>The network has not been evaluated yet.</p></section>
`;
  }
  return markup`<section><h2>Results ${several && markup`<span class="soft">${splitOf(runs)} images</span>`}</h2>
<table${!several && markup` class="splits"`}><thead><tr><td></td>${columns.map(({ head }) => markup`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${ROWS.map(
    ([name, value]) =>
      markup`<tr><th scope="row">${name}</th>${columns.map(({ evaluation }) => markup`<td>${value(evaluation)}</td>`)}</tr>
`,
  )}</tbody></table></section>
`;
}

/** All figures of one run, or the F1 of several. @param {Report} report */
export function classTable({ runs }) {
  // Runs of another data set have other classes.
  const columns = comparable(runs)
    .filter(fits)
    .filter(({ run }) => run.set === runs[0]?.set);
  const [first] = columns;
  if (!first) return null;
  const { classes } = first.run;
  const heads = columns.length > 1 ? columns.map(({ head }) => head) : ['precision', 'recall', 'F1', 'images'];
  /** @param {number} label */
  const cells = (label) => {
    if (columns.length > 1) return columns.map(({ evaluation }) => fraction(evaluation.perClass[label]?.f1));
    const { precision, recall, f1, support = 0 } = first.evaluation.perClass[label] ?? {};
    return [fraction(precision), fraction(recall), fraction(f1), integer(support)];
  };
  const rows = first.evaluation.perClass.map(
    (_, label) =>
      markup`<tr><th scope="row">${classes.names[label] ?? label}</th>${cells(label).map((cell) => markup`<td>${cell}</td>`)}</tr>
`,
  );
  return markup`<section><h2>${columns.length > 1 ? 'F1' : 'Results'} by ${classes.kind} <span class="soft">${splitOf(runs)} images</span></h2>
<table><thead><tr><th scope="col">${classes.kind}</th>${heads.map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></section>
`;
}

/** @param {Report} report */
export function confusionMatrices({ runs }) {
  const columns = comparable(runs).filter(fits);
  if (columns.length === 0) return null;
  return markup`<section><h2>Confusion matrix <span class="soft">${splitOf(runs)} images; actual class down, predicted across</span></h2>
<div class="runs">${columns.map(
    ({ head, evaluation, run }) =>
      markup`<div>${runs.length > 1 && markup`<h3>${head}</h3>`}${
        evaluation.classes > MOST_IN_MATRIX
          ? mistakes(evaluation, run.classes.names)
          : matrix(evaluation, run.classes.short)
      }</div>`,
  )}</div></section>
`;
}

/** @param {Evaluation} evaluation @param {readonly string[]} names */
function mistakes(evaluation, names) {
  const rows = mostConfused(evaluation, MOST_CELLS).map(
    ({ label, predicted, count }) =>
      markup`<tr><th scope="row">${names[label] ?? label}</th><td>${names[predicted] ?? predicted}</td><td>${integer(count)}</td></tr>
`,
  );
  return markup`<table class="words"><thead><tr><th scope="col">actual</th><th scope="col">predicted</th><th scope="col">images, of the most frequent mistakes</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}

/** @param {Evaluation} evaluation @param {readonly string[]} names */
function matrix({ classes, confusion, perClass }, names) {
  const all = Array.from({ length: classes }, (_, label) => names[label] ?? String(label));
  return markup`<table class="matrix${classes >= MANY && ' many'}"><thead><tr><td></td>${all.map((name) => markup`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${all.map(
    (name, label) => markup`<tr><th scope="row">${name}</th>${all.map((_, predicted) =>
      cell(confusion[label * classes + predicted] ?? 0, perClass[label]?.support ?? 0, label === predicted),
    )}</tr>
`,
  )}</tbody></table>`;
}

/**
 * The root makes the few mistakes of a good network visible beside its many right answers.
 * @param {number} images @param {number} support @param {boolean} right
 */
function cell(images, support, right) {
  const share = images / Math.max(1, support);
  const strength = right ? 0.95 * share * share : Math.min(1, Math.sqrt(4 * share));
  const ink = right && strength > TURNING_POINT ? '#ffffff' : '#000000';
  const background = mixed(LIGHT.sunken, right ? LIGHT.right : LIGHT.wrong, strength);
  return markup`<td style="background:${background};color:${ink}">${images === 0 ? '·' : images}</td>`;
}

/** @param {string} from as #rrggbb @param {string} to @param {number} share of `to` */
function mixed(from, to, share) {
  const channels = [1, 3, 5].map((at) => {
    const [a = 0, b = 0] = [from, to].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16));
    return Math.round(a + (b - a) * share);
  });
  return `rgb(${channels.join(' ')})`;
}
