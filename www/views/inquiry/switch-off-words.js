/** What becomes of the answer and of the accuracy when channels are switched off, in sentences. */

import { integer, percent, points, probability, shownDifference } from '../../lib/format.js';
import { nameWithin } from './name-within.js';

/** @typedef {import('../../model/data-sets.js').Classes} Classes */
/** @typedef {import('./switch-off.js').CostRow} CostRow */
/** @typedef {import('./switch-off.js').Costs} Costs */
/** @typedef {import('./switch-off.js').Offered} Offered */
/** @typedef {import('./switch-off.js').SwitchedOff} SwitchedOff */

/** More are counted, not listed. */
const MOST_LISTED = 3;
/** Of the images: what a network does not miss. */
const UNMISSED = 1 / 1000;

/**
 * @param {Offered} offered
 * @param {number} channel
 * @param {readonly string[] | null} classes of the last layer, whose units are their scores
 */
export const channelName = ({ word }, channel, classes) =>
  classes ? `score for ${classes[channel]}` : `${word} ${channel + 1}`;

/**
 * What is switched off: “maps 3 and 7 of ReLU 2”, “5 channels”.
 * @param {SwitchedOff['channels']} channels
 * @param {readonly Offered[]} offered
 */
export function offWords(channels, offered) {
  if (channels.length > MOST_LISTED) return `${integer(channels.length)} channels`;
  const layers = [...new Set(channels.map(({ layer }) => layer))];
  const parts = layers.flatMap((layer) => {
    const one = offered.find((candidate) => candidate.layer === layer);
    const numbers = channels.filter((channel) => channel.layer === layer).map(({ channel }) => String(channel + 1));
    return one ? [`${one.word}${numbers.length > 1 ? 's' : ''} ${listed(numbers)} of ${one.name}`] : [];
  });
  return listed(parts);
}

/**
 * The beginning of a sentence about a network that lacks these.
 * @param {readonly import('../../model/inquiry.js').Off[]} off
 * @param {readonly Offered[]} offered
 */
export function conditionWords(off, offered) {
  const isFrozen = off[0]?.to === 'mean';
  const channels = offWords(off, offered);
  return isFrozen ? `With ${channels} at the mean` : `Without ${channels}`;
}

/** @param {readonly string[]} parts */
const listed = (parts) =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${String(parts.at(-1))}`;

/** The likeliest class. @param {ArrayLike<number>} probabilities */
export function likeliest(probabilities) {
  let best = 0;
  for (let label = 1; label < probabilities.length; label++)
    if (Number(probabilities[label]) > Number(probabilities[best])) best = label;
  return { label: best, share: Number(probabilities[best]) };
}

/**
 * The answer with these channels off against that with all on.
 * @param {{ before: ArrayLike<number>, after: ArrayLike<number> | null, condition: string }} answer of `conditionWords`; `after` is null while nothing is off
 * @param {Classes} classes
 */
export function answerWords({ before, after, condition }, { articled }) {
  const whole = likeliest(before);
  const name = (/** @type {number} */ label) => String(articled[label]);
  if (!after) return `With all channels on it reads ${name(whole.label)}, with ${probability(whole.share)}.`;
  const now = likeliest(after);
  if (!Number.isFinite(now.share)) return `${condition} the network has no answer: its scores are not numbers.`;
  const [share, shareBefore] = [probability(now.share), probability(whole.share)];
  const than = share === shareBefore ? ', as before' : ` instead of ${shareBefore}`;
  if (now.label === whole.label) return `${condition} it still reads ${name(now.label)}, with ${share}${than}.`;
  return `${condition} it reads ${name(now.label)}, with ${share}. With all on it reads ${name(whole.label)}, with ${shareBefore}.`;
}

/**
 * @param {{ before: { correct: number, images: number }, after: { correct: number, images: number } | null, condition: string }} accuracy
 */
export function accuracyWords({ before, after, condition }) {
  const whole = before.correct / before.images;
  const ofAll = `of ${integer(before.images)} validation image${before.images === 1 ? '' : 's'}`;
  if (!after)
    return `With all channels on it classifies ${integer(before.correct)} ${ofAll} correctly: ${percent(whole)}.`;
  const share = after.correct / after.images;
  const now = `${condition} it classifies ${integer(after.correct)} ${ofAll} correctly`;
  if (after.correct === before.correct) return `${now}, as before: ${percent(share)}.`;
  if (percent(share) === percent(whole))
    return `${now} instead of ${integer(before.correct)}: ${percent(share)} either way.`;
  const change = signedPoints(shownDifference(share, whole));
  return `${now}: ${percent(share)} instead of ${percent(whole)}, ${change}.`;
}

/** @param {number} difference of two shares */
export const signedPoints = (difference) => `${difference > 0 ? '+' : ''}${points(difference)}`;

/**
 * The class that it matters most for.
 * @param {readonly { label: number, before: number, after: number }[]} changes the largest first
 * @param {Classes} classes
 */
export function classWords([most], classes) {
  const { kind } = classes;
  if (!most || most.after === most.before) return `No ${kind} gains or loses an image.`;
  return `The ${kind} that changes most is ${nameWithin(classes, most.label)}: from ${percent(most.before)} to ${percent(most.after)}.`;
}

/**
 * What the table of costs shows, in two sentences.
 * @param {readonly CostRow[]} rows the costliest first
 * @param {Costs} costs
 * @param {(channel: number) => string} nameOf
 * @param {Offered['word']} word
 */
export function costWords(rows, { correct, images }, nameOf, word) {
  const [most] = rows;
  if (!most) return '';
  if (most.lost <= 0) return `The network can do without any single ${word} here: no loss costs it an image.`;
  const unmissed = rows.filter(({ lost }) => lost < images * UNMISSED).length;
  const first = `Most depends on ${nameOf(most.channel)}: without it ${percent(most.correct / images)} instead of ${percent(correct / images)}.`;
  if (unmissed === 0) return `${first} Every ${word} costs at least ${points(UNMISSED)}.`;
  const some = `${integer(unmissed)} of ${integer(rows.length)} ${word}${rows.length === 1 ? '' : 's'}`;
  return `${first} ${some} ${unmissed === 1 ? 'costs' : 'cost'} less than ${points(UNMISSED)}.`;
}
