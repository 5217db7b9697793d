/**
 * The steps whose weights are always kept: 10, 20, 50, 100, 200, 500 and so on. A network learns most in its
 * first steps, which pass before the first checkpoint that the clock asks for.
 */

const FIRST = 10;
const FACTORS = [1, 2, 5];

/**
 * @param {number} step
 * @returns {number} the next step after it whose weights are kept
 */
export function nextKeptStep(step) {
  for (let power = FIRST; ; power *= 10) {
    const next = FACTORS.map((factor) => factor * power).find((kept) => kept > step);
    if (next !== undefined) return next;
  }
}

/** @param {number} step */
export const isKeptStep = (step) => step > 0 && nextKeptStep(step - 1) === step;

/** From the start to the end of a run. @param {number} last its last step */
export function keptSteps(last) {
  const steps = [0];
  for (let step = nextKeptStep(0); step < last; step = nextKeptStep(step)) steps.push(step);
  return [...steps, last];
}
