/** What the main button does, and why no step can be made. */

/** @typedef {import('./lab.svelte.js').Lab} Lab */
/** @typedef {Pick<Lab, 'phase' | 'spec' | 'draft' | 'progress' | 'canTrain' | 'toggle' | 'configure' | 'train'>} Run */

/** Epochs by which a finished run is continued. */
export const MORE_EPOCHS = 5;

/** The engine allows no more. */
const MOST_EPOCHS = 1000;

/** How many epochs a finished run would have. @param {Pick<Run, 'spec' | 'progress'>} run */
const extendedTo = ({ spec, progress }) => Math.max(spec.training.epochs, progress?.epoch ?? 0) + MORE_EPOCHS;

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
