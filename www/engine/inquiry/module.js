/**
 * Of the module, pkg/convscope_inquiry.js, what is used. Types only.
 *
 * What it refuses it throws as an Error with a `code`; an error without one is a trap, and the module must not be called
 * again. A job has a copy of the network: another one may be used meanwhile.
 *
 * @typedef {import('../../model/inquiry.js').Accuracy} Accuracy
 * @typedef {import('../../model/inquiry.js').ChannelCosts} ChannelCosts
 * @typedef {import('../../model/inquiry.js').ClassActivation} ClassActivation
 * @typedef {import('../../model/inquiry.js').Compared} Compared
 * @typedef {import('../../model/inquiry.js').Dreams} Dreams
 * @typedef {import('../../model/inquiry.js').Fooled} Fooled
 * @typedef {import('../../model/inquiry.js').Integrated} Integrated
 * @typedef {import('../../model/inquiry.js').Occlusion} Occlusion
 * @typedef {import('../../model/inquiry.js').Reading} Reading
 */

/** Passes of a block of images. @typedef {{ done: number, of: number }} Passes */

/** Channels that are off: three numbers each, the layer, the channel, and 0 for zero or 1 for its mean. @typedef {Uint32Array} Off */

/**
 * It takes memory of the module until it is freed. `advance` does at most so many passes.
 * @template Result
 * @typedef {{ advance(passes: number): Passes, result(): Result, free(): void }} Job
 */

/**
 * @typedef {{
 *   useNetwork(checkpoint: Uint8Array): void,
 *   useImages(pixels: Uint8Array, labels: Uint8Array): void,
 *   images(): number,
 *   measureMeans(passes: number): Passes,
 *   read(pixels: Uint8Array, off: Off): Reading,
 *   maps(pixels: Uint8Array, layer: number, off: Off): Float32Array,
 *   morph(from: Uint8Array, to: Uint8Array, points: number): Reading,
 *   dream(
 *     layer: number, channels: Uint32Array, seed: number, steps: number, rate: number, jitter: number, blur: number,
 *     decay: number, variation: number,
 *   ): Job<Dreams>,
 *   fool(
 *     pixels: Uint8Array, label: number, method: string, target: number, strength: number | undefined, most: number,
 *     steps: number,
 *   ): Job<Fooled>,
 *   compare(pixels: Uint8Array, attacked: Uint8Array, seed: number): (Omit<Compared, 'kind'> & { kind: string })[],
 *   robustness(
 *     strengths: Uint32Array, kinds: string[], images: number, steps: number, seed: number,
 *   ): Job<{ correct: Uint32Array, images: number }>,
 *   accuracy(off: Off): Job<Accuracy>,
 *   channelCosts(layer: number, to: number, off: Off): Job<ChannelCosts>,
 *   occlusion(pixels: Uint8Array, label: number, size: number, stride: number, fill: number): Job<Occlusion>,
 *   classActivation(pixels: Uint8Array, label: number, layer: number): ClassActivation,
 *   integrated(pixels: Uint8Array, label: number, baseline: string, points: number): Job<Integrated>,
 *   inputGradient(pixels: Uint8Array, label: number): Float32Array,
 *   free(): void,
 * }} Network
 */

export {};
