/** Why a link or a receipt cannot be read, or an experiment cannot be written into one: one sentence, for people. */
export class Unreadable extends Error {}

/** Text from a link as a message quotes it: short, and without invisible characters. @param {string} text */
export function quoted(text) {
  const plain = text.replaceAll(/[^\x20-\x7e\u00a0-\u024f]/g, '·');
  return `“${plain.length > 24 ? `${plain.slice(0, 24)}…` : plain}”`;
}
