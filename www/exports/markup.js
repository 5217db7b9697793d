/** HTML and SVG as text: everything that is put in is escaped, unless it is markup itself. */

/** Not allowed in XML, escaped or not. */
// eslint-disable-next-line no-control-regex -- They are what must not be in a file.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]|\p{Cs}/gu;
/** @type {Record<string, string>} */
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** @typedef {string | number | Markup | null | undefined | false} Leaf */
/** @typedef {Leaf | readonly (Leaf | readonly Leaf[])[]} Part */

export class Markup {
  /** @param {string} text that is safe as it is */
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

/**
 * A template of markup. Lists are joined; what is null, undefined or false is left out.
 * @param {TemplateStringsArray} pieces
 * @param {Part[]} parts
 */
export function markup(pieces, ...parts) {
  return new Markup(pieces.reduce((text, piece, index) => `${text}${written(parts[index - 1])}${piece}`));
}

/** @param {Part} part @returns {string} */
function written(part) {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(written).join('');
  return escaped(String(part));
}

/** @param {string} text for content and for values of attributes in quotes */
export const escaped = (text) =>
  text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
