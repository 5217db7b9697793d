import { untrack } from 'svelte';
import { onLayer } from './words.js';

/** The engine's problem stays with the layer it was found in while that is moved. */
export class ProblemMark {
  #lab;
  #editing;
  /** @type {{ id: number, sentence: string, advice: string } | null} */
  #found = $state.raw(null);

  /**
   * It is to be made while a component is.
   * @param {import('../../state/lab.svelte.js').Lab} lab
   * @param {import('../../state/layer-editing.svelte.js').LayerEditing} editing
   */
  constructor(lab, editing) {
    this.#lab = lab;
    this.#editing = editing;
    $effect.pre(() => {
      const found = lab.draftProblem;
      // The problem of the layers it was found in: it is not found again when they change.
      const layer = found && found.layer !== null ? untrack(() => lab.draft.layers)[found.layer] : null;
      this.#found = found && layer ? { id: editing.idOf(layer), ...onLayer(found.message) } : null;
    });
  }

  /** The index of the layer, −1 without one. */
  get layer() {
    return this.#found
      ? this.#lab.draft.layers.findIndex((layer) => this.#editing.idOf(layer) === this.#found?.id)
      : -1;
  }

  get sentence() {
    return this.#found?.sentence ?? null;
  }

  get advice() {
    return this.#found?.advice ?? '';
  }
}
