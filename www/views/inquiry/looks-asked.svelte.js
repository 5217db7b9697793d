/** The four pictures of one class: what is asked for them, and a number for each pixel of the image. */

import { overChannels } from '../../explain/pixels.js';
import { Asked } from './asked.svelte.js';
import { overImage, placesOf } from './looks-maps.js';

/** @typedef {import('../../model/data-sets.js').ImageForm} ImageForm */
/** @typedef {import('./looks-words.js').Maps} Maps */

/**
 * What the pictures depend on, beside the image and the class. `activation` is the layer whose maps are weighted, null if the
 * network has no convolution; `empty` is what counts as an image of nothing, and `fill` its grey level.
 * @typedef {{
 *   occlusion: { size: number, stride: number }, activation: number | null, points: number, empty: 'black' | 'mean', fill: number,
 * }} Settings
 */

export class LooksAsked {
  gradient;
  occlusion;
  activation;
  integrated;

  /** @param {Pick<import('../../state/inquiry.svelte.js').Inquiry, 'ask'>} inquiry @param {string} which of the classes that are compared */
  constructor(inquiry, which) {
    this.gradient = new Asked(inquiry, 'inputGradient', `looks ${which}: gradient`);
    this.occlusion = new Asked(inquiry, 'occlusion', `looks ${which}: occlusion`);
    this.activation = new Asked(inquiry, 'classActivation', `looks ${which}: activation`);
    this.integrated = new Asked(inquiry, 'integrated', `looks ${which}: integrated`);
  }

  get all() {
    return [this.gradient, this.occlusion, this.activation, this.integrated];
  }

  /** Whether a patch slides over the image for the first time: a map that is known stays until the next one is whole. */
  get isSliding() {
    const { asking, found, progress } = this.occlusion;
    const keys = /** @type {const} */ (['pixels', 'class', 'size', 'stride', 'fill']);
    return asking !== null && progress !== null && keys.some((key) => asking[key] !== found?.ask[key]);
  }

  /** @param {Uint8Array} pixels @param {number} label @param {Settings} settings */
  want(pixels, label, { occlusion: { size, stride }, activation, points, empty, fill }) {
    const about = { pixels, class: label };
    this.gradient.want(about, [pixels, label]);
    this.occlusion.want({ ...about, size, stride, fill }, [pixels, label, size, stride, fill]);
    if (activation !== null) this.activation.want({ ...about, layer: activation }, [pixels, label, activation]);
    else this.activation.forget();
    this.integrated.want({ ...about, baseline: empty, points }, [pixels, label, empty, points]);
  }

  /**
   * What is known of this image and class so far.
   * @param {Uint8Array} pixels
   * @param {number} label
   * @param {ImageForm} form
   * @param {readonly import('../../model/spec.js').LayerSpec[]} layers
   * @returns {Maps}
   */
  maps(pixels, label, form, layers) {
    const area = form.rows * form.columns;
    const { gradient, occlusion, activation, integrated } = this.#of(pixels, label);
    const { asking, progress } = this.occlusion;
    const isSliding = this.isSliding && asking?.pixels === pixels && asking.class === label;
    return {
      gradient: gradient && overChannels(gradient.answer.map, area),
      occlusion: (isSliding ? progress : occlusion?.answer)?.map ?? null,
      activation: activation && overImage(activation.answer, placesOf(layers, activation.ask.layer), form),
      integrated: integrated && overChannels(integrated.answer.map, area),
    };
  }

  stop() {
    for (const asked of this.all) asked.stop();
  }

  /** @param {Uint8Array} pixels @param {number} label */
  #of(pixels, label) {
    /** @template {{ ask: { pixels: Uint8Array, class: number } }} Found @param {Found | null} found */
    const ofThis = (found) => (found?.ask.pixels === pixels && found.ask.class === label ? found : null);
    return {
      gradient: ofThis(this.gradient.found),
      occlusion: ofThis(this.occlusion.found),
      activation: ofThis(this.activation.found),
      integrated: ofThis(this.integrated.found),
    };
  }
}
