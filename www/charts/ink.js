/** Colours and type of the page for what is drawn by hand on a canvas. */

import { typeScale } from '../lib/looks.svelte.js';

/** @param {Element} element whose theme @param {string} name of a colour in style.css, without dashes */
export const colourOf = (element, name) => getComputedStyle(element).getPropertyValue(`--${name}`).trim();

/** As `--size-small` of the page: nothing is written smaller, on a canvas either. @param {number} [ratio] of a canvas in device pixels */
export const smallFont = (ratio = 1) =>
  `${11 * ratio * typeScale()}px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif`;
