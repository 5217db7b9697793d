/** What a lab report says, gathered from the stores and the engine. */

import { ImageStack } from '../../charts/image-stack.js';
import { ink } from '../../charts/palette.js';
import { integer, shape } from '../../lib/format.js';
import { engineOf } from '../../link/outcome.js';
import { writeLink } from '../../link/link.js';
import { isHosted, setOf, shortHash } from '../../model/data-sets.js';
import { kindOf, layerNames } from '../../model/layer-kinds.js';
import { settingsOf } from '../../model/settings.js';
import { columnsOf } from '../network/columns.js';
import { svgOfRuns } from './curves.js';
import { mostConfidentMistakes } from './mistakes.js';
import { questionsOf } from './questions.js';
import { sheetCanvas } from './picture-file.js';
import { beforeAfterSheet, largestWeight } from './sheets.js';

/** @typedef {import('../../exports/report.js').Report} Report */
/** @typedef {import('../../exports/report.js').ReportRun} ReportRun */
/** @typedef {import('../../model/reports.js').Evaluation} Evaluation */
/** @typedef {import('../../runs/run.js').Run} Run */
/** @typedef {import('../../state/address.svelte.js').Address} Address */
/** @typedef {import('../../state/lab.svelte.js').Lab} Lab */
/** With `ids`, of these runs, which may be none where an experiment is open, else of the current one. @typedef {{ lab: Lab, address: Address, view: import('../../state/view.svelte.js').View, ids?: readonly string[] }} Source */

const MOST_RUNS = 6;
const MOST_CHANGES = 12;
/** So that a report of one run has two pages. */
const PLOT_HEIGHT = 130;
const FROM_FILE = { label: 'First weights', value: 'of a file' };
const MISTAKES = { one: 15, several: 8 };
/** The width of the picture of an image, in CSS pixels. */
const SHOWN = 42;
/** The longer side of its file is at least so many pixels. */
const DRAWN = 84;

/** @param {Source} source @throws an error where there is nothing to report */
export function checkReport({ lab, address, view, ids }) {
  if (runsOf(lab, ids).length > 0 || (ids && questionsOf(lab, view, baseOf(address)).length > 0)) return;
  throw new Error('There is nothing to report yet. Train the network first.');
}

/** @param {Source} source @returns {Promise<Report>} */
export async function reportOf(source) {
  checkReport(source);
  const { lab, address, view, ids } = source;
  const chosen = runsOf(lab, ids);
  const runs = chosen.slice(0, MOST_RUNS);
  const [first, ...others] = runs;
  const questions = questionsOf(lab, view, baseOf(address));
  const films = await Promise.all(runs.map((run) => filmOf(lab, run)));
  // The same weights must look the same in all runs.
  const largest = Math.max(...films.map((film) => (film ? largestWeight(film.frames) : 0)));
  const nameOf = (/** @type {Run} */ run) => lab.runs.nameOf(run);
  return {
    date: new Date().toISOString().slice(0, 10),
    version: engineOf(lab.version ?? ''),
    questions,
    omitted: chosen.length - runs.length,
    runs: await Promise.all(
      runs.map(async (run, index) => ({
        ...(await reportRun(lab, run, { base: baseOf(address), several: runs.length > 1 })),
        filters: filtersOf(films[index] ?? null, largest),
      })),
    ),
    curves: first ? svgOfRuns(first, others, nameOf, PLOT_HEIGHT) : null,
    receipt: await receiptOf(lab, address, runs),
    ownImages: ownImagesOf(runs),
  };
}

/** Those that have made a step or were brought in, the current one first, whose curves are the broadest. @param {Lab} lab @param {Source['ids']} ids */
function runsOf({ runs }, ids) {
  const wanted = ids
    ? [...new Set(ids)].flatMap((id) => runs.find(id) ?? [])
    : [runs.current].flatMap((run) => run ?? []);
  const made = wanted.filter((run) => run.data.lastStep > 0 || run.isBroughtIn);
  return made.toSorted((a, b) => Number(b === runs.current) - Number(a === runs.current));
}

/**
 * @param {Lab} lab
 * @param {Run} run
 * @param {{ base: string, several: boolean }} how
 * @returns {Promise<Omit<ReportRun, 'filters'>>}
 */
async function reportRun(lab, run, { base, several }) {
  const { data } = run;
  const isCurrent = run === lab.runs.current;
  const spec = (isCurrent && lab.runs.madeWith) || data.lastSpec;
  const { training, validation, test } = isCurrent ? lab.evaluations : run.evaluationsAt(Infinity);
  const evaluations = [training, validation, test].filter((one) => one !== null);
  const classes = setOf(spec.data.set);
  return {
    name: `Run ${data.number}: ${lab.runs.nameOf(run)}`,
    ...{ set: spec.data.set, classes: { names: classes.long, short: classes.short, kind: classes.kind } },
    step: (isCurrent ? lab.runs.at : null) ?? data.lastStep,
    seconds: isCurrent ? (lab.progress?.elapsed ?? data.elapsed) : data.elapsed,
    ...{ layers: layersOf(run), parameters: data.summary.parameters },
    settings: [{ label: 'Data', value: classes.name }, ...settingsOf(spec), ...(data.fromFile ? [FROM_FILE] : [])],
    changes: changesOf(run),
    evaluations,
    mistakes: await mistakesOf(lab, run, test ?? validation, several ? MISTAKES.several : MISTAKES.one),
    link: linkOf(base, data.spec),
  };
}

/** @param {Run} run */
function layersOf({ data: { spec, summary } }) {
  const names = layerNames(spec.layers);
  return spec.layers.map((layer, index) => ({
    name: String(names[index]),
    settings: kindOf(layer).settings?.(layer) ?? '',
    shape: shape(summary.layers[index]?.shape ?? []),
    parameters: summary.layers[index]?.parameters ?? 0,
  }));
}

/** @param {Run} run */
function changesOf({ curves: { marks } }) {
  const left = marks.length - MOST_CHANGES;
  const listed = marks.slice(0, MOST_CHANGES).map(({ step, label }) => `after step ${integer(step)}: ${label}`);
  return left > 0 ? [...listed, `and ${left} more`] : listed;
}

/**
 * The images of one data set only are loaded.
 * @param {Lab} lab
 * @param {Run} run
 * @param {Evaluation | null} evaluation
 * @param {number} most
 */
async function mistakesOf(lab, run, evaluation, most) {
  const { set } = run.data.spec.data;
  if (!evaluation || evaluation.split === 'training' || set !== lab.spec.data.set) return [];
  const { split } = evaluation;
  const { answer: labels } = await lab.ask('labels', { split });
  const mistakes = labels ? mostConfidentMistakes(evaluation, labels, most) : [];
  const { answer: images } = await lab.ask('images', { split, indices: mistakes.map(({ index }) => index) });
  const { long: names, form } = setOf(set);
  return mistakes.flatMap(({ index, label, predicted, confidence }) => {
    const image = images?.find((one) => one.index === index);
    if (!image) return [];
    const [actual = '', wrong = ''] = [names[label], names[predicted]];
    const picture = { src: pictureOf(image.pixels, form), width: SHOWN, words: `${split} image ${index}` };
    return [{ picture, actual, predicted: wrong, confidence }];
  });
}

/** @param {Uint8Array} pixels @param {import('../../model/data-sets.js').ImageForm} form */
function pictureOf(pixels, { rows, columns }) {
  const canvas = document.createElement('canvas');
  const cell = Math.ceil(DRAWN / Math.max(rows, columns));
  [canvas.width, canvas.height] = [cell * columns, cell * rows];
  const stack = new ImageStack();
  stack.resize(1, rows, columns);
  stack.paintPixels(pixels, ink.light);
  const context = canvas.getContext('2d');
  if (context) stack.draw(context, 0, { x: 0, y: 0, width: canvas.width, height: canvas.height });
  return canvas.toDataURL('image/png');
}

/** @typedef {{ column: import('../network/columns.js').Column, frames: import('./sheets.js').Frame[] }} Film */

/** @param {Lab} lab @param {Run} run @returns {Promise<Film | null>} of its first convolution */
async function filmOf(lab, run) {
  const column = columnsOf(run.data.spec, run.data.summary).find(({ filters }) => filters);
  if (!column || column.layer === null) return null;
  return { column, frames: await lab.runs.film(run, column.layer) };
}

/** @param {Film | null} film @param {number} largest weight of all runs */
function filtersOf(film, largest) {
  const sheet = film && beforeAfterSheet(film.column, film.frames, largest);
  if (!sheet) return null;
  const { column } = film;
  const canvas = sheetCanvas(sheet);
  const words = `Filters of ${column.title}: ${sheet.table?.sides.join(' above ')}`;
  return { src: canvas.toDataURL('image/png'), width: canvas.width / 2, words };
}

/** The sets of the visitor's own that runs need. @param {readonly Run[]} runs */
const ownImagesOf = (runs) =>
  [...new Set(runs.map(({ data }) => data.spec.data.set))].flatMap((set) =>
    isHosted(set) ? [] : `“${setOf(set).name}” (set ${shortHash(set)})`,
  );

/** Of the current run, which the engine holds. @param {Lab} lab @param {Address} address @param {readonly Run[]} runs */
async function receiptOf(lab, address, runs) {
  const { current } = lab.runs;
  const of = current ? `Run ${current.data.number}` : '';
  const none = (/** @type {string} */ reason) => ({ of, text: '', link: '', reason });
  if (!current || !runs.includes(current)) return none('These links open the settings of each run.');
  if (lab.phase === 'training') return none('The run was still training, so it has no receipt yet.');
  if (lab.phase === 'diverged') return none('The run diverged, so there are no weights to compare.');
  return { of, ...(await address.takeReceipt()) };
}

/** The address of this page. @param {Address} address */
const baseOf = ({ whole }) => whole.split('#', 1)[0] ?? '';

/** @param {string} base @param {import('../../model/spec.js').Spec} spec */
function linkOf(base, spec) {
  try {
    return `${base}#${writeLink({ spec })}`;
  } catch {
    // An experiment that no link can carry.
    return '';
  }
}
