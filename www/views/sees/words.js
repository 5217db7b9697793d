/** What is said of each step from a drawing to the image for the network. */

/** @typedef {import('../../state/sight.svelte.js').Step} Step */

/** @type {Record<Step, { name: string, says: string }>} */
export const STEPS = {
  box: { name: 'Bounding box', says: 'The box around the ink moves to the middle.' },
  size: { name: '20 × 20 pixels', says: 'The ink is scaled until its longer side is 20 pixels. Its shape stays.' },
  centre: { name: 'Centre of mass', says: 'The ink moves until its centre of mass is in the middle.' },
  grey: { name: 'Grey edges', says: 'A pixel is as dark as the share of it that is ink.' },
};
