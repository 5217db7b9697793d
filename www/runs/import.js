/** A run from a file, checked against what the engine makes of its specs and of its checkpoints. */

import { readRun } from './file.js';

/** @typedef {import('../model/reports.js').Checkpoint} Checkpoint */
/** @typedef {import('../model/reports.js').Problem} Problem */
/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('../model/spec.js').Summary} Summary */

/**
 * The engine's checks.
 * @template T
 * @typedef {{ answer: T, problem: null } | { answer: null, problem: Problem }} Answered
 */

/**
 * @typedef {{
 *   validate(spec: Spec): Promise<Answered<Summary>>,
 *   readCheckpoint(bytes: Uint8Array): Promise<Answered<{ spec: Spec, step: number }>>,
 * }} Engine
 */

/**
 * @param {Blob} file
 * @param {Engine} engine
 * @throws an error whose message says what is wrong with it
 */
export async function importedRun(file, engine) {
  const { run, checkpoints } = await readRun(file);
  const summary = await summaryOf(run.spec, engine);
  const trainings = [
    ...checkpoints.flatMap(({ madeWith }) => madeWith ?? []),
    ...(run.stretches ?? []).map(({ training }) => training),
  ];
  const later = trainings.map((training) => ({ ...run.spec, training }));
  for (const spec of [run.lastSpec, ...(run.fork ? [run.fork.spec] : []), ...later]) {
    await summaryOf(spec, engine);
    if (!states(run.spec, apartFromTraining(spec))) throw misfit('its settings describe different networks');
  }
  if (run.evaluations.some(({ classes }) => classes !== summary.classes)) {
    throw misfit('its evaluations belong to another network');
  }
  for (const checkpoint of checkpoints) await check(checkpoint, { spec: run.spec, summary }, engine);
  return { run: { ...run, summary }, checkpoints };
}

/** @param {Spec} spec @param {Engine} engine @returns {Promise<Summary>} */
async function summaryOf(spec, engine) {
  const { answer, problem } = await engine.validate(spec);
  if (answer) return answer;
  throw new Error(`The network in this file cannot be built. ${problem.message}`);
}

/**
 * @param {Checkpoint} checkpoint
 * @param {{ spec: Spec, summary: Summary }} run
 * @param {Engine} engine
 */
async function check({ step, bytes }, { spec, summary }, engine) {
  const { answer: found } = await engine.readCheckpoint(bytes);
  if (!found) throw misfit(`its checkpoint of step ${step} cannot be read`);
  if (found.step !== step) throw misfit(`its checkpoint of step ${step} is from step ${found.step}`);
  // The engine has filled in what the file leaves out of the spec: the network must be the same.
  const same = states(found.spec, apartFromTraining(spec));
  if (!same || JSON.stringify(await summaryOf(found.spec, engine)) !== JSON.stringify(summary)) {
    throw misfit(`its checkpoint of step ${step} belongs to another network`);
  }
}

/** @param {Spec} spec @returns {Partial<Spec>} what cannot change in the middle of a run */
function apartFromTraining({ training, ...rest }) {
  void training;
  return rest;
}

/**
 * Whether everything that `part` states holds in `whole`, as exactly as the engine can tell.
 * @param {unknown} whole
 * @param {unknown} part
 * @returns {boolean}
 */
function states(whole, part) {
  if (typeof part === 'number' && !Number.isInteger(part)) return Math.fround(Number(whole)) === Math.fround(part);
  if (typeof part !== 'object' || part === null) return whole === part;
  if (typeof whole !== 'object' || whole === null) return false;
  if (Array.isArray(part) && part.length !== /** @type {unknown[]} */ (whole).length) return false;
  return Object.entries(part).every(([key, value]) => states(/** @type {any} */ (whole)[key], value));
}

/** @param {string} why */
const misfit = (why) => new Error(`This is not a Convscope run: ${why}.`);
