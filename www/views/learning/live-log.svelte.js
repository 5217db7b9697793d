import { untrack } from 'svelte';
import { throttled } from '../../lib/throttled.svelte.js';
import { logOf } from '../../model/log.js';
import { recordOf } from './log-record.js';

/** How often the log is written anew while training: sentences that change faster cannot be read. */
const PAUSE_MS = 500;

/**
 * The log of the current run as it grows. Must be created while a component is initialised.
 * @param {() => import('../../state/lab.svelte.js').Lab} getLab
 * @returns {{ readonly entries: import('../../model/log/record.js').Entry[] }}
 */
export function liveLog(getLab) {
  const lab = $derived(getLab());
  // Anything but more steps of the same run shows at once.
  const steps = throttled(
    () => ({ version: lab.curvesVersion, run: lab.runs.current, phase: lab.phase }),
    PAUSE_MS,
    (a, b) => a.run === b.run && a.phase === b.phase,
  );
  const moment = $derived(steps.value);
  const entries = $derived.by(() => {
    void [moment, lab.divergence, lab.instruments.deaths, lab.instruments.gradientNorms];
    return untrack(() => logOf(recordOf(lab)));
  });
  return {
    get entries() {
      return entries;
    },
  };
}
