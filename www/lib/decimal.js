/** Reads numbers as people type them, with a point or a comma. */

/** What is typed with a comma that may separate decimals or thousands has two meanings. @typedef {{ value: number, meanings: [number, number] | null }} Typed */

const BODY = /^([+-]?)([\d.,]*\d[.,]?)(e[+-]?\d+)?$/i;
const COMMA_GROUPS = /^[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/;
const POINT_GROUPS = /^[1-9]\d{0,2}(\.\d{3}){2,}(,\d*)?$|^[1-9]\d{0,2}\.\d{3},\d*$/;
const SPACED_GROUPS = /(?<=\d)[\s'’](?=\d{3}(?!\d))/g;

/**
 * A single point is a decimal point, as everywhere on the page. A single comma is one too, unless three digits follow
 * it: “1,234” has two meanings, and its value is NaN. What is not a number is NaN without meanings.
 * @param {string} text
 * @param {boolean} [whole] only whole numbers are asked for, so that a comma before three digits separates thousands
 * @returns {Typed}
 */
export function readDecimal(text, whole = false) {
  const plain = text.normalize('NFKC').trim().replace('−', '-').replace(SPACED_GROUPS, '');
  const [, sign = '', body = '', exponent = ''] = BODY.exec(plain) ?? [];
  const read = (/** @type {string} */ digits) => (digits === '' ? NaN : Number(`${sign}${digits}${exponent}`));
  const grouped = COMMA_GROUPS.test(body) ? read(body.replaceAll(',', '')) : NaN;
  const [, ...commas] = body.split(',');
  const isAmbiguous = commas.length === 1 && !body.includes('.') && !Number.isNaN(grouped) && !whole;
  if (isAmbiguous) return { value: NaN, meanings: [grouped, read(body.replace(',', '.'))] };
  if (!Number.isNaN(grouped)) return { value: grouped, meanings: null };
  if (POINT_GROUPS.test(body)) return { value: read(body.replaceAll('.', '').replace(',', '.')), meanings: null };
  return { value: read(body.includes('.') ? body : body.replace(',', '.')), meanings: null };
}
