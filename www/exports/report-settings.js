/** What the runs of a report were: their networks and settings. */

import { duration, integer } from '../lib/format.js';
import { markup } from './markup.js';

/** @typedef {import('./report.js').ReportRun} ReportRun */
/** @typedef {{ label: string, value: string }} Setting */

/** @param {readonly ReportRun[]} runs */
export const networks = (runs) => markup`<section><h2>Network</h2>
<div class="runs">${runs.map((run) => network(run, runs.length > 1))}</div></section>
`;

/** @param {ReportRun} run @param {boolean} named */
const network = ({ name, layers, parameters }, named) => markup`<div>${named && markup`<h3>${name}</h3>`}<table>
<thead><tr><th scope="col">layer</th><th scope="col">output</th><th scope="col">weights and biases</th></tr></thead>
<tbody>${layers.map(
  (layer) =>
    markup`<tr><th scope="row">${layer.name} <span class="soft">${layer.settings}</span></th><td>${layer.shape}</td><td>${integer(layer.parameters)}</td></tr>
`,
)}</tbody>
<tfoot><tr><th scope="row">all</th><td></td><td>${integer(parameters)}</td></tr></tfoot>
</table></div>`;

/** @param {readonly ReportRun[]} runs */
export function settingTable(runs) {
  const listed = runs.map((run) => new Map(rowsOf(run).map(({ label, value }) => [label, value])));
  const labels = [...new Set(listed.flatMap((settings) => [...settings.keys()]))];
  const changed = runs.flatMap(({ name, changes }) =>
    changes.map((change) => markup`<li>${runs.length > 1 && `${name}, `}${change}</li>`),
  );
  return markup`<section><h2>Settings</h2>
${runs.length > 1 ? sideBySide(runs, labels, listed) : pairs(labels, listed[0] ?? new Map())}
${changed.length > 0 && markup`<p>Changed in the middle of the run:</p><ul>${changed}</ul>`}</section>
`;
}

/** Counts as elsewhere in the report, but for a seed, which is typed as it is. @param {Setting} setting @returns {Setting} */
const grouped = ({ label, value }) => ({
  label,
  value: /^\d+$/.test(value) && label !== 'Seed' ? integer(Number(value)) : value,
});

/** @param {ReportRun} run */
const rowsOf = ({ settings, step, seconds }) => [
  ...settings.map(grouped),
  { label: 'Steps made', value: integer(step) },
  { label: 'Training time', value: duration(seconds) },
];

/** @param {readonly string[]} labels @param {ReadonlyMap<string, string>} settings */
const pairs = (labels, settings) =>
  markup`<div class="pairs">${labels.map((label) => markup`<div><span class="soft">${label}</span> <span>${settings.get(label)}</span></div>`)}</div>`;

/** @param {readonly ReportRun[]} runs @param {readonly string[]} labels @param {readonly ReadonlyMap<string, string>[]} listed */
const sideBySide = (runs, labels, listed) => markup`<table class="words">
<thead><tr><td></td>${runs.map(({ name }) => markup`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${labels.map((label) => {
  const values = listed.map((settings) => settings.get(label) ?? '–');
  const differs = values.some((value) => value !== values[0]);
  return markup`<tr${differs && markup` class="differs"`}><th scope="row">${label}</th>${values.map((value) => markup`<td>${value}</td>`)}</tr>
`;
})}</tbody></table>`;

/**
 * The settings of an experiment's runs: those of all of them, and a row a run for what was tried.
 * @param {readonly { run: string, settings: readonly Setting[] }[]} runs
 */
export function plannedSettings(runs) {
  if (runs.length === 0) return null;
  const listed = runs.map(({ settings }) => new Map(settings.map(grouped).map(({ label, value }) => [label, value])));
  const labels = [...new Set(listed.flatMap((settings) => [...settings.keys()]))];
  const isTried = (/** @type {string} */ label) => listed.some((one) => one.get(label) !== listed[0]?.get(label));
  const [tried, shared] = [labels.filter(isTried), labels.filter((label) => !isTried(label))];
  return markup`<h3>Settings of all runs</h3>${pairs(shared, listed[0] ?? new Map())}
${
  tried.length > 0 &&
  markup`<h3>What was tried</h3><table class="figures"><thead><tr><th scope="col">run</th>${tried.map((label) => markup`<th scope="col">${label}</th>`)}</tr></thead>
<tbody>${runs.map(
    ({ run }, row) =>
      markup`<tr><th scope="row">${run}</th>${tried.map((label) => markup`<td>${listed[row]?.get(label) ?? '–'}</td>`)}</tr>
`,
  )}</tbody></table>`
}`;
}
