/** The parts of the page that are not needed at first: fetched when they are shown, or when there is time. */

/** @typedef {import('svelte').Component<any>} Component */
/** `ready` is the component, null until it has been fetched. @typedef {{ ready: Component | null, load: () => Promise<Component> }} Part */

/**
 * @param {() => Promise<{ default: Component }>} fetch
 * @returns {Part}
 */
function part(fetch) {
  /** @type {Part} */
  const found = { ready: null, load: async () => (found.ready ??= (await fetch()).default) };
  return found;
}

export const parts = {
  ask: part(() => import('../inquiry/AskPanel.svelte')),
  backward: part(() => import('../backward/BackwardBar.svelte')),
  calibration: part(() => import('../learning/Calibration.svelte')),
  cell: part(() => import('../learning/CellDigits.svelte')),
  classes: part(() => import('../learning/ClassTable.svelte')),
  connections: part(() => import('../network/Connections.svelte')),
  contrast: part(() => import('../contrast/ContrastPanel.svelte')),
  cost: part(() => import('../learning/CostTable.svelte')),
  curves: part(() => import('../learning/CurveChart.svelte')),
  dead: part(() => import('../health/DeadMark.svelte')),
  digits: part(() => import('../digits/DigitsPanel.svelte')),
  embedding: part(() => import('../embed/Embedding.svelte')),
  editor: part(() => import('../editor/PipelineEditor.svelte')),
  experiment: part(() => import('../experiments/ExperimentView.svelte')),
  experiments: part(() => import('../experiments/ExperimentsPanel.svelte')),
  film: part(() => import('../runs/FilmStrip.svelte')),
  fork: part(() => import('../runs/ForkForm.svelte')),
  glass: part(() => import('../glass/GlassBox.svelte')),
  glossary: part(() => import('../glossary/Glossary.svelte')),
  gradients: part(() => import('../backward/GradientInspector.svelte')),
  health: part(() => import('../health/HealthPanel.svelte')),
  keys: part(() => import('./KeysHelp.svelte')),
  latest: part(() => import('../learning/LatestEntry.svelte')),
  lesson: part(() => import('../lessons/LessonColumn.svelte')),
  linkNotice: part(() => import('../share/LinkNotice.svelte')),
  log: part(() => import('../learning/LogList.svelte')),
  logits: part(() => import('../backward/SignedBars.svelte')),
  matrix: part(() => import('../learning/Confusion.svelte')),
  numbers: part(() => import('../network/NumbersTable.svelte')),
  overfitting: part(() => import('../learning/Overfitting.svelte')),
  picture: part(() => import('../draw/PicturePad.svelte')),
  points: part(() => import('../learning/CurveTable.svelte')),
  ownImages: part(() => import('../own/OwnImages.svelte')),
  pace: part(() => import('./PaceMenu.svelte')),
  replay: part(() => import('../replay/ReplayBar.svelte')),
  runNotices: part(() => import('../runs/RunNotices.svelte')),
  runs: part(() => import('../runs/RunPanel.svelte')),
  save: part(() => import('../save/SaveItems.svelte')),
  sees: part(() => import('../sees/SeesPanel.svelte')),
  settings: part(() => import('../settings/SettingsPanel.svelte')),
  share: part(() => import('../share/ShareDialog.svelte')),
  shift: part(() => import('../draw/ShiftPad.svelte')),
  take: part(() => import('../take/TakeDialog.svelte')),
  story: part(() => import('../backward/WeightStory.svelte')),
  teach: part(() => import('../teach/TeachPart.svelte')),
  unlike: part(() => import('../sees/UnlikeMark.svelte')),
  walk: part(() => import('../backward/BackwardStepper.svelte')),
  why: part(() => import('../backward/WhyPixel.svelte')),
};

/** Time for what is seen first to be fetched and drawn. */
const PATIENCE_MS = 4_000;

/** From now on a service worker replaces a lost connection; during development it would get in the way. */
async function serveOffline() {
  if (import.meta.env.PROD) await navigator.serviceWorker?.register('./service-worker.js');
}

/** Fetches all of them, so that none has to be waited for, and a page once loaded is whole without a connection. */
export function fetchAllLater() {
  const timer = setTimeout(() => {
    // A failed fetch is reported when the part is opened.
    const all = Promise.allSettled(Object.values(parts).map(({ load }) => load()));
    // Where a browser has no service workers, or allows none, the page is what it is without.
    all.then(serveOffline).catch(() => {});
  }, PATIENCE_MS);
  return () => clearTimeout(timer);
}
