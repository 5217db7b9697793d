/** Examples as a pair of IDX files, the form of MNIST's own. */

/** Unsigned bytes, in three dimensions or one. */
const MAGIC = { images: 0x0803, labels: 0x0801 };

/**
 * @param {readonly { pixels: Uint8Array }[]} examples of one channel
 * @param {{ rows: number, columns: number }} form
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function idxImages(examples, { rows, columns }) {
  const size = rows * columns;
  const bytes = header([MAGIC.images, examples.length, rows, columns], examples.length * size);
  examples.forEach(({ pixels }, index) => bytes.set(pixels, 16 + index * size));
  return bytes;
}

/** @param {readonly { label: number }[]} examples @returns {Uint8Array<ArrayBuffer>} */
export function idxLabels(examples) {
  const bytes = header([MAGIC.labels, examples.length], examples.length);
  examples.forEach(({ label }, index) => (bytes[8 + index] = label));
  return bytes;
}

/** @param {number[]} words big-endian @param {number} length of what follows */
function header(words, length) {
  const bytes = new Uint8Array(4 * words.length + length);
  const view = new DataView(bytes.buffer);
  words.forEach((word, index) => view.setUint32(4 * index, word));
  return bytes;
}
