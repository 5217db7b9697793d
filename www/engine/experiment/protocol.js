/**
 * Messages between the page and the workers that make an experiment's runs. Types only.
 *
 * `own` is the set of the visitor's own that the run is made on, if it is one.
 * @typedef {{
 *   dataUrl: string, index: number, run: import('../../experiments/form.js').PlannedRun,
 *   wanted: import('../../experiments/reports.js').Wanted, own: OfferedSet | null,
 * }} ExperimentCommand
 *
 * @typedef {Pick<Extract<import('../protocol.js').PlainCommand, { type: 'offerSet' }>, 'set' | 'about' | 'files'>} OfferedSet
 *
 * @typedef {(
 *   | { type: 'progress', index: number, progress: import('../../experiments/reports.js').RunProgress }
 *   | { type: 'made', index: number, result: import('../../experiments/reports.js').RunResult }
 *   | { type: 'failed', index: number, message: string }
 * )} ExperimentEvent
 */

export {};
