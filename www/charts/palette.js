/**
 * Colours for numbers. Two scales, each for a light and a dark page: `diverging` for numbers with a
 * sign, zero always in the middle and in the colour of the page, blue below and orange above (distinct
 * for every kind of colour vision); `ink` for shares from 0 to 1, as paper and ink.
 */

/** @typedef {'light' | 'dark'} Theme */
/** @typedef {{ colours: Uint32Array, stops: readonly string[] }} Palette colours from lowest to highest */
/** What a number is: one with a sign, a share of ink, or how much of a colour a pixel has. @typedef {'diverging' | 'ink' | Primary} Scale */
/** @typedef {'red' | 'green' | 'blue'} Primary */

const DIVERGING = {
  light: ['#0a3470', '#1c5ca6', '#4d90cc', '#a3cae8', '#ffffff', '#f9c890', '#e88f33', '#bf5c09', '#7d3503'],
  dark: ['#b5e0ff', '#6cb9f6', '#3b92dc', '#22598d', '#14171b', '#85501f', '#d17a22', '#f7a34a', '#ffdcaa'],
};
const INK = {
  light: ['#ffffff', '#15181d'],
  dark: ['#0c0e11', '#f3f5f7'],
};

/** An odd number, so that zero has a colour of its own. */
const COLOURS = 511;

/** @type {Record<Theme, Palette>} */
export const diverging = { light: palette(DIVERGING.light), dark: palette(DIVERGING.dark) };
/** @type {Record<Theme, Palette>} */
export const ink = { light: palette(INK.light), dark: palette(INK.dark) };
/** From black, in which there is none of it. @type {Record<Primary, Palette>} */
const PRIMARIES = {
  red: palette(['#000000', '#ff4a3d']),
  green: palette(['#000000', '#3fd35f']),
  blue: palette(['#000000', '#4f97ff']),
};

/** @param {Scale} scale @param {Theme} theme */
export const paletteOf = (scale, theme) =>
  scale === 'diverging' ? diverging[theme] : scale === 'ink' ? ink[theme] : PRIMARIES[scale];

/** The scale of each channel of an image; of three they are the channels' names. @param {number} channels @returns {Scale[]} */
export const scalesOf = (channels) => (channels === 3 ? ['red', 'green', 'blue'] : ['ink']);

/** Nothing where there is only one. @param {number} channel @param {number} channels */
export const channelName = (channel, channels) => (channels === 3 ? String(scalesOf(3)[channel]) : '');

/**
 * The place of `value` in the colours of a diverging palette that reaches from −limit to limit.
 * @param {number} value
 * @param {number} limit above 0
 */
export function divergingIndex(value, limit) {
  const middle = (COLOURS - 1) / 2;
  const share = Math.min(Math.max(value / limit, -1), 1);
  return Math.round(middle + middle * (Number.isNaN(share) ? 0 : share));
}

/**
 * @param {number} share from 0 to 1
 */
export function inkIndex(share) {
  return Math.round((COLOURS - 1) * Math.min(Math.max(share, 0), 1));
}

/**
 * @param {Palette} palette
 * @returns {string} a CSS gradient from left to right
 */
export const gradient = ({ stops }) => `linear-gradient(to right, ${stops.join(', ')})`;

/**
 * @param {readonly string[]} stops evenly spaced
 * @returns {Palette} with colours as ImageData holds them: red in the lowest byte
 */
function palette(stops) {
  const colours = Uint32Array.from({ length: COLOURS }, (_, index) => {
    const position = (index / (COLOURS - 1)) * (stops.length - 1);
    const below = Math.min(Math.floor(position), stops.length - 2);
    return mixed(String(stops[below]), String(stops[below + 1]), position - below);
  });
  return { colours, stops };
}

/**
 * @param {string} from as #rrggbb
 * @param {string} to
 * @param {number} share of `to`
 */
function mixed(from, to, share) {
  const channel = (/** @type {number} */ at) => {
    const [a, b] = [from, to].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16));
    return Math.round(Number(a) * (1 - share) + Number(b) * share);
  };
  return ((255 << 24) | (channel(5) << 16) | (channel(3) << 8) | channel(1)) >>> 0;
}
