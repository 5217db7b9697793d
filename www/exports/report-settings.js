/** What the runs of a report were: their networks and settings. */

import { duration, integer } from '../lib/format.js';
import { markup } from './markup.js';

/** @typedef {import('./report.js').ReportRun} ReportRun */

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

/** @param {ReportRun} run */
const rowsOf = ({ settings, step, seconds }) => [
  ...settings,
  { label: 'Steps made', value: integer(step) },
  { label: 'Training time', value: duration(seconds) },
];

/** @param {readonly string[]} labels @param {ReadonlyMap<string, string>} settings */
const pairs = (labels, settings) =>
  markup`<div class="pairs">${labels.map((label) => markup`<div><span class="soft">${label}</span> <span>${settings.get(label)}</span></div>`)}</div>`;

/** @param {readonly ReportRun[]} runs @param {readonly string[]} labels @param {readonly ReadonlyMap<string, string>[]} listed */
const sideBySide = (runs, labels, listed) => markup`<table>
<thead><tr><td></td>${runs.map(({ name }) => markup`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${labels.map((label) => {
  const values = listed.map((settings) => settings.get(label) ?? '–');
  const differs = values.some((value) => value !== values[0]);
  return markup`<tr${differs && markup` class="differs"`}><th scope="row">${label}</th>${values.map((value) => markup`<td>${value}</td>`)}</tr>
`;
})}</tbody></table>`;
