/** What can be saved where: the rows of the menus, each with what makes its file. */

import { writeCsv } from '../../exports/csv.js';
import { curvesCsv } from '../../exports/curves-csv.js';
import { fileName } from '../../exports/file-name.js';
import { classesCsv, confusionCsv } from '../../exports/results-csv.js';
import { robustnessTable } from '../inquiry/robustness.js';
import { svgOfRuns } from './curves.js';
import { reportFiles } from './report-files.js';
import { pngFile, sheetCanvas, svgCanvas } from './picture-file.js';
import { filmSheet, filtersSheet, mapsSheet } from './sheets.js';

/** @typedef {import('../../state/lab.svelte.js').Lab} Lab */
/** @typedef {import('../network/columns.js').Column} Column */
/** @typedef {import('../../exports/sheet-layout.js').Sheet} Sheet */
/** `make` returns nothing where it has opened the file itself. @typedef {{ name: string, form: string, make: () => Promise<File | null> }} Item */

const NOTHING_YET = 'There is nothing to save yet. Train the network first.';

/** @param {Lab} lab the current run, and those that are laid over its curves */
function runsOf({ runs }) {
  const { current } = runs;
  if (!current) throw new Error(NOTHING_YET);
  const over = runs.rows.filter((row) => row.shown && !row.current).flatMap(({ id }) => runs.find(id) ?? []);
  return { current, over };
}

/** @param {{ lab: Lab }} given @returns {Item[]} */
function curveFiles({ lab }) {
  const svg = () => {
    const { current, over } = runsOf(lab);
    return String(svgOfRuns(current, over, (run) => lab.runs.nameOf(run)));
  };
  const named = (/** @type {string} */ ending) =>
    fileName(['curves', 'step', runsOf(lab).current.data.lastStep], ending);
  const csv = () => {
    const { current, over } = runsOf(lab);
    const runs = [current, ...over].map(({ curves, data: { number, spec, stretches, fork } }) => ({
      ...{ number, curves, spec, stretches, forkedFrom: fork?.spec ?? null },
    }));
    return new File([curvesCsv(runs)], named('csv'), { type: 'text/csv' });
  };
  return [
    { name: 'Curves as a table', form: 'CSV', make: async () => csv() },
    {
      ...{ name: 'Curves as a drawing', form: 'SVG' },
      make: async () => new File([svg()], named('svg'), { type: 'image/svg+xml' }),
    },
    {
      ...{ name: 'Curves as a picture', form: 'PNG' },
      make: async () => pngFile(await svgCanvas(svg()), named('png')),
    },
  ];
}

/** @param {{ lab: Lab, evaluation: import('../../model/reports.js').Evaluation }} given @returns {Item[]} */
function resultFiles({ lab, evaluation }) {
  const { long, kind } = lab.classes;
  const file = (/** @type {string} */ what, /** @type {string} */ text) =>
    new File([text], fileName([what, evaluation.split, 'step', evaluation.step], 'csv'), { type: 'text/csv' });
  return [
    {
      ...{ name: 'Confusion matrix', form: 'CSV' },
      make: async () => file('confusion', confusionCsv(evaluation, long)),
    },
    {
      ...{ name: `Precision, recall and F1 by ${kind}`, form: 'CSV' },
      make: async () => file('classes', classesCsv(evaluation, long, kind)),
    },
  ];
}

/** @param {Sheet | null} sheet @param {readonly (string | number)[]} name */
function pictureOf(sheet, name) {
  if (!sheet) throw new Error(NOTHING_YET);
  return pngFile(sheetCanvas(sheet), fileName(name, 'png'));
}

/** @param {{ lab: Lab, column: Column, limits: import('../network/limits.js').Limits | null }} given @returns {Item[]} */
function mapFiles({ lab, column, limits }) {
  const { title, kind } = column;
  const step = lab.snapshot?.step ?? 0;
  const what = {
    input: 'Input',
    maps: `All maps of ${title}`,
    units: `All units of ${title}`,
    answer: 'Probabilities',
  }[kind];
  const maps = {
    ...{ name: what, form: 'PNG' },
    make: () => pictureOf(mapsSheet(column, lab.snapshot, limits), ['maps', title, 'step', step]),
  };
  if (!column.filters) return [maps];
  const filters = {
    ...{ name: `All filters of ${title}`, form: 'PNG' },
    make: () => pictureOf(filtersSheet(column, lab.snapshot, limits), ['filters', title, 'step', step]),
  };
  return [maps, filters];
}

/** @param {{ column: Column, image: number, frames: readonly import('./sheets.js').Frame[] }} given @returns {Item[]} */
function filmFiles({ column, image, frames }) {
  const { title } = column;
  const steps = ['to', 'step', frames.at(-1)?.step ?? 0];
  return [
    {
      ...{ name: `Filter ${image + 1} over the run`, form: 'PNG' },
      make: () => pictureOf(filmSheet(column, frames, image), ['film', title, 'filter', image + 1, ...steps]),
    },
    {
      ...{ name: `All filters of ${title} over the run`, form: 'PNG' },
      make: () => pictureOf(filmSheet(column, frames, null), ['film', title, ...steps]),
    },
  ];
}

/** @param {{ networks: readonly import('../inquiry/robustness.js').Network[] }} given @returns {Item[]} */
function robustnessFiles({ networks }) {
  const table = () => writeCsv(robustnessTable(networks));
  const make = async () => new File([table()], fileName(['accuracy', 'under', 'attack'], 'csv'), { type: 'text/csv' });
  return [{ name: 'Accuracy under attack', form: 'CSV', make }];
}

export const FILES = {
  // Where the curves are, there is not always room for a button of the report.
  curves: (/** @type {import('./report-files.js').Source} */ given) => [...curveFiles(given), ...reportFiles(given)],
  results: resultFiles,
  maps: mapFiles,
  film: filmFiles,
  report: reportFiles,
  robustness: robustnessFiles,
};
