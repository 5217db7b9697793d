/**
 * Messages between the page and the workers that make an experiment's runs. Types only.
 *
 * @typedef {{
 *   dataUrl: string, index: number, run: import('../../experiments/form.js').PlannedRun,
 *   wanted: import('../../experiments/reports.js').Wanted,
 * }} ExperimentCommand
 *
 * @typedef {(
 *   | { type: 'progress', index: number, progress: import('../../experiments/reports.js').RunProgress }
 *   | { type: 'made', index: number, result: import('../../experiments/reports.js').RunResult }
 *   | { type: 'failed', index: number, message: string }
 * )} ExperimentEvent
 */

export {};
