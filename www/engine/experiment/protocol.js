/**
 * Messages between the page and the workers that make an experiment's runs. Types only.
 *
 * @typedef {{
 *   dataUrl: string, index: number, run: import('../../experiments/form.js').PlannedRun, wanted: import('./runner.js').Wanted,
 * }} LabCommand
 *
 * @typedef {(
 *   | { type: 'progress', index: number, progress: import('./runner.js').Progress }
 *   | { type: 'made', index: number, result: import('./runner.js').Result }
 *   | { type: 'failed', index: number, message: string }
 * )} LabEvent
 */

export {};
