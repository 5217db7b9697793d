/** The colours of one number in a table, the same as in a picture. */

import { diverging, divergingIndex } from '../../charts/palette.js';

/** @typedef {import('../../charts/palette.js').Theme} Theme */

/**
 * @param {number} value
 * @param {number} limit of the scale
 * @param {Theme} theme
 * @returns {string} a CSS declaration
 */
export function cellStyle(value, limit, theme) {
  const colour = Number(diverging[theme].colours[divergingIndex(value, limit)]);
  const [red, green, blue] = [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];
  return `background:rgb(${red} ${green} ${blue});color:${luminance(red, green, blue) > 0.179 ? '#000' : '#fff'}`;
}

/** Relative luminance, as WCAG defines it: at 0.179 black and white stand out equally well. @param {number[]} rgb 0 to 255 */
function luminance(...rgb) {
  const [red = 0, green = 0, blue = 0] = rgb.map((part) =>
    part <= 10 ? part / 3294 : ((part / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Two digits after the point, as short as possible: −.31, 1.20. @param {number} value */
export function brief(value) {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size < 10 ? value.toFixed(2) : value.toPrecision(2 + Number(size >= 100));
  return Number(text) === 0 ? '.00' : text.replace(/^(-?)0\./, '$1.').replace('-', '−');
}
