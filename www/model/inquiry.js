/** What a network is asked under "Ask", and what it answers: types, and what is true of them without a page. */

/** Images of the validation split that are kept for questions about accuracy. */
export const KEPT_IMAGES = 2_000;

/** An attack and what it is compared with, each with the same size of change. */
export const KINDS = /** @type {const} */ (['attack', 'noise', 'blur', 'rotation', 'occlusion']);
/** @typedef {typeof KINDS[number]} Kind */

/** Changes that accuracies are measured under: two attacks, and others as large as the first of them. */
export const CURVES = /** @type {const} */ (['sign', 'iterated', 'noise', 'blur', 'rotation', 'occlusion']);
/** @typedef {typeof CURVES[number]} Curve */

/** How an attack goes about it: one step by the gradient's sign, many small ones, or towards a class. */
export const METHODS = /** @type {const} */ (['sign', 'iterated', 'targeted']);
/** @typedef {typeof METHODS[number]} Method */

/** A channel of a layer that outputs 0, or its mean over the kept images, in one pass only. @typedef {{ layer: number, channel: number, to: 'zero' | 'mean' }} Off */

/** Of several images, one after the other. @typedef {{ logits: Float32Array, probabilities: Float32Array }} Reading */

/**
 * What to dream of, an image for each of `channels` of a layer, and how: `rate` is how far a step goes, `jitter` by how
 * many pixels the image is shifted before it, `blur` the deviation of the blur after it in pixels, less and less of it;
 * `decay` is the share of the way back to grey that each step takes, and `variation` what differences between neighbours cost.
 * @typedef {{
 *   layer: number, channels: number[], seed: number, steps: number, rate: number, jitter: number, blur: number,
 *   decay: number, variation: number,
 * }} DreamAsk
 */

/** An image for each channel, and the mean of the channel's map for it. @typedef {{ pixels: Uint8Array, values: Float32Array }} Dreams */

/**
 * `strength` is the largest change of a pixel, in grey levels; null: the smallest that turns the answer, up to `most`.
 * `target` is used by the targeted method alone, `steps` by all but `sign`.
 * @typedef {{
 *   pixels: Uint8Array, label: number, method: Method, target: number, strength: number | null, most: number, steps: number,
 * }} FoolAsk
 */

/** @typedef {{ strength: number, turned: boolean, pixels: Uint8Array, probabilities: Float32Array }} Fooled */

/** `size` is the Euclidean norm of the change, in grey levels. @typedef {{ kind: Kind, pixels: Uint8Array, probabilities: Float32Array, size: number }} Compared */

/** Of the images seen so far. @typedef {{ correct: number, images: number, correctPerClass: Uint32Array, imagesPerClass: Uint32Array }} Accuracy */

/** Of the images seen so far: how many are classified correctly, and how many without each channel. @typedef {{ correct: number, images: number, correctWithout: Uint32Array }} ChannelCosts */

/** Of the images seen so far: accuracies at each strength, of each curve that was asked for. @typedef {{ accuracies: Partial<Record<Curve, Float32Array>>, images: number }} Robustness */

/**
 * A number for each pixel, [row][column]: what the class's probability loses where a patch covers it, as far as patches have been
 * tried; `score` is the probability with nothing covered.
 * @typedef {{ map: Float32Array, score: number }} Occlusion
 */

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
 *   compare: { ask: { pixels: Uint8Array, attacked: Uint8Array, seed: number }, answer: Compared[], progress: {} },
 *   robustness: {
 *     ask: { strengths: number[], kinds: Curve[], images: number, steps: number, seed: number },
 *     answer: Robustness, progress: Robustness,
 *   },
 *   accuracy: { ask: { off: Off[] }, answer: Accuracy, progress: Accuracy },
 *   channelCosts: {
 *     ask: { layer: number, to: 'zero' | 'mean', off: Off[] }, answer: ChannelCosts, progress: ChannelCosts,
 *   },
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

/**
 * Whether a question is about the images that are kept; a channel's mean is one over them.
 * @param {Question} name
 * @param {{ off?: Off[], [more: string]: unknown }} ask
 */
export const isAboutImages = (name, { off = [] }) => ABOUT_IMAGES.has(name) || off.some(({ to }) => to === 'mean');

/** @type {ReadonlySet<Question>} */
const ABOUT_IMAGES = new Set(/** @type {const} */ (['robustness', 'accuracy', 'channelCosts']));

/**
 * What a report of progress brings, beside how far it is.
 * @template {Question} Name
 * @typedef {Questions[Name]['progress'] & { done: number, of: number }} Progress
 */
