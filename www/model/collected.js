/**
 * What is found in chosen files, how it is made into a data set, and what is said of the set. Types only.
 *
 * - `Survey`: what the files hold. `bytes` is what the images will take in memory with the default choices, `sizes` are
 *   the most frequent ones, and `split` says which splits the files give. `labelColumns` are those of a table.
 * - `Choices`: the form that images get, and how they are split. `shares`, in whole percent, are used for splits that are
 *   not given.
 * - `SetReport`: what was made. `samples` are places in the training split.
 *
 * @typedef {import('./data-sets.js').Sizes} Sizes
 * @typedef {{ name: string } & Sizes} ClassCount
 *
 * @typedef {'idx' | 'npz' | 'csv' | 'pictures' | 'set'} SourceKind
 *
 * @typedef {'first' | 'last' | { number: number } | null} LabelColumn null: found by itself
 *
 * @typedef {{
 *   rows: number, columns: number, channels: number, invert: boolean, labelColumn: LabelColumn,
 *   shares: Sizes, seed: number,
 * }} Choices
 *
 * @typedef {{
 *   kind: SourceKind, images: number, bytes: number, channels: number,
 *   sizes: { rows: number, columns: number, images: number }[], classes: ClassCount[],
 *   split: { training: boolean, validation: boolean, test: boolean }, skipped: number, warnings: string[],
 *   labelColumns: { value: LabelColumn, name: string }[], defaults: Choices,
 * }} Survey
 *
 * @typedef {{
 *   classes: (ClassCount & { samples: number[] })[], duplicates: number, constant: number, mean: number,
 *   deviation: number, warnings: string[],
 * }} SetReport
 */

export {};
