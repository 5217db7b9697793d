/** What a network is asked under "Ask", and what it answers: types, and what is true of them without a page. */

/** Images of the validation split that are kept for questions about accuracy. */
export const KEPT_IMAGES = 2_000;

/** What an attack is compared with, each with the same size of change. */
export const KINDS = /** @type {const} */ (['attack', 'noise', 'blur', 'rotation', 'occlusion']);
/** @typedef {typeof KINDS[number]} Kind */

/** How an attack goes about it: one step by the gradient's sign, many small ones, or towards a class. */
export const METHODS = /** @type {const} */ (['sign', 'iterated', 'targeted']);
/** @typedef {typeof METHODS[number]} Method */

/** A channel of a layer that outputs 0, or its mean, in one pass only. @typedef {{ layer: number, channel: number, to: 'zero' | 'mean' }} Off */

/** Of several images, one after the other. @typedef {{ logits: Float32Array, probabilities: Float32Array }} Reading */

/**
 * What to dream of, an image for each of `channels` of a layer, and how: `rate` is how far a step goes, `jitter` by how
 * many pixels the image is shifted before it, `blur` the deviation of the blur after it in pixels; `decay` and `variation`
 * are what large pixels and differences between neighbours cost.
 * @typedef {{
 *   layer: number, channels: number[], seed: number, steps: number, rate: number, jitter: number, blur: number,
 *   decay: number, variation: number,
 * }} DreamAsk
 */

/** An image for each channel, and how much each channel is activated by its own. @typedef {{ pixels: Uint8Array, values: Float32Array }} Dreams */

/**
 * `strength` is the largest change of a pixel, in grey levels; null: the smallest that turns the answer, up to `most`.
 * `target` is used by the targeted method alone.
 * @typedef {{
 *   pixels: Uint8Array, label: number, method: Method, target: number, strength: number | null, most: number, steps: number,
 * }} FoolAsk
 */

/** @typedef {{ strength: number, turned: boolean, pixels: Uint8Array, probabilities: Float32Array }} Fooled */

/** `size` is the Euclidean norm of the change, in grey levels. @typedef {{ kind: Kind, pixels: Uint8Array, probabilities: Float32Array, size: number }} Compared */

/** @typedef {{ correct: number, images: number, perClass: { correct: Uint32Array, images: Uint32Array } }} Accuracy */

/** `correct` with all channels on; `correctWithout` each of those measured so far. @typedef {{ correct: number, images: number, correctWithout: Uint32Array }} ChannelCosts */

/** Accuracies at each strength, of each kind that was asked for. @typedef {Partial<Record<Kind, Float32Array>>} Robustness */

/** A number for each pixel: by how much the class's probability falls where a patch covers it. @typedef {{ map: Float32Array, score: number }} Occlusion */

/** A number for each place of a convolution's maps; `weights` are those of its channels. @typedef {{ map: Float32Array, rows: number, columns: number, weights: Float32Array }} ClassActivation */

/** A number for each value of the image, in its order; `difference` is what `sum` should be. @typedef {{ map: Float32Array, sum: number, difference: number }} Integrated */

/**
 * Each question, with what is asked and answered, and with what a report of its progress brings. Images are the bytes of
 * the data set, channel by channel, row by row; `layer` counts `spec.layers`.
 * @typedef {{
 *   read: { ask: { pixels: Uint8Array, off: Off[] }, answer: Reading, progress: {} },
 *   maps: { ask: { pixels: Uint8Array, layer: number, off: Off[] }, answer: Float32Array, progress: {} },
 *   dream: { ask: DreamAsk, answer: Dreams, progress: Dreams },
 *   fool: { ask: FoolAsk, answer: Fooled, progress: {} },
 *   compare: {
 *     ask: { pixels: Uint8Array, label: number, method: Method, target: number, strength: number, seed: number },
 *     answer: Compared[], progress: {},
 *   },
 *   robustness: { ask: { strengths: number[], kinds: Kind[] }, answer: Robustness, progress: {} },
 *   accuracy: { ask: { off: Off[] }, answer: Accuracy, progress: {} },
 *   channelCosts: { ask: { layer: number, to: 'zero' | 'mean' }, answer: ChannelCosts, progress: ChannelCosts },
 *   morph: { ask: { from: Uint8Array, to: Uint8Array, points: number }, answer: Reading, progress: {} },
 *   occlusion: {
 *     ask: { pixels: Uint8Array, class: number, size: number, stride: number, fill: number },
 *     answer: Occlusion, progress: Occlusion,
 *   },
 *   classActivation: { ask: { pixels: Uint8Array, class: number, layer: number }, answer: ClassActivation, progress: {} },
 *   integrated: {
 *     ask: { pixels: Uint8Array, class: number, baseline: 'black' | 'mean', points: number },
 *     answer: Integrated, progress: {},
 *   },
 *   inputGradient: { ask: { pixels: Uint8Array, class: number }, answer: { map: Float32Array }, progress: {} },
 * }} Questions
 */

/** @typedef {keyof Questions} Question */

/** Questions about the images that are kept. @type {ReadonlySet<Question>} */
export const ABOUT_IMAGES = new Set(/** @type {const} */ (['robustness', 'accuracy', 'channelCosts']));

/**
 * What a report of progress brings, beside how far it is.
 * @template {Question} Name
 * @typedef {Questions[Name]['progress'] & { done: number, of: number }} Progress
 */
