/** Whether an experiment's claims hold. */

/** @typedef {import('./form.js').Claim} Claim */
/** @typedef {import('./measures.js').Measure} Measure */
/** @typedef {Record<string, Partial<Record<Measure, number>>>} Values by the name of the run's group */

/**
 * The run and number that a claim is about, the number it is held against, and whether it holds.
 * @typedef {{ run: string, value: number, other: { run: string, value: number } | null, holds: boolean }} Verdict
 */

/**
 * @param {Claim} claim
 * @param {Values} values of all runs
 * @returns {Verdict}
 */
export function verdictOn(claim, values) {
  const run = claim.run === 'best' ? bestOf(values, claim.of) : claim.run;
  const value = Number(values[run]?.[claim.measure]);
  const other = claim.than ? otherOf(claim, values) : null;
  const holds =
    (claim.above === undefined || value > claim.above) &&
    (claim.below === undefined || value < claim.below) &&
    (!other || value > other.value + (claim.by ?? 0));
  return { run, value, other, holds };
}

/**
 * What claims are about: of the seeds of a run, the mean.
 * @param {readonly { group: string }[]} planned
 * @param {readonly (Values[string] | null)[]} values of each run
 * @returns {Values}
 */
export function valuesByGroup(planned, values) {
  const groups = [...new Set(planned.map(({ group }) => group))];
  const of = (/** @type {string} */ group) => values.filter((_, run) => planned[run]?.group === group);
  return Object.fromEntries(groups.map((group) => [group, meanOf(of(group))]));
}

/** @param {(Values[string] | null)[]} seeds */
function meanOf(seeds) {
  const measures = /** @type {Measure[]} */ (Object.keys(seeds[0] ?? {}));
  const mean = (/** @type {Measure} */ measure) =>
    seeds.reduce((sum, values) => sum + Number(values?.[measure]), 0) / seeds.length;
  return Object.fromEntries(measures.map((measure) => [measure, mean(measure)]));
}

/** @param {Claim} claim @param {Values} values */
function otherOf({ than, measure, of }, values) {
  const run = than?.run === 'best' ? bestOf(values, of) : String(than?.run);
  return { run, value: Number(values[run]?.[than?.measure ?? measure]) };
}

/** @param {Values} values @param {Measure | undefined} of */
function bestOf(values, of) {
  const runs = Object.keys(values);
  const best = runs.reduce((best, run) => (rank(values, run, of) > rank(values, best, of) ? run : best));
  return best;
}

/** @param {Values} values @param {string} run @param {Measure | undefined} of */
const rank = (values, run, of) => (of ? Number(values[run]?.[of]) : NaN);
