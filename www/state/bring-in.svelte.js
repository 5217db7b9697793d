/** A network from a file: read, shown, and used as a run of its own. */

import { integer } from '../lib/format.js';
import { inputOf, isKnown, setOf } from '../model/data-sets.js';
import { isTensors, whyNoNetwork } from '../model/network-file.js';

/** @typedef {import('../client/formats-client.js').FormatsClient} FormatsClient */
/** @typedef {import('../client/formats-client.js').Match} Match */
/** @typedef {import('../model/spec.js').Spec} Spec */
/** @typedef {import('./lab.svelte.js').Lab} Lab */
/** @typedef {{ pixels: number[], logits: number[] }} Proof */
/**
 * `isOwn`: the file says which network it is, and how it was trained. `proofs` are images with their scores, as the file has them.
 * @typedef {{ name: string, spec: Spec, bytes: Uint8Array, matches: Match[], isOwn: boolean, proofs: Proof[] }} Found */

/** The reader takes no more; a larger file is refused before it is read. */
export const MOST_BYTES = 64 * 2 ** 20;

/** How far scores may be apart, as a share of the largest. */
const TOLERANCE = 1e-4;
/** It is read in this time, and then goes: it covers what is below it. */
const GOOD_NEWS_MS = 12_000;
/** More than any file of ours has. */
const MOST_PROOFS = 8;

export class BringIn {
  /** @type {Found | null} */
  found = $state.raw(null);
  /** Why the file was refused, with its name. */
  refusal = $state('');
  reading = $state(false);
  /** Whether it is becoming a run. */
  using = $state(false);

  #lab;
  #formats;
  #latest = 0;

  /** @param {Lab} lab @param {FormatsClient} formats */
  constructor(lab, formats) {
    this.#lab = lab;
    this.#formats = formats;
  }

  /** @param {File} file */
  async read(file) {
    const request = ++this.#latest;
    Object.assign(this, { found: null, refusal: '', reading: true });
    try {
      const found = await this.#found(file);
      if (request === this.#latest) this.found = found;
    } catch (error) {
      if (request === this.#latest) this.refusal = `${file.name}: ${messageOf(error)}`;
    } finally {
      if (request === this.#latest) this.reading = false;
    }
  }

  /** Makes what was found the current run. The run before it is kept. @returns {Promise<boolean>} whether that has begun */
  async use() {
    const { found } = this;
    if (!found || this.using) return false;
    this.using = true;
    try {
      return await this.#begin(found);
    } finally {
      this.using = false;
    }
  }

  /** @param {Found} found */
  async #begin(found) {
    const nothing = { losses: [], accuracies: [], validations: [] };
    const checkpoint = { step: 0, elapsed: 0, bytes: found.bytes, touched: [/** @type {const} */ ('file')] };
    const run = await this.#lab.runs.adopt({ name: found.name, spec: found.spec, ...nothing }, [checkpoint]);
    if (!run) return false;
    this.found = null;
    await this.#lab.runs.goTo(run);
    await this.#check(found.proofs);
    return true;
  }

  /** @param {File} file @returns {Promise<Found>} */
  async #found(file) {
    if (file.size > MOST_BYTES) {
      const size = integer(Math.ceil(file.size / 2 ** 20));
      throw new Error(`This file is too large: it has ${size} MiB, and 64 MiB is the limit.`);
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const refusal = whyNoNetwork(file.name, bytes);
    if (refusal) throw new Error(refusal);
    const said = await this.#formats.ask('said', { bytes });
    const own = await this.#checkpointOf(said, bytes);
    const onScreen = await this.#answer('emptyCheckpoint', { spec: this.#lab.spec });
    const { checkpoint, matches } = await this.#formats.ask('import', { bytes, own, onScreen });
    const { spec } = await this.#answer('readCheckpoint', { bytes: checkpoint });
    await this.#checkFit(spec);
    return { name: file.name, spec, bytes: checkpoint, matches, isOwn: own !== null, proofs: proofsIn(said) };
  }

  /** Says whether the network gives the scores that its file says it gave. @param {Proof[]} proofs */
  async #check(proofs) {
    let same = 0;
    for (const { pixels, logits } of proofs) {
      const { logits: found } = await this.#answer('tryImage', { pixels: Uint8Array.from(pixels) });
      const largest = Math.max(...logits.map(Math.abs));
      same += Number(found.every((score, at) => Math.abs(score - Number(logits[at])) <= TOLERANCE * largest));
    }
    if (proofs.length === 0) return;
    const isSame = same === proofs.length;
    this.#lab.notify(
      isSame
        ? `For the ${imagesOf(same)} in its file, the network gives the same scores as where it was saved.`
        : `Careful: for ${proofs.length - same} of the ${imagesOf(proofs.length)} in its file, the network gives other scores than where it was saved.`,
      isSame ? GOOD_NEWS_MS : Infinity,
    );
  }

  /**
   * A checkpoint with the spec that a file says it has. A graph speaks for itself, so an ONNX file whose words cannot be read
   * is read without them.
   * @param {string | null} said @param {Uint8Array} file
   */
  async #checkpointOf(said, file) {
    if (said === null) return null;
    try {
      return await this.#answer('emptyCheckpoint', { spec: JSON.parse(said).spec });
    } catch (error) {
      if (!isTensors(file)) return null;
      const reason = error instanceof SyntaxError || error instanceof TypeError ? 'it is not JSON.' : messageOf(error);
      throw new Error(`What this file says about itself cannot be used: ${reason}`, { cause: error });
    }
  }

  /** A network is for the images of the data set that its file names. @param {Spec} spec */
  async #checkFit(spec) {
    const { classes } = await this.#answer('validate', { spec });
    // Of a set that is not here the engine says so when the network is used.
    if (!isKnown(spec.data.set)) return;
    const { form, long, name } = setOf(spec.data.set);
    const [expected, got] = [inputOf(form).join('×'), spec.input.join('×')];
    if (expected === got && classes === long.length) return;
    throw new Error(
      `This network takes images of ${got} and tells ${classes} classes apart. For ${name} it must take ${expected} and tell ${long.length} apart.`,
    );
  }

  /**
   * @template {import('../client/client.js').RequestName} Name
   * @param {Name} name @param {import('../client/client.js').Ask<Name>} ask
   * @returns {Promise<NonNullable<import('../client/client.js').Reply<Name>['answer']>>}
   */
  async #answer(name, ask) {
    const { answer, problem } = await this.#lab.ask(name, ask);
    if (problem) throw new Error(problem.message);
    if (answer === null) throw new Error('The training engine has no answer.');
    return answer;
  }
}

/** @param {number} count */
const imagesOf = (count) => (count === 1 ? 'one image' : `${count} images`);

/** The images that a file says it can be checked with. @param {string | null} said @returns {Proof[]} those that are well formed */
function proofsIn(said) {
  try {
    const { proof } = JSON.parse(said ?? '');
    return proof.slice(0, MOST_PROOFS).filter(isProof);
  } catch {
    return [];
  }
}

/** @param {any} proof @returns {proof is Proof} */
function isProof(proof) {
  const isNumbers = (/** @type {unknown} */ list) =>
    Array.isArray(list) && list.length < 1000 && list.every((number) => Number.isFinite(number));
  return isNumbers(proof?.pixels) && isNumbers(proof?.logits);
}

/** @param {unknown} error */
const messageOf = (error) => (error instanceof Error ? error.message : String(error));
