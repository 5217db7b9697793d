/** Shows a run of an experiment as the run of the page: its network, its curves, and all that can be measured of it. */

/** @typedef {import('../../state/experiment-run.svelte.js').ExperimentRun} ExperimentRun */
/** @typedef {import('../../state/lab.svelte.js').Lab} Lab */
/** @typedef {import('../../state/view.svelte.js').View} View */

/**
 * @param {{ lab: Lab, view: View, experimentRun: ExperimentRun }} page
 * @param {number} index of the run
 */
export async function lookInside({ lab, view, experimentRun }, index) {
  const { experiment } = experimentRun;
  const { stops } = experimentRun.runs[index] ?? { stops: [] };
  if (stops.length === 0) return;
  view.watch(experiment.watch);
  const known = lab.runs.find(experimentRun.opened[index] ?? '');
  const isWhole = stops.every(({ step }) => known?.steps.includes(step));
  const run = isWhole ? known : await adopted(lab, experimentRun, index);
  const { step: wanted } = experiment.watch;
  const stop = stops.findLast(({ step }) => step <= (wanted ?? step));
  if (run) await lab.runs.goTo(run, stop?.step);
}

/**
 * Adds the run to those of the page.
 * @param {Lab} lab
 * @param {ExperimentRun} experimentRun
 * @param {number} index of the run
 */
async function adopted(lab, experimentRun, index) {
  const { experiment } = experimentRun;
  const [made, planned] = [experimentRun.runs[index], experiment.runs[index]];
  if (!made || !planned) return null;
  const { losses, accuracies, validations, stops } = made;
  const run = { name: `${experiment.title}: ${made.name}`, spec: planned.spec, losses, accuracies, validations };
  // A weight set by hand is not in the spec: such a run has no receipt.
  const touched = planned.nudges.length > 0 ? { touched: [/** @type {const} */ ('weights')] } : {};
  const taken = await lab.runs.adopt(
    run,
    stops.map(({ step, bytes }) => ({ step, elapsed: 0, bytes, ...touched })),
  );
  if (taken) experimentRun.opened[index] = taken.id;
  return taken;
}
