/** Points of a map of digits: placed on a canvas, and found again by pointer and keys. */

/** @typedef {import('../../model/reports.js').DigitMap} DigitMap */
/** @typedef {{ x: number, y: number }} Direction y downwards, as on the screen */

/**
 * The points as places on a canvas, x and y in turn: 0, 0 in the middle, `limit` at the nearer edges, y upwards. Both
 * axes have one scale, so that distances are true.
 * @param {Float32Array} points
 * @param {{ width: number, height: number, limit: number, margin: number }} room
 */
export function placed(points, { width, height, limit, margin }) {
  const scale = Math.max(1, Math.min(width, height) / 2 - margin) / limit;
  return points.map((value, index) => (index % 2 === 0 ? width / 2 + scale * value : height / 2 - scale * value));
}

/**
 * @param {Float32Array} places
 * @param {number} x
 * @param {number} y
 * @param {number} within how near it must be
 * @returns {number | null} the nearest point
 */
export function nearest(places, x, y, within) {
  let best = within * within;
  let found = null;
  for (let point = 0; 2 * point < places.length; point++) {
    const squared = (Number(places[2 * point]) - x) ** 2 + (Number(places[2 * point + 1]) - y) ** 2;
    if (squared > best) continue;
    best = squared;
    found = point;
  }
  return found;
}

/**
 * The nearest other point that lies in a direction rather than beside it.
 * @param {Float32Array} places
 * @param {number} from
 * @param {Direction} direction
 * @returns {number} `from` itself if there is none
 */
export function neighbour(places, from, direction) {
  const [x, y] = [Number(places[2 * from]), Number(places[2 * from + 1])];
  let best = Infinity;
  let found = from;
  for (let point = 0; 2 * point < places.length; point++) {
    const [dx, dy] = [Number(places[2 * point]) - x, Number(places[2 * point + 1]) - y];
    const along = dx * direction.x + dy * direction.y;
    const across = Math.abs(dx * direction.y - dy * direction.x);
    const squared = dx * dx + dy * dy;
    if (point === from || along <= 0 || across > along || squared >= best) continue;
    best = squared;
    found = point;
  }
  return found;
}

/**
 * Between two sets of places, `share` of the way.
 * @param {Float32Array} from
 * @param {Float32Array} to
 * @param {number} share
 */
export function between(from, to, share) {
  if (share >= 1 || from.length !== to.length) return to;
  return to.map((value, index) => Number(from[index]) + (value - Number(from[index])) * share);
}

/**
 * What the map shows, for visitors who cannot see it: of each class, how many there are, how many are misclassified,
 * where their middle is, how far from it they are on average, and which class has its middle nearest.
 * @param {DigitMap} map
 */
export function classesOf({ labels, predicted, points }) {
  const count = labels.reduce((most, label) => Math.max(most, label + 1), 0);
  const classes = Array.from({ length: count }, (_, label) => {
    const members = [...labels.keys()].filter((point) => labels[point] === label);
    const mean = (/** @type {number} */ axis) =>
      members.reduce((sum, point) => sum + Number(points[2 * point + axis]), 0) / Math.max(1, members.length);
    const [x, y] = [mean(0), mean(1)];
    const away = members.reduce(
      (sum, point) => sum + Math.hypot(Number(points[2 * point]) - x, Number(points[2 * point + 1]) - y),
      0,
    );
    const misclassified = members.filter((point) => predicted[point] !== label).length;
    return { label, count: members.length, misclassified, x, y, spread: away / Math.max(1, members.length) };
  }).filter(({ count }) => count > 0);
  return classes.map((one) => {
    const others = classes.filter(({ label }) => label !== one.label);
    const near = others.toSorted((a, b) => distance(one, a) - distance(one, b))[0];
    return { ...one, nearest: near ? near.label : null, apart: near ? distance(one, near) : NaN };
  });
}

/** @param {Direction} a @param {Direction} b */
const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
