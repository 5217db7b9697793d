/** What the lab knows of the current run, as the log is written from it. */

import { gapAt } from '../../model/gap.js';
import { KINDS } from '../../model/layer-kinds.js';

/** @typedef {import('../../model/log/record.js').Deaths} Deaths */
/** @typedef {import('../../model/log/record.js').RunRecord} RunRecord */
/** @typedef {import('../../state/lab.svelte.js').Lab} Lab */

/**
 * @param {Pick<Lab, 'curves' | 'spec' | 'summary' | 'classes' | 'divergence' | 'instruments'> & { runs: Pick<Lab['runs'], 'current'> }} lab
 * @returns {RunRecord}
 */
export function recordOf({ curves, runs, spec, summary, classes, divergence, instruments }) {
  const all = (runs.current?.data.evaluations ?? []).toSorted((a, b) => a.step - b.step);
  const of = (/** @type {import('../../model/reports.js').Split} */ wanted) =>
    all.filter(({ split }) => split === wanted);
  return {
    ...{ train: curves.train, marks: curves.marks, evaluations: of('validation'), trained: of('training') },
    ...{ spec, classes, divergence },
    ...{ deaths: deathsOf(instruments, spec.layers, summary), norms: instruments.gradientNorms },
  };
}

/**
 * Units that died, those of a layer that did so between the same two counts together. Only where a unit that is silent
 * gets no gradient does it stay so.
 * @param {Pick<Lab['instruments'], 'deaths' | 'census'>} instruments
 * @param {readonly import('../../model/spec.js').LayerSpec[]} layers
 * @param {import('../../model/spec.js').Summary | null} summary
 * @returns {Deaths[]}
 */
export function deathsOf({ deaths, census }, layers, summary) {
  /** @type {Map<string, Deaths>} */
  const together = new Map();
  for (const [key, { alive, dead, images }] of deaths) {
    const layer = Number(key.split('/')[0]);
    const type = layers[layer]?.type;
    if (!type || KINDS[type].silent !== 'dead') continue;
    const of = census?.layers.find((one) => one.layer === layer)?.fired.length ?? 0;
    const word = unitWord(summary?.layers[layer]?.shape);
    // Those that are silent no more are not among the deaths: the latest count confirms the first.
    const counted = Math.max(images, census?.images ?? 0);
    const found = together.get(`${layer}/${dead}`) ?? { layer, units: 0, of, word, alive, dead, images: counted };
    together.set(`${layer}/${dead}`, { ...found, units: found.units + 1 });
  }
  return [...together.values()];
}

/** The units of a layer of maps are its filters. @param {readonly number[] | undefined} shape @returns {'filter' | 'unit'} */
export const unitWord = (shape) => (shape && shape.length === 3 ? 'filter' : 'unit');

/**
 * How far the network is from overfitting, as of its latest evaluation; null before the first. The training images may
 * have been evaluated once more since.
 * @param {Pick<Lab, 'evaluations' | 'curves' | 'spec'> & { runs: Pick<Lab['runs'], 'current'> }} lab
 */
export function gapOf({ evaluations: { training, validation }, runs, curves, spec }) {
  if (!validation) return null;
  const known = [...(runs.current?.data.evaluations ?? []), ...(training ? [training] : [])];
  const same = known.findLast(({ split, step }) => split === 'training' && step === validation.step);
  return gapAt(validation, same, curves.train, spec);
}
