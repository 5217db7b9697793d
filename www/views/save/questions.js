/** What was asked, guessed and found: by the experiment that is open, and by a handout. */

import { experiments } from '../../experiments/experiments.js';
import { MEASURES } from '../../experiments/measures.js';
import { shelfOf } from '../../state/experiment-shelf.svelte.js';
import { writeExperimentLink } from '../../link/link.js';
import { setOf } from '../../model/data-sets.js';
import { layerWords } from '../../model/layer-kinds.js';
import { settingsOf } from '../../model/settings.js';
import { svgOfExperiment } from './experiment-curves.js';
import { measured } from '../experiments/measured.js';

/** @typedef {import('../../exports/report.js').Question} Question */
/** @typedef {import('../../experiments/form.js').Experiment} Experiment */
/** @typedef {import('../../state/experiment-run.svelte.js').ExperimentRun} ExperimentRun */

const NOTHING = { findings: [], shows: [], figures: [], curves: null };
const NO_RUNS = { isRight: null, settings: [], link: '' };

/**
 * @param {import('../../state/lab.svelte.js').Lab} lab
 * @param {import('../../state/view.svelte.js').View} view
 * @param {string} base the address of the page
 * @returns {Question[]}
 */
export function questionsOf(lab, { choices, handout, answer }, base) {
  const asked = {
    title: 'Question',
    question: handout.question,
    guess: '',
    answer: answer ?? '',
    ...{ ...NOTHING, ...NO_RUNS },
  };
  const found = experiments().find(({ id }) => id === choices.experiment);
  const experiment = found && 'experiment' in found ? found.experiment : null;
  return [
    ...(handout.question ? [asked] : []),
    ...(experiment ? [questionOf(experiment, shelfOf(lab).of(experiment), base)] : []),
  ];
}

/**
 * @param {Experiment} experiment
 * @param {Pick<ExperimentRun, 'guess' | 'verdicts' | 'values' | 'runs'>} run
 * @param {string} base the address of the page
 * @returns {Question}
 */
export function questionOf(experiment, { guess, verdicts, values, runs }, base) {
  const { title, question, shows, measures } = experiment;
  const { options, right } = experiment.guess;
  const guessed = guess === null ? '' : (options[guess] ?? '');
  const made = { settings: settingsOfRuns(experiment), link: `${base}#${writeExperimentLink(experiment.id)}` };
  if (!verdicts) return { title, question, guess: guessed, isRight: null, answer: '', ...NOTHING, ...made };
  const findings = verdicts.map(({ claim, run, value, other, holds }) => {
    const found = [`${measured(claim.measure, value, values[run])} (${run})`];
    if (other)
      found.push(`${measured(claim.than?.measure ?? claim.measure, other.value, values[other.run])} (${other.run})`);
    return { says: claim.says, found: `${MEASURES[claim.measure].name}: ${found.join(', ')}`, holds };
  });
  const figures = measures.map((measure) => ({
    name: MEASURES[measure].name,
    values: Object.entries(values).map(([run, of]) => ({ run, value: measured(measure, of[measure], of) })),
  }));
  return {
    title,
    question,
    guess: guessed,
    isRight: guess === null ? null : guess === right,
    answer: options[right] ?? '',
    findings,
    shows,
    figures,
    curves: svgOfExperiment(experiment, runs),
    ...made,
  };
}

/** @param {Experiment} experiment */
const settingsOfRuns = ({ runs }) =>
  runs.map(({ name, spec, steps }) => ({
    run: name,
    settings: [
      { label: 'Data', value: setOf(spec.data.set).name },
      { label: 'Layers', value: spec.layers.map(layerWords).join(', ') },
      ...settingsOf(spec),
      { label: 'Steps', value: String(steps) },
    ],
  }));
