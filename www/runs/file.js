/**
 * A run as a file:
 *
 * "CVSR", version: u32, length of the header: u32, header (JSON, UTF-8), then, in this order: of each series its steps
 * (u32), losses and accuracies (f32); of each evaluation its confusion matrix (u32), its predictions (u8) and their
 * probabilities (f32); the checkpoints. Little-endian. The header says how many there are of each. Version 1, which can
 * still be read, does not say what settings the steps between the first and the last were made with.
 *
 * A file can come from anywhere: whatever it states is checked against limits and against its own length before anything
 * is allocated for it. Specs and checkpoints are checked by the engine.
 */

import { CAPACITY } from '../model/curves.js';
import { MOST_EVALUATIONS, MOST_KEPT } from './run.js';
import { checkedEvaluation, checkedFork, checkedMarks, checkedSpec, checkPredictions } from './checks.js';
import { LARGEST_COUNT, list, object, text, whole } from './checks.js';
import { MOST_STRETCHES, sameTraining } from '../model/training.js';

/** @typedef {import('../model/reports.js').Checkpoint} Checkpoint */
/** @typedef {import('../model/curves.js').StoredSeries} StoredSeries */
/** @typedef {import('./run.js').StoredRun} StoredRun */
/** @typedef {import('../model/spec.js').Spec} Spec */
/** What a file holds of a run. @typedef {Omit<StoredRun, 'id' | 'number' | 'summary' | 'updatedAt' | 'stretches'> & Partial<Pick<StoredRun, 'stretches'>>} ReadRun */

const MAGIC = 0x52535643;
const VERSION = 2;
/** The first that has stretches. */
const WITH_STRETCHES = 2;
const PREFIX = 12;
export const LARGEST_FILE = 400e6;
const LARGEST_HEADER = 4e6;
const LARGEST_CHECKPOINT = 24.2e6;
const SPLITS = /** @type {const} */ (['train', 'validation', 'test']);

/**
 * @param {StoredRun} run
 * @param {string} name
 * @param {readonly Checkpoint[]} checkpoints
 * @returns {Uint8Array<ArrayBuffer>[]} the parts of the file
 */
export function writeRun(run, name, checkpoints) {
  const { curves, evaluations, spec, lastSpec, stretches, fork, firstStep, lastStep, elapsed, changes, fromFile } = run;
  const header = {
    ...{ name, spec, lastSpec, stretches, fork, firstStep, lastStep, elapsed, changes, fromFile },
    marks: curves.marks,
    series: SPLITS.map((split) => ({ length: curves[split].step.length, stride: curves[split].stride })),
    evaluations: evaluations.map(({ confusion, predicted, confidence, ...rest }) => {
      void [confusion, confidence];
      return { ...rest, readings: predicted.length };
    }),
    checkpoints: checkpoints.map(({ step, elapsed, bytes, touched = [], madeWith = null }) => ({
      ...{ step, elapsed, size: bytes.length, touched, madeWith },
    })),
  };
  const words = new TextEncoder().encode(JSON.stringify(header));
  const prefix = Uint32Array.of(MAGIC, VERSION, words.length);
  const arrays = [
    ...SPLITS.flatMap((split) => [curves[split].step, curves[split].loss, curves[split].accuracy]),
    ...evaluations.flatMap(({ confusion, predicted, confidence }) => [confusion, predicted, confidence]),
    ...checkpoints.map(({ bytes }) => bytes),
  ];
  return [prefix, words, ...arrays].map((array) =>
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength).slice(),
  );
}

/**
 * @param {Blob} file
 * @returns {Promise<{ run: ReadRun, checkpoints: Checkpoint[] }>}
 * @throws an error whose message says what is wrong with it
 */
export async function readRun(file) {
  if (file.size > LARGEST_FILE) throw bad('it is too large');
  const prefix = new DataView(await file.slice(0, PREFIX).arrayBuffer());
  if (prefix.byteLength < PREFIX || prefix.getUint32(0, true) !== MAGIC)
    throw bad('it does not start with its signature');
  const version = prefix.getUint32(4, true);
  if (version < 1 || version > VERSION) throw bad('its version is not supported');
  const length = prefix.getUint32(8, true);
  if (length > LARGEST_HEADER || PREFIX + length > file.size) throw bad('its header is too long');
  const header = checkedHeader(parsed(await file.slice(PREFIX, PREFIX + length).text()), version);
  if (PREFIX + length + sizeOf(header) !== file.size) throw bad('it is shorter or longer than its header says');
  return filled(header, new Cursor(await file.slice(PREFIX + length).arrayBuffer()));
}

/** @param {string} words */
function parsed(words) {
  try {
    return object(JSON.parse(words));
  } catch {
    throw bad('its header is not JSON');
  }
}

/** @typedef {ReturnType<typeof checkedHeader>} Header */

/** @param {Record<string, unknown>} header @param {number} version */
function checkedHeader(header, version) {
  return refusing(() => {
    const lastStep = whole(header.lastStep, LARGEST_COUNT);
    const spec = checkedSpec(header.spec);
    const checkpoints = list(header.checkpoints, MOST_KEPT).map((kept) => checkedKept(object(kept), spec));
    if (checkpoints.some(({ step }, at) => step > lastStep || (at > 0 && step <= Number(checkpoints[at - 1]?.step)))) {
      throw new RangeError('its checkpoints are out of order');
    }
    const lastSpec = checkedSpec(header.lastSpec);
    return {
      givenName: text(header.name, 200),
      ...{ spec, lastSpec },
      ...(version >= WITH_STRETCHES && { stretches: checkedStretches(header.stretches, spec, lastSpec) }),
      fork: header.fork === null ? null : checkedFork(object(header.fork)),
      ...{ firstStep: whole(header.firstStep, lastStep), lastStep, elapsed: seconds(header.elapsed) },
      changes: list(header.changes, 1000).map((step) => whole(step, LARGEST_COUNT)),
      fromFile: header.fromFile === true,
      marks: checkedMarks(header.marks),
      series: SPLITS.map((_, at) => checkedSeries(object(list(header.series, 3)[at]))),
      evaluations: list(header.evaluations, MOST_EVALUATIONS).map(object).map(checkedEvaluation),
      checkpoints,
    };
  });
}

/**
 * Turns what a check finds wrong into a sentence.
 * @template T
 * @param {() => T} check
 * @returns {T}
 */
function refusing(check) {
  try {
    return check();
  } catch (error) {
    throw error instanceof RangeError ? bad(error.message) : error;
  }
}

/** @param {Record<string, unknown>} kept @param {Spec} spec */
function checkedKept({ step, elapsed, size, touched, madeWith }, spec) {
  return {
    ...{ step: whole(step, LARGEST_COUNT), elapsed: seconds(elapsed), size: whole(size, LARGEST_CHECKPOINT) },
    touched: list(touched, TOUCHES.length).map(checkedTouch),
    ...(Boolean(madeWith) && { madeWith: checkedTraining(madeWith, spec) }),
  };
}

/** @param {unknown} training @param {Spec} spec it is a part of */
const checkedTraining = (training, spec) => checkedSpec({ ...spec, training }).training;

/** @param {unknown} stretches @param {Spec} spec of the first step @param {Spec} lastSpec */
function checkedStretches(stretches, spec, lastSpec) {
  const checked = list(stretches, MOST_STRETCHES)
    .map(object)
    .map(({ after, training }) => ({
      after: whole(after, LARGEST_COUNT),
      training: checkedTraining(training, spec),
    }));
  const last = checked.at(-1);
  const isOrdered = checked.every(({ after }, at) => at === 0 || after > Number(checked[at - 1]?.after));
  if (!last || !isOrdered || !sameTraining(last.training, lastSpec.training)) {
    throw new RangeError('the settings of its steps do not fit together');
  }
  return checked;
}

const TOUCHES = /** @type {const} */ (['settings', 'weights', 'file', 'taught']);

/** @param {unknown} value */
function checkedTouch(value) {
  const touch = TOUCHES.find((known) => known === value);
  if (!touch) throw new RangeError('it names an unknown change by hand');
  return touch;
}

/** @param {Record<string, unknown>} series */
function checkedSeries({ length, stride }) {
  return { length: whole(length, CAPACITY), stride: Math.max(1, whole(stride, 2 ** 20)) };
}

/** @param {unknown} value */
function seconds(value) {
  if (typeof value !== 'number' || !(value >= 0 && value < 1e9)) throw new RangeError('a time in it is out of range');
  return value;
}

/** @param {Header} header */
function sizeOf({ series, evaluations, checkpoints }) {
  const sum = (/** @type {number[]} */ sizes) => sizes.reduce((total, size) => total + size, 0);
  return (
    sum(series.map(({ length }) => 12 * length)) +
    sum(evaluations.map(({ classes, readings }) => 4 * classes * classes + 5 * readings)) +
    sum(checkpoints.map(({ size }) => size))
  );
}

/**
 * @param {Header} header
 * @param {Cursor} cursor
 */
function filled({ series, marks, evaluations, checkpoints, ...run }, cursor) {
  const [train, validation, test] = series.map(({ length, stride }) => {
    const step = cursor.u32(length);
    if (step.some((value, at) => at > 0 && value < Number(step[at - 1]))) throw bad('the steps of a curve go back');
    return { step, loss: cursor.f32(length), accuracy: cursor.f32(length), stride };
  });
  const evaluated = evaluations.map(({ readings, ...rest }) => {
    const confusion = cursor.u32(rest.classes ** 2);
    const evaluation = { ...rest, confusion, predicted: cursor.u8(readings), confidence: cursor.f32(readings) };
    refusing(() => checkPredictions(evaluation));
    return evaluation;
  });
  const curves = /** @type {import('../model/curves.js').StoredCurves} */ ({ train, validation, test, marks });
  const weights = checkpoints.map(({ size, ...kept }) => ({ ...kept, bytes: cursor.u8(size) }));
  const kept = checkpoints.map(({ step, elapsed, size }) => ({ step, elapsed, size }));
  return {
    run: { ...run, before: null, curves, evaluations: evaluated, kept, shown: false, deleted: false },
    checkpoints: weights,
  };
}

class Cursor {
  #buffer;
  #at = 0;

  /** @param {ArrayBuffer} buffer */
  constructor(buffer) {
    this.#buffer = buffer;
  }

  /** @param {number} count */
  u8(count) {
    return new Uint8Array(this.#take(count));
  }

  /** @param {number} count */
  u32(count) {
    return new Uint32Array(this.#take(4 * count));
  }

  /** @param {number} count */
  f32(count) {
    return new Float32Array(this.#take(4 * count));
  }

  /** @param {number} size */
  #take(size) {
    this.#at += size;
    return this.#buffer.slice(this.#at - size, this.#at);
  }
}

/** @param {string} why */
const bad = (why) => new Error(`This is not a Convscope run: ${why}.`);
