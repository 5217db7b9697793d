import { tick } from 'svelte';

/** Back to the list of experiments, and to the entry that was open. @param {import('../../state/view.svelte.js').View} view */
export async function backToList(view) {
  const left = view.choices.experiment;
  view.openExperiment('');
  await tick();
  const entry = document.querySelector(`[data-experiment="${CSS.escape(left)}"]`);
  if (entry instanceof HTMLElement) entry.focus();
}
