/** Puts the focus on a tab of Tabs.svelte, after a choice that may have made the tabs anew. */

import { tick } from 'svelte';

/** @param {string} controls the id of what the tabs change @param {string} tab */
export async function focusTab(controls, tab) {
  await tick();
  document.getElementById(`${controls}-${tab}`)?.focus();
}
