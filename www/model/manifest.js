/** The first part of a set of one's own, as text: its form, its sizes, how it is normalised, and the names of its classes. */

/** @typedef {import('./data-sets.js').OwnSet} OwnSet */

const FORM =
  /^convscope set 1\nimages (\d+) (\d+) (\d+)\nsplits (\d+) (\d+) (\d+)\nnormalization (\d+\.\d{4}) (\d+\.\d{4})\n((?:class [^\n]+\n)+)$/;

/** @param {string} manifest @param {string} title that it gets @returns {OwnSet} */
export function aboutIn(manifest, title) {
  const found = FORM.exec(manifest);
  if (!found) throw new SyntaxError('Expected the manifest of a set of images.');
  const [channels, rows, columns, training, validation, test, mean, deviation] = found.slice(1, 9).map(Number);
  const classes = String(found[9]).slice(0, -1).split('\n');
  return /** @type {OwnSet} */ ({
    ...{ title, classes: classes.map((line) => line.slice('class '.length)) },
    ...{ form: { channels, rows, columns }, sizes: { training, validation, test } },
    normalization: { mean, deviation },
  });
}

/** @param {OwnSet} about @returns {string} the same text again */
export function manifestOf({ classes, form, sizes, normalization }) {
  return [
    'convscope set 1',
    `images ${form.channels} ${form.rows} ${form.columns}`,
    `splits ${sizes.training} ${sizes.validation} ${sizes.test}`,
    `normalization ${normalization.mean.toFixed(4)} ${normalization.deviation.toFixed(4)}`,
    ...classes.map((name) => `class ${name}`),
    '',
  ].join('\n');
}
