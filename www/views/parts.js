/** The parts of the page that nobody needs at first: fetched when they are shown, or when there is time. */

export const parts = {
  digits: () => import('./digits/DigitsPanel.svelte'),
  editor: () => import('./editor/PipelineEditor.svelte'),
  glass: () => import('./glass/GlassBox.svelte'),
  gradients: () => import('./backward/GradientInspector.svelte'),
  health: () => import('./health/HealthPanel.svelte'),
  story: () => import('./backward/WeightStory.svelte'),
  walk: () => import('./backward/BackwardStepper.svelte'),
  why: () => import('./backward/WhyPixel.svelte'),
};

/** Time for what is seen first to be fetched and drawn. */
const PATIENCE_MS = 4_000;

/** Fetches all of them, so that none has to be waited for, and a page once loaded is whole without a connection. */
export function fetchAllLater() {
  const timer = setTimeout(() => {
    // What cannot be fetched now is told to whoever opens it.
    for (const load of Object.values(parts)) load().catch(() => {});
  }, PATIENCE_MS);
  return () => clearTimeout(timer);
}
