/** Colours of the page for what is drawn by hand on a canvas. */

/** @param {Element} element whose theme @param {string} name of a colour in style.css, without dashes */
export const colourOf = (element, name) => getComputedStyle(element).getPropertyValue(`--${name}`).trim();

/** As `--size-small` of the page: nothing is written smaller, on a canvas either. */
export const SMALL_FONT = '11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
