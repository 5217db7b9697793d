/** The networks offered to start from. The JSON files are read by the Rust tests as well. */

import fast99 from './presets/fast-99.json' with { type: 'json' };
import codelab from './presets/codelab.json' with { type: 'json' };
import keras from './presets/keras.json' with { type: 'json' };
import leNet5 from './presets/lenet-5.json' with { type: 'json' };
import readsYourHand from './presets/reads-your-hand.json' with { type: 'json' };
import noConvolution from './presets/no-convolution.json' with { type: 'json' };
import singleConvolution from './presets/single-convolution.json' with { type: 'json' };

/** @typedef {{ id: string, name: string, sentence: string, spec: import('./spec.js').Spec }} Preset */

/** What presets leave out because it is the same for all: the whole of MNIST, unless another set is chosen, and no mistakes on purpose. */
const DATA = /** @type {const} */ ({ set: 'mnist', training_images: 55_000, wrong_labels: 0 });
const FAULTS = { forgotten_relu_mask: false, wrong_sign: false, gradient_to_ties: false };

/**
 * @param {any} preset as its file has it
 * @returns {Preset}
 */
function complete({ spec, ...preset }) {
  return { ...preset, spec: { data: DATA, ...spec, training: { faults: FAULTS, ...spec.training } } };
}

/** From the simplest to the largest, with the network that has no convolution for comparison. */
export const PRESETS = [singleConvolution, codelab, leNet5, keras, fast99, readsYourHand, noConvolution].map(complete);

export const DEFAULT_PRESET = /** @type {Preset} */ (PRESETS.find((preset) => preset.id === 'codelab'));
