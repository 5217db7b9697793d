/** What the centre of the page can show. */

/** @typedef {'network' | 'health' | 'digits'} Centre */

/** @type {readonly { id: Centre, name: string, title: string }[]} */
export const CENTRES = [
  { id: 'network', name: 'Network', title: 'Every layer, live (key 1)' },
  { id: 'health', name: 'Health', title: 'Gradients, histograms, dead units, symmetry (key 2)' },
  { id: 'digits', name: 'Digits', title: 'How the network sorts the test digits (key 3)' },
];

/** @param {Centre} centre */
export const nameOfCentre = (centre) => CENTRES.find(({ id }) => id === centre)?.name ?? '';
