/** When what the next step will do to a weight has to be computed again, although the visitor has changed nothing. */

/** @typedef {import('../../model/reports.js').Problem} Problem */
/** @typedef {Pick<import('../../state/lab.svelte.js').Lab, 'phase' | 'progress' | 'loading'>} Run */

/** Whether it was refused only because images of the next batch have not arrived. @param {Problem | null} problem */
export const isWaiting = (problem) => problem?.code === 'not_ready';

/**
 * Differs where there is something new to compute: at rest at another step, or, while images are missing, when more of
 * them have arrived. While the network trains, everything changes anyway.
 * @param {{ lab: Run, waiting: boolean }} now
 */
export function occasionOf({ lab: { phase, progress, loading }, waiting }) {
  const step = phase === 'training' ? 'training' : `step ${progress?.step ?? 0}`;
  return waiting ? `${step}, ${loading?.training ?? 0} images, ${loading?.done ? 'all' : 'loading'}` : step;
}
