/** The curves of an experiment's runs for a report: those that its page shows. */

import { number, percent } from '../../lib/format.js';
import { curvesSvg } from '../../exports/curves-svg.js';
import { coloursOf } from '../experiments/groups.js';
import { accuracyLines, divergenceMarks, lossLines } from '../experiments/run-lines.js';

/** @typedef {import('../../experiments/form.js').Experiment} Experiment */
/** @typedef {import('../../state/experiment-run.svelte.js').RunState} RunState */

const HEIGHT = 150;
const DASH = [3, 3];

/** @param {Pick<Experiment, 'chart' | 'runs'>} experiment @param {readonly RunState[]} runs */
export function svgOfExperiment({ chart, runs: planned }, runs) {
  const colours = coloursOf('light', planned);
  const styles = runs.map(({ name }, index) => ({
    ...{ label: name, colour: String(colours[index]), width: 1.5, points: false, line: true, ranges: true },
  }));
  const isLoss = chart === 'loss';
  const plot = isLoss
    ? { title: 'Training loss', unit: 'cross-entropy, log scale', ...lossLines(runs) }
    : { title: 'Accuracy', unit: 'on validation images; dashed: on training images', ...accuracyLines(runs) };
  return curvesSvg({
    // The report is headed by what the experiment is called.
    title: `The ${runs.length} runs`,
    series: isLoss
      ? styles
      : styles.flatMap((style) => [style, { ...style, label: `${style.label}, training`, dash: DASH }]),
    plots: [{ ...plot, log: isLoss, format: isLoss ? (value) => number(value, 1) : (value) => percent(value, 0) }],
    marks: divergenceMarks(runs),
    plotHeight: HEIGHT,
  });
}
