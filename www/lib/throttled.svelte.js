import { untrack } from 'svelte';

/**
 * A value that changes only every so often, so that it can be read. Must be created while a component is initialised.
 * @template T
 * @param {() => T} read the value as it is
 * @param {number} pauseMs between two changes
 * @param {(a: T, b: T) => boolean} related whether `b` may wait; of anything else, a change shows at once
 * @returns {{ readonly value: T }}
 */
export function throttled(read, pauseMs, related) {
  let shown = $state.raw(untrack(read));
  let changedAt = 0;
  $effect(() => {
    const next = read();
    const wait = untrack(() => related(shown, next)) ? Math.max(0, changedAt + pauseMs - performance.now()) : 0;
    const timer = setTimeout(() => {
      shown = next;
      changedAt = performance.now();
    }, wait);
    return () => clearTimeout(timer);
  });
  return {
    get value() {
      const latest = read();
      return related(shown, latest) ? shown : latest;
    },
  };
}
