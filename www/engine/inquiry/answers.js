/** How each question is put to the module: a row a question. What cannot be answered, the module throws. */

/** @typedef {import('../../model/inquiry.js').Off} Off */
/** @typedef {import('../../model/inquiry.js').Questions} Questions */
/** @typedef {import('./module.js').Network} Network */

/**
 * How long work is done. `finish` does a job in slices; of one that `reports`, what is known so far goes to the page.
 * @typedef {{
 *   finish<Result, Answer>(job: import('./module.js').Job<Result>, toAnswer: (result: Result) => Answer, reports: boolean): Promise<Answer>,
 *   repeat(advance: () => import('./module.js').Passes): Promise<void>,
 * }} Work
 */

/**
 * @type {{ [Name in keyof Questions]: (
 *   network: Network, ask: Questions[Name]['ask'], work: Work,
 * ) => Questions[Name]['answer'] | Promise<Questions[Name]['answer']> }}
 */
export const ANSWERS = {
  read: async (network, { pixels, off }, work) => network.read(pixels, await switched(network, off, work)),
  maps: async (network, { pixels, layer, off }, work) =>
    network.maps(pixels, layer, await switched(network, off, work)),
  dream(network, { layer, channels, seed, steps, rate, jitter, blur, decay, variation }, work) {
    const wanted = Uint32Array.from(channels);
    return work.finish(network.dream(layer, wanted, seed, steps, rate, jitter, blur, decay, variation), same, true);
  },
  fool: (network, { pixels, label, method, target, strength, most, steps }, work) =>
    work.finish(network.fool(pixels, label, method, target, strength ?? undefined, most, steps), same, false),
  compare: (network, { pixels, attacked, seed }) =>
    /** @type {Questions['compare']['answer']} */ (network.compare(pixels, attacked, seed)),
  robustness(network, { strengths, kinds, images, steps, seed }, work) {
    const job = network.robustness(Uint32Array.from(strengths), kinds, images, steps, seed);
    return work.finish(job, (result) => accuraciesOf(result, kinds, strengths.length), true);
  },
  accuracy: async (network, { off }, work) =>
    work.finish(network.accuracy(await switched(network, off, work)), same, true),
  async channelCosts(network, { layer, to, off }, work) {
    const others = await switched(network, to === 'mean' ? [...off, { layer, channel: 0, to }] : off, work);
    return work.finish(network.channelCosts(layer, TO[to], others.subarray(0, 3 * off.length)), same, true);
  },
  morph: (network, { from, to, points }) => network.morph(from, to, points),
  occlusion: (network, { pixels, class: label, size, stride, fill }, work) =>
    work.finish(network.occlusion(pixels, label, size, stride, fill), same, true),
  classActivation: (network, { pixels, class: label, layer }) => network.classActivation(pixels, label, layer),
  integrated: (network, { pixels, class: label, baseline, points }, work) =>
    work.finish(network.integrated(pixels, label, baseline, points), same, false),
  inputGradient: (network, { pixels, class: label }) => ({ map: network.inputGradient(pixels, label) }),
};

/** As the module counts them. */
const TO = { zero: 0, mean: 1 };

/** @template T @param {T} result */
const same = (result) => result;

/** What is off, as the module takes it. The means have been measured where they are needed. @param {Network} network @param {Off[]} off @param {Work} work */
async function switched(network, off, work) {
  if (off.some(({ to }) => to === 'mean')) await work.repeat(() => network.measureMeans(1));
  return Uint32Array.from(off.flatMap(({ layer, channel, to }) => [layer, channel, TO[to]]));
}

/**
 * @param {{ correct: Uint32Array, images: number }} result [kind][strength]
 * @param {Questions['robustness']['ask']['kinds']} kinds
 * @param {number} strengths
 * @returns {Questions['robustness']['answer']}
 */
function accuraciesOf({ correct, images }, kinds, strengths) {
  const shares = kinds.map((kind, at) => {
    const counts = correct.subarray(at * strengths, (at + 1) * strengths);
    return [kind, Float32Array.from(counts, (count) => count / Math.max(1, images))];
  });
  return { accuracies: Object.fromEntries(shares), images };
}
