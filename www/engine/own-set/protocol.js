/**
 * Messages between the page and the worker that makes a data set of chosen files. Types only. Commands are answered in
 * their order, and all of a worker's work is cancelled by ending it.
 *
 * - `collect`: reads the files, in place of those before. Answered with what was found.
 * - `load`: makes the set. Answered with the set, what is said of it, and samples of each class, image after image.
 * - `zip`: a set as one file.
 * - `progress` comes any number of times before an answer; `name` is of the file that is being read.
 *
 * @typedef {import('../../model/collected.js').Choices} Choices
 * @typedef {import('../../model/collected.js').SetReport} SetReport
 * @typedef {import('../../model/collected.js').Survey} Survey
 * @typedef {import('../../model/data-sets.js').DataSet} DataSet
 * @typedef {import('../../model/data-sets.js').OwnSet} OwnSet
 * @typedef {import('../session.js').FileKind} FileKind
 *
 * @typedef {{ path: string, file: Blob }} ChosenFile `path` is from the folder or of the file alone
 *
 * @typedef {{ set: DataSet, about: OwnSet, files: Record<FileKind, Blob> }} WholeSet
 * @typedef {WholeSet & { bytes: number, report: SetReport, samples: Uint8Array[] }} Loaded
 *
 * @typedef {{
 *   collect: { ask: { files: ChosenFile[] }, answer: Survey },
 *   load: { ask: { choices: Choices, title: string }, answer: Loaded },
 *   zip: { ask: WholeSet, answer: Blob },
 * }} OwnSetRequests
 *
 * @typedef {keyof OwnSetRequests} OwnSetRequest
 * @typedef {{ [Name in OwnSetRequest]: { id: number, name: Name, ask: OwnSetRequests[Name]['ask'] } }[OwnSetRequest]} OwnSetCommand
 *
 * @typedef {{ done: number, of: number, name: string }} Progress
 * @typedef {import('../../model/reports.js').Problem} Problem
 * @typedef {{ id: number, answer: unknown, problem: Problem | null, progress?: never } | { id: number, progress: Progress }} OwnSetAnswer
 */

export {};
