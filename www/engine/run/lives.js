/**
 * The history of each training image, counted in passing: each step says what its images came to. What the run goes back
 * to, or another run that is entered again, is recognised by its step and weights; nothing is known of what was before a
 * checkpoint that is not.
 */

import { setOf } from '../../model/data-sets.js';
import { isCorrect, Tally } from '../../model/lives.js';
import { argmax } from '../argmax.js';
import { Refusal } from '../problem.js';
import { LifeTable } from './life-table.js';

/** @typedef {import('../protocol.js').Ask<'livesOf'>} AskOne */
/** @typedef {import('../../model/lives.js').Life} Life */
/** @typedef {import('../../model/spec.js').Spec} Spec */
/** @typedef {import('../session.js').StepResult} StepResult */
/** @typedef {import('./commands.js').Commands} Commands */

/** Tables that are kept, of other runs and of steps that were undone, as long as all together take no more memory than this. */
const KEPT = 4;
const KEPT_BYTES = 96e6;

/** How long one slice of a tally may take. */
const SLICE_MS = 8;

/** Images of one `livesOf`. */
const MOST_AT_ONCE = 100;

export class Lives {
  /** The one of the run first. @type {LifeTable[]} */
  #tables = [];
  /** The step at which the run is; the table may go on to a later one, which the run came back from. */
  #at = 0;
  /** What a run's images and their labels depend on. */
  #data = '';

  /** The table of the run as it is now. @returns {LifeTable | null} */
  get table() {
    const [table] = this.#tables;
    return table && this.#at < table.step ? table.upTo(this.#at) : (table ?? null);
  }

  /** @param {Spec} spec of the run that begins, or goes on @param {number} step @param {string} weights their fingerprint */
  begin({ seed, data }, step, weights) {
    this.#data = JSON.stringify([seed, data]);
    const images = Math.min(setOf(data.set).sizes.training, data.training_images);
    const known = this.#tables.find((table) => table.has(this.#moment(step, weights)));
    this.#enter(known ?? new LifeTable(images, step));
    this.#at = step;
    this.mark(step, weights);
  }

  /** The run can be entered again here. @param {number} step @param {string} weights their fingerprint */
  mark(step, weights) {
    this.#tables[0]?.mark(this.#moment(step, weights), step);
  }

  /**
   * Takes in a burst of steps.
   * @param {StepResult[]} results
   * @param {{ step: number, epoch: number }} before them
   */
  stepped(results, before) {
    const [table] = this.#tables;
    if (!table || results.length === 0) return;
    if (before.step < table.step) this.#enter(table.upTo(before.step));
    results.forEach((result, index) => this.#tables[0]?.record(before.step + 1 + index, before.epoch, result));
    this.#at = before.step + results.length;
  }

  /** The steps after this one are undone. @param {number} step */
  wentBack(step) {
    const [table, ...others] = this.#tables;
    if (table) this.#tables = [table.upTo(step), ...others];
    this.#at = step;
  }

  /** @param {number} step @param {string} weights */
  #moment(step, weights) {
    return `${step} ${weights} ${this.#data}`;
  }

  /** Makes a table that of the run. @param {LifeTable} table */
  #enter(table) {
    const others = this.#tables.filter((other) => other !== table && other.rows.length > 0);
    this.#tables = [table];
    let { bytes } = table;
    for (const other of others.slice(0, KEPT - 1)) {
      bytes += other.bytes;
      if (bytes <= KEPT_BYTES) this.#tables.push(other);
    }
  }
}

/** @param {Commands} run @returns {Promise<import('../../model/lives.js').Lives>} */
export async function livesIn(run) {
  const table = tableOf(run);
  const { images, labels, since, step, isFull } = table;
  const { rows, running } = split(run, table);
  const tally = new Tally(images);
  let start = run.now();
  for (const { passes, epoch } of rows) {
    tally.add(passes, epoch + 1);
    if (run.now() - start < SLICE_MS) continue;
    await run.turn();
    start = run.now();
  }
  const counted = { epochs: rows.length, firstEpoch: (rows[0]?.epoch ?? 0) + 1 };
  const begun = running && { epoch: running.epoch + 1, ...begunIn(running, rows.includes(running) ? null : tally) };
  return { ...tally, images, labels: labels.slice(), since, step, isFull, running: begun, ...counted };
}

/**
 * The rows that are counted, and that of the epoch under way, which is one of them only while there is no other.
 * @param {Commands} run
 * @param {LifeTable} table
 */
function split({ session }, { rows }) {
  const { epoch, stepInEpoch } = session.position();
  const last = rows.at(-1);
  const running = last && stepInEpoch > 0 && last.epoch === epoch ? last : null;
  return { rows: running && rows.length > 1 ? rows.slice(0, -1) : rows, running };
}

/** @param {import('./life-table.js').Row} row @param {Tally | null} before the epochs before it */
function begunIn({ passes }, before) {
  let [passed, learned] = [0, 0];
  passes.forEach((pass, image) => {
    if (pass > 0) passed += 1;
    if (isCorrect(pass) && !before?.learned[image]) learned += 1;
  });
  return { passed, learned };
}

/** The network may learn meanwhile: each image is answered for by its weights of the moment. @param {Commands} run @param {AskOne} ask @returns {Promise<Life[]>} */
export async function livesOf(run, { images }) {
  const table = tableOf(run);
  const { rows } = split(run, table);
  /** @type {Life[]} */
  const lives = [];
  for (const image of images.slice(0, MOST_AT_ONCE)) {
    lives.push(lifeOf(run, { rows, labels: table.labels }, image));
    await run.turn();
  }
  return lives;
}

/** @param {Commands} run @param {Pick<LifeTable, 'rows' | 'labels'>} table @param {number} image @returns {Life} */
function lifeOf({ session }, { rows, labels }, image) {
  const pixels = session.image('training', image);
  const probabilities = session.predict(pixels);
  const predicted = argmax(probabilities);
  return {
    ...{ image, pixels, predicted, confidence: Number(probabilities[predicted]) },
    label: Number(labels[image]),
    own: session.label('training', image),
    passes: Uint8Array.from(rows, ({ passes }) => Number(passes[image])),
  };
}

/** @param {Commands} run */
function tableOf({ reporting }) {
  const { table } = reporting.lives;
  if (!table) throw new Refusal('not_ready', 'There is no run yet.');
  return table;
}
