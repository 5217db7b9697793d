/** Ten colours that can be distinguished, each as readable as text on a light or a dark page. */

/** @type {Record<import('./palette.js').Theme, readonly string[]>} */
export const CATEGORIES = {
  light: ['#1f6fb4', '#c9540a', '#2a8a3a', '#c22f3b', '#7a4fb5', '#7d5345', '#c43d94', '#5f6770', '#857800', '#0a828e'],
  dark: ['#6fb4f2', '#ff9a4d', '#63cf74', '#ff7b7f', '#bd9bf2', '#c79a8a', '#f28bd0', '#b4bcc5', '#d6c83f', '#45cfdc'],
};

/** @param {import('./palette.js').Theme} theme @param {number} category beyond ten, colours repeat */
export const categoryColour = (theme, category) => String(CATEGORIES[theme][category % CATEGORIES[theme].length]);
