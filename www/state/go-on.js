/** What the main button does, and why no step can be made. */

import { isHosted } from '../model/data-sets.js';
import { stepsPerEpoch } from '../model/training.js';

/** @typedef {import('./lab.svelte.js').Lab} Lab */
/** @typedef {Pick<Lab, 'phase' | 'spec' | 'draft' | 'progress' | 'canTrain' | 'toggle' | 'configure' | 'train'>} Run */

/** Epochs by which a finished run may be continued, and steps that they should have. */
const MORE_EPOCHS = [5, 10, 20, 50, 100, 200];
const MORE_STEPS = 400;

/** The engine allows no more. */
const MOST_EPOCHS = 1000;

/** @param {Pick<Run, 'spec' | 'progress'>} run */
const epochsOf = ({ spec, progress }) => Math.max(spec.training.epochs, progress?.epoch ?? 0);

/** By how many epochs a finished run is continued: more of them where a set of the visitor's own is small. @param {Pick<Run, 'spec' | 'progress'>} run */
export function moreEpochs(run) {
  if (isHosted(run.spec.data.set)) return 5;
  const enough = MORE_EPOCHS.find((epochs) => epochs * stepsPerEpoch(run.spec) >= MORE_STEPS) ?? 200;
  return epochsOf(run) + enough > MOST_EPOCHS ? 5 : enough;
}

/** How many epochs a finished run would have. @param {Pick<Run, 'spec' | 'progress'>} run */
const extendedTo = (run) => epochsOf(run) + moreEpochs(run);

/** Whether the main button can be pressed. @param {Omit<Run, 'toggle' | 'configure' | 'train'>} run */
export const canGoOn = (run) =>
  run.canTrain || run.phase === 'training' || (run.phase === 'finished' && extendedTo(run) <= MOST_EPOCHS);

/** Trains, pauses, or continues a finished run. @param {Run} run */
export function goOn(run) {
  if (!canGoOn(run)) return;
  if (run.phase !== 'finished') return run.toggle();
  run.configure({ ...run.draft.training, epochs: extendedTo(run) });
  run.train();
}

/** Why no single step can be made now; empty if one can. @param {Pick<Run, 'phase' | 'canTrain'>} run */
export function whyNoStep({ phase, canTrain }) {
  if (canTrain) return '';
  if (phase === 'training') return 'Pause first. Then Step makes one step at a time.';
  if (phase === 'finished') return 'All epochs are done. Train more, restart, or take the network away (T).';
  if (phase === 'diverged') return 'The loss is not a number any more. Go back or restart.';
  return phase === 'failed' ? 'The engine has stopped. Restart it.' : 'The network is not ready yet.';
}
