/** Measures for which a trained network is asked: what fools it, what it cannot do without, what it dreams of. */

import { READABLE } from '../../model/inquiry.js';
import { ATTACKED, NOISY, PLOTTED_IMAGES, RANKS, STRENGTHS, WITHOUT } from '../../experiments/plots.js';

/** @typedef {import('../../../pkg/convscope_inquiry.js').Inquiry} Inquiry */
/** @typedef {import('../../experiments/measures.js').Measure} Measure */
/** @typedef {import('../../model/spec.js').Summary} Summary */
/** @typedef {import('../session.js').Session} Session */
/** @typedef {Partial<Record<Measure, number>>} Values */

/** A network, and the data that it was trained on. @typedef {{ inquiry: Inquiry, session: Session, summary: Summary }} Asked */
/** @template Result @typedef {{ advance: (passes: number) => { done: number, of: number }, result: () => Result, free: () => void }} Job */

/** All that is random in noise or a dream follows from it. */
const SEED = 1;
/** Passes of a job at a time: nobody watches it. */
const PASSES = 1_000;

/** Measures that are answered together. @type {{ measures: readonly Measure[], answer: (asked: Asked) => Values }[]} */
const QUESTIONS = [
  { measures: [...ATTACKED, ...NOISY], answer: robustness },
  { measures: [...WITHOUT, 'lostWithoutFirst', 'lostWithoutMiddle'], answer: filterCosts },
  { measures: ['dreamLikeness', 'dreamExcess'], answer: dreamMeasures },
];

/** @param {readonly Measure[]} measures */
const questionsFor = (measures) =>
  QUESTIONS.filter((question) => question.measures.some((measure) => measures.includes(measure)));

/** All of these measures. */
export const ASKED = QUESTIONS.flatMap(({ measures }) => measures);

/** Whether the module that answers is needed. @param {import('../../experiments/reports.js').Wanted} wanted */
export const asks = ({ measures, picture }) => picture === 'dreams' || questionsFor(measures).length > 0;

/** @param {Asked} asked @param {readonly Measure[]} measures @returns {Values} */
export function answersTo(asked, measures) {
  const { pixels, labels } = testImages(asked.session, PLOTTED_IMAGES);
  asked.inquiry.useImages(pixels, labels);
  return Object.assign({}, ...questionsFor(measures).map(({ answer }) => answer(asked)));
}

/** A dream of each class: bytes, and scores. @param {Pick<Asked, 'inquiry' | 'summary'>} asked */
export function dreamsOf({ inquiry, summary: { classes, layers } }) {
  const { steps, rate, jitter, blur, decay, variation } = READABLE;
  const channels = Uint32Array.from({ length: classes }, (_, at) => at);
  return resultOf(inquiry.dream(layers.length - 1, channels, SEED, steps, rate, jitter, blur, decay, variation));
}

/** @param {Asked} asked @returns {Values} */
function robustness({ inquiry }) {
  const kinds = ['sign', 'noise'];
  const job = inquiry.robustness(Uint32Array.from(STRENGTHS), kinds, PLOTTED_IMAGES, 1, SEED);
  const { correct, images } = resultOf(job);
  return Object.fromEntries([...ATTACKED, ...NOISY].map((measure, at) => [measure, Number(correct[at]) / images]));
}

/** @param {Asked} asked @returns {Values} */
function filterCosts({ inquiry, summary }) {
  const first = summary.layers.findIndex(({ parameters }) => parameters > 0);
  const { correct, correctWithout, images } = resultOf(inquiry.channelCosts(first, 0, new Uint32Array()));
  const ranked = correctWithout.toSorted();
  const lost = (/** @type {number} */ at) => (correct - Number(ranked[at])) / images;
  return {
    ...Object.fromEntries(WITHOUT.map((measure, at) => [measure, Number(ranked[Number(RANKS[at]) - 1]) / images])),
    lostWithoutFirst: lost(0),
    lostWithoutMiddle: lost(ranked.length >> 1),
  };
}

/** @param {Asked} asked @returns {Values} */
function dreamMeasures(asked) {
  const { inquiry, session, summary } = asked;
  const { pixels, labels } = testImages(session, PLOTTED_IMAGES);
  const dreams = dreamsOf(asked);
  const size = dreams.pixels.length / summary.classes;
  const { logits } = inquiry.read(pixels, new Uint32Array());
  const classes = Array.from({ length: summary.classes }, (_, digit) => {
    const own = [...labels.keys()].filter((image) => labels[image] === digit);
    const dream = dreams.pixels.subarray(digit * size, (digit + 1) * size);
    return {
      likeness: correlation(dream, meanImage(pixels, size, own)),
      best: Math.max(...own.map((image) => Number(logits[image * summary.classes + digit]))),
      score: Number(dreams.values[digit]),
    };
  });
  return {
    dreamLikeness: mean(classes.map(({ likeness }) => likeness)),
    dreamExcess: mean(classes.map(({ score, best }) => score - best)),
  };
}

/** The first so many. @param {Session} session @param {number} count */
function testImages(session, count) {
  const [, ready = 0] = session.imagesReady();
  const indices = Array.from({ length: Math.min(count, ready) }, (_, index) => index);
  const images = indices.map((index) => session.image('test', index));
  const size = images[0]?.length ?? 0;
  const pixels = new Uint8Array(images.length * size);
  images.forEach((image, index) => pixels.set(image, index * size));
  return { pixels, labels: Uint8Array.from(indices, (index) => session.label('test', index)) };
}

/** @param {Uint8Array} pixels of all images @param {number} size of one @param {number[]} images */
function meanImage(pixels, size, images) {
  const sum = new Float64Array(size);
  for (const image of images) sum.forEach((_, at) => (sum[at] += Number(pixels[image * size + at])));
  return sum.map((value) => value / images.length);
}

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
function correlation(a, b) {
  const [x, y] = [a, b].map((values) => {
    const middle = mean(values);
    return Array.from(values, (value) => value - middle);
  });
  const product = (/** @type {number[]} */ p, /** @type {number[]} */ q) =>
    p.reduce((sum, value, at) => sum + value * Number(q[at]), 0);
  return x && y ? product(x, y) / Math.sqrt(product(x, x) * product(y, y) || 1) : 0;
}

/** @param {ArrayLike<number>} values */
const mean = (values) => Array.from(values).reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);

/** @template Result @param {Job<Result>} job @returns {Result} */
function resultOf(job) {
  try {
    for (let { done, of } = job.advance(PASSES); done < of; { done, of } = job.advance(PASSES));
    return job.result();
  } finally {
    job.free();
  }
}
