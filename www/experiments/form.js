/**
 * The form of an experiment: one JSON file each in this folder, so that a teacher can write one without touching
 * code. docs/experiments.md says what each field means.
 */

import { JsonReader } from '../lib/json-reader.js';
import { PRESETS } from '../model/presets.js';
import { DIGITS, HEALTH } from '../model/main-panel.js';
import { merged } from './merge.js';
import { DOTS, MEASURES } from './measures.js';
import { PLOTS } from './plots.js';

/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('../model/reports.js').WeightRef} WeightRef */
/** @typedef {import('./measures.js').Measure} Measure */

/** A weight set by hand before the first step. @typedef {{ place: WeightRef, value: number }} Nudge */
/** `group` is its name in the file, which is that of its claims: one for each of the seeds has it. @typedef {{ name: string, group: string, spec: Spec, steps: number, nudges: Nudge[] }} PlannedRun */

/**
 * What must hold: a measure of one run above or below a number, or above that of another run by a margin. With
 * `run` "best", it is the run with the largest `of`.
 * @typedef {{
 *   says: string, run: string, of?: Measure, measure: Measure, above?: number, below?: number,
 *   than?: { run: string, measure?: Measure }, by?: number,
 * }} Claim
 */

/**
 * `picture`: what answers the question. `chart`: the curves of the runs, the training loss, or the accuracies on training
 * and validation images.
 * `layers`: whether to show how large the numbers are that each layer passes on and back before the first step.
 * `before`: what has to be known before the guess.
 * @typedef {{
 *   id: string, title: string, question: string, before: string[], guess: { options: string[], right: number },
 *   runs: PlannedRun[], picture: Picture, chart: Chart, layers: boolean, watch: Watch, shows: string[],
 *   maths: string, claims: Claim[], measures: Measure[],
 * }} Experiment
 */

/**
 * What to view in a run: at the last step, or the kept one next to `step`.
 * @typedef {{ view: View, part: string, step: number | null, text: string }} Watch
 */

/**
 * The filters of the first layer over time, the curves, a dot plot of two accuracies of each run, a dream of each class, or
 * the accuracy against a number.
 * @typedef {typeof PICTURES[number]} Picture
 */
const PICTURES = /** @type {const} */ (['filters', 'curves', 'dots', 'dreams', 'shift', 'strength', 'rank']);

/** What a picture shows is measured, whether or not claims are about it. @param {Picture} picture @returns {readonly Measure[]} */
function drawnIn(picture) {
  if (picture === 'dots') return DOTS;
  if (picture !== 'shift' && picture !== 'strength' && picture !== 'rank') return [];
  return PLOTS[picture].lines.flatMap(({ measures }) => /** @type {readonly Measure[]} */ (measures));
}

/** @typedef {typeof CHARTS[number]} Chart */
const CHARTS = /** @type {const} */ (['loss', 'accuracy']);

/** A view, and the part of it where there are parts. @typedef {typeof VIEWS[number]} View */
const VIEWS = /** @type {const} */ (['network', 'backward', 'health', 'digits', 'curves']);
/** @type {Record<View, readonly string[]>} */
const PARTS = { network: [], backward: [], health: HEALTH, digits: DIGITS, curves: [] };

/** An experiment is a matter of minutes. */
const MOST_RUNS = 12;
const MOST_STEPS = 20_000;
const MOST_SEEDS = 5;
const LARGEST_SEED = 1_000_000;

/**
 * @param {unknown} json
 * @returns {Experiment}
 * @throws {import('../lib/json-reader.js').Malformed} with a sentence that says where, what was expected, and what was found
 */
export function readExperiment(json) {
  const file = new JsonReader('an experiment', 'the file', json);
  const base = readBase(file);
  const seeds = file.has('seeds') ? file.wholes('seeds', { most: MOST_SEEDS, largest: LARGEST_SEED }) : null;
  const groups = file.list('runs', 1, MOST_RUNS).map((run) => readRun(run, base));
  const runs = seeds ? groups.flatMap((run) => withSeeds(run, seeds)) : groups;
  const names = groups.map(({ name }) => name);
  const picture = file.has('picture') ? file.oneOf('picture', PICTURES) : 'curves';
  if (picture === 'filters' && runs.some(({ spec }) => spec.layers[0]?.type !== 'conv2d'))
    throw file.error('picture', 'another one where the first layer of a run is not conv2d', picture);
  const claims = file.list('claims', 1, 20).map((claim) => readClaim(claim, names));
  const guess = file.object('guess');
  const options = guess.texts('options', 2, 6);
  return {
    id: file.text('id'),
    title: file.text('title'),
    question: file.text('question'),
    before: file.has('before') ? file.texts('before', 1, 3) : [],
    guess: { options, right: guess.whole('right', 0, options.length - 1) },
    ...{ runs, picture },
    chart: file.has('chart') ? file.oneOf('chart', CHARTS) : 'loss',
    layers: file.has('layers') && file.flag('layers'),
    watch: readWatch(file.object('watch')),
    shows: file.texts('shows', 1, 8),
    maths: file.text('maths'),
    claims,
    measures: [...new Set([...measuresOf(claims), ...drawnIn(picture)])],
  };
}

/** @param {JsonReader} file @returns {Spec} */
function readBase(file) {
  const base = file.object('base');
  const id = base.oneOf(
    'preset',
    PRESETS.map((preset) => preset.id),
  );
  const preset = /** @type {{ spec: Spec }} */ (PRESETS.find((found) => found.id === id));
  return merged(preset.spec, base.optional('change') ?? {});
}

/** @param {JsonReader} watch @returns {Watch} */
function readWatch(watch) {
  const view = watch.oneOf('view', VIEWS);
  const parts = PARTS[view];
  if (watch.has('part') && parts.length === 0) throw watch.error('part', `left out for ${view}`, watch.fields.part);
  return {
    view,
    part: watch.has('part') ? watch.oneOf('part', parts) : '',
    step: watch.has('step') ? watch.whole('step', 0, MOST_STEPS) : null,
    text: watch.text('text'),
  };
}

/** @param {JsonReader} run @param {Spec} base @returns {PlannedRun} */
function readRun(run, base) {
  const name = run.text('name');
  return {
    ...{ name, group: name },
    spec: merged(base, run.optional('change') ?? {}),
    steps: run.whole('steps', 1, MOST_STEPS),
    nudges: run.has('nudges') ? run.list('nudges', 1, 10).map(readNudge) : [],
  };
}

/** The run, once for each seed. @param {PlannedRun} run @param {number[]} seeds @returns {PlannedRun[]} */
const withSeeds = (run, seeds) =>
  seeds.map((seed) => ({ ...run, name: `${run.name}, seed ${seed}`, spec: { ...run.spec, seed } }));

/** @param {JsonReader} nudge @returns {Nudge} */
function readNudge(nudge) {
  const place = {
    layer: nudge.whole('layer', 0, 63),
    kind: nudge.oneOf('kind', /** @type {const} */ (['weight', 'bias'])),
    index: nudge.whole('index', 0, 2_000_000),
  };
  return { place, value: nudge.number('value') };
}

/** @param {JsonReader} claim @param {string[]} runs @returns {Claim} */
function readClaim(claim, runs) {
  const measures = /** @type {Measure[]} */ (Object.keys(MEASURES));
  const than = claim.has('than') ? claim.object('than') : null;
  const read = {
    says: claim.text('says'),
    run: claim.oneOf('run', [...runs, 'best']),
    measure: claim.oneOf('measure', measures),
    ...(claim.has('of') && { of: claim.oneOf('of', measures) }),
    ...(claim.has('above') && { above: claim.number('above') }),
    ...(claim.has('below') && { below: claim.number('below') }),
    ...(than && {
      than: {
        run: than.oneOf('run', [...runs, 'best']),
        ...(than.has('measure') && { measure: than.oneOf('measure', measures) }),
      },
    }),
    ...(claim.has('by') && { by: claim.number('by') }),
  };
  const needed = read.run === 'best' || read.than?.run === 'best';
  if (needed && !read.of) throw claim.error('of', 'the measure by which the best run is chosen', undefined);
  const tests = [read.above, read.below, read.than].filter((test) => test !== undefined);
  if (tests.length === 0) throw claim.error('above', 'a number there, in "below", or a run in "than"', undefined);
  return read;
}

/** @param {Claim[]} claims @returns {Measure[]} */
function measuresOf(claims) {
  const all = claims.flatMap(({ measure, of, than }) => [measure, of, than?.measure]);
  return all.filter((measure) => measure !== undefined);
}
