/** What the centre of the page can show. */

/** @typedef {'network' | 'health' | 'digits'} Centre */

/**
 * @param {import('../data/classes.js').Classes} classes
 * @returns {{ id: Centre, name: string, title: string }[]}
 */
export const centres = ({ many, item }) => [
  { id: 'network', name: 'Network', title: 'Every layer, live (key 1)' },
  { id: 'health', name: 'Health', title: 'Gradients, histograms, dead units, symmetry (key 2)' },
  {
    id: 'digits',
    name: `${many.charAt(0).toUpperCase()}${many.slice(1)}`,
    title: `How the network sorts the test ${item}s (key 3)`,
  },
];

/** @param {Centre} centre @param {import('../data/classes.js').Classes} classes */
export const nameOfCentre = (centre, classes) => centres(classes).find(({ id }) => id === centre)?.name ?? '';
