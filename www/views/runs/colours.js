/** Colours of the runs that are laid over the current one, told apart by dashes too. */

const COLOURS = {
  light: ['#8746c4', '#b8480a', '#2563a8', '#ad2a76', '#66780a', '#866014'],
  dark: ['#c79bf2', '#f59e43', '#7db8f5', '#f08fc0', '#c3d35a', '#e0bd74'],
};
const DASHES = [
  [6, 3],
  [2, 2],
  [8, 2, 2, 2],
  [4, 4],
];

/**
 * @param {number} number of the run
 * @param {import('../../charts/palette.js').Theme} theme
 */
export const runColour = (number, theme) => String(COLOURS[theme][(number - 1) % COLOURS[theme].length]);

/** @param {number} number of the run */
export const runDash = (number) => DASHES[(number - 1) % DASHES.length] ?? [];

/** @param {number} bytes */
export function megabytes(bytes) {
  const mega = bytes / 1e6;
  return `${mega >= 10 || mega === 0 ? Math.round(mega) : mega.toFixed(1)}\u00a0MB`;
}
