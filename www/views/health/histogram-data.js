/** Histograms of a layer over time, brought onto one axis so that they can be compared. */

/** @typedef {import('../../model/reports.js').Histogram} Histogram */
/** @typedef {import('../../model/reports.js').Histograms} Histograms */
/** @typedef {'weights' | 'activations' | 'gradients'} Kind */
/** @typedef {{ step: number, histogram: Histogram }} Moment */

/** Rows of a strip: as many as the histograms have bins. */
export const ROWS = 64;

/**
 * @param {readonly Histograms[]} all
 * @param {number} layer
 * @param {Kind} kind
 * @returns {Moment[]} those there are
 */
export function momentsOf(all, layer, kind) {
  return all.flatMap(({ step, layers }) => {
    const histogram = layers.find((entry) => entry.layer === layer)?.[kind];
    return histogram ? [{ step, histogram }] : [];
  });
}

/** The largest size of a value among them. @param {readonly Moment[]} moments */
export function reachOf(moments) {
  return moments.reduce((reach, { histogram: { least, most } }) => Math.max(reach, -least, most), 0);
}

/** Whether nothing is below 0, so that half of an axis around 0 would be empty. @param {readonly Moment[]} moments */
export const isOneSided = (moments) => moments.every(({ histogram }) => histogram.least >= 0);

/**
 * The values' shares in rows from `lowest` to `highest`, the highest first. What is exactly 0 is left out, and
 * is shown on its own: after a ReLU it would outshine all else. A bin that spans rows is divided among them.
 * @param {Histogram} histogram
 * @param {number} lowest
 * @param {number} highest
 * @returns {Float32Array}
 */
export function rowsOf({ least, most, counts, zeros }, lowest, highest) {
  const rows = new Float32Array(ROWS);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0 || highest <= lowest) return rows;
  const width = (most - least) / counts.length;
  const zeroBin = width > 0 ? Math.min(counts.length - 1, Math.floor(-least / width)) : 0;
  const perRow = (highest - lowest) / ROWS;
  counts.forEach((count, bin) => {
    const share = (bin === zeroBin ? Math.max(0, count - zeros) : count) / total;
    if (share > 0)
      spread(rows, share, (least + bin * width - lowest) / perRow, (least + (bin + 1) * width - lowest) / perRow);
  });
  return rows.reverse();
}

/**
 * Adds a share to the rows from `from` to `to`, evenly.
 * @param {Float32Array} rows the lowest first
 * @param {number} share
 * @param {number} from
 * @param {number} to
 */
function spread(rows, share, from, to) {
  const first = bounded(Math.floor(from));
  const last = bounded(Math.ceil(to) - 1);
  for (let row = first; row <= Math.max(first, last); row++) {
    const part = to > from ? (Math.min(to, row + 1) - Math.max(from, row)) / (to - from) : 1;
    rows[row] = Number(rows[row]) + share * Math.min(1, Math.max(0, part));
  }
}

/** @param {number} row */
const bounded = (row) => Math.min(Math.max(row, 0), ROWS - 1);

/**
 * A histogram in numbers. Mean and deviation are those of the middles of its bins, zeros apart.
 * @param {Histogram} histogram
 */
export function figuresOf({ least, most, counts, zeros }) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const width = (most - least) / counts.length;
  const zeroBin = width > 0 ? Math.min(counts.length - 1, Math.floor(-least / width)) : 0;
  let [sum, squares] = [0, 0];
  counts.forEach((count, bin) => {
    const middle = least + (bin + 0.5) * width;
    const others = bin === zeroBin ? Math.max(0, count - zeros) : count;
    sum += others * middle;
    squares += others * middle * middle;
  });
  const mean = total > 0 ? sum / total : NaN;
  const deviation = total > 0 ? Math.sqrt(Math.max(0, squares / total - mean * mean)) : NaN;
  return { least, most, mean, deviation, total, zeros: total > 0 ? zeros / total : NaN };
}
