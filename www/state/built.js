/** What it means for the runs that the worker has built a network. */

/** @typedef {import('../client/client.js').ClientEvent} ClientEvent */
/** @typedef {Extract<ClientEvent, { type: 'built' }>} Built */
/** @typedef {import('../runs/run.js').Run} Run */
/** @typedef {Pick<Built, 'spec' | 'summary' | 'step'>} Network */

/**
 * One of three things: a run has `begun`; a kept one has been `entered`, which is `another` than the current one or not; or
 * the current one has been `recovered`, shorter, after its worker died. `left` is the run that was current before.
 * `evaluations` are the run's latest at that step, `trained` the loss and accuracy of its last training step.
 * @typedef {(
 *   | Network & { type: 'begun', left: string | null }
 *   | Network & { type: 'recovered' }
 *   | Network & {
 *       type: 'entered', id: string, another: boolean, left: string | null,
 *       evaluations: ReturnType<Run['evaluationsAt']>, trained: ReturnType<Run['trainedAt']> | null,
 *     }
 * )} Beginning
 */

/** Events for the stores. @typedef {Exclude<ClientEvent, Built> | Beginning} LabEvent */

/**
 * @param {Built} built
 * @param {{ list: readonly Run[], current: Run | null, at: number | null }} runs those there are before
 * @returns {Beginning}
 */
export function beginningOf({ spec, summary, step, run: id }, { list, current, at }) {
  const network = { spec, summary, step };
  const restored = id === null ? null : list.find((run) => run.id === id);
  const recovered = id === null && step > 0 ? current : null;
  // A worker that died while the run was back at an earlier step is back there: the run stays whole.
  const entered = restored ?? (step === at ? recovered : null);
  const left = current?.id ?? null;
  if (!entered) return recovered ? { type: 'recovered', ...network } : { type: 'begun', ...network, left };
  return {
    ...{ type: 'entered', ...network, id: entered.id, another: entered !== current, left },
    ...{ evaluations: entered.evaluationsAt(step), trained: step > 0 ? entered.trainedAt(step) : null },
  };
}
