/**
 * What is found in chosen files, how it is made into a data set, and what is said of the set: as the collector writes it
 * (src/own_set/). Types only.
 *
 * - `Survey`: what the files hold. `sizes` are the most frequent ones, `splits` those that the files give, `bytes` what the
 *   proposal takes in memory, and `choices` what there is to choose.
 * - `Choices`: the form that images get, and how they are split. `shares`, in percent, are used for splits that are not given.
 * - `SetReport`: what was made. `samples` are numbers of training images, for each class.
 *
 * @typedef {import('./data-sets.js').Sizes} Sizes
 * @typedef {import('./reports.js').Split} Split
 * @typedef {{ name: string, unassigned: number } & Sizes} ClassCount images that are `unassigned` are split by the shares
 *
 * @typedef {'first' | 'last' | { number: number } | null} LabelColumn null: found by itself
 *
 * @typedef {{
 *   rows: number, columns: number, channels: number, invert: boolean, labelColumn: LabelColumn,
 *   shares: Sizes, seed: number,
 * }} Choices
 *
 * @typedef {{
 *   kind: 'arrays' | 'table' | 'pictures' | 'saved', images: number, channels: number, equal: boolean,
 *   sizes: { rows: number, columns: number, images: number }[], classes: ClassCount[], splits: Split[], bytes: number,
 *   warnings: string[], proposal: Choices,
 *   choices: { any: boolean, sizes: [number, number][], shares: boolean, labelColumn: boolean, lightBorder: boolean },
 * }} Survey
 *
 * @typedef {{
 *   classes: string[], balance: Record<'training' | 'validation' | 'test', number[]>,
 *   normalization: [number, number], broken: string[], warnings: string[], samples: number[][],
 * }} SetReport
 */

export {};
