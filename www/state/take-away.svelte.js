/** The network on its way out: it is taken once, and written in each form that is asked for. */

import { saveFile } from '../lib/save-file.js';
import { shortestDecimals } from '../lib/shortest-decimal.js';
import { NO_HANDOUT } from '../link/view-text.js';
import { presetOf } from '../link/specs.js';
import { setOf } from '../model/data-sets.js';
import { fileName, FORMS } from '../model/forms.js';
import { PRESETS } from '../model/presets.js';

/** @typedef {import('../model/forms.js').Form} Form */
/** @typedef {import('../model/reports.js').TakenNetwork} TakenNetwork */
/** @typedef {import('./address.svelte.js').Address} Address */
/** @typedef {import('../client/formats-client.js').FormatsClient} FormatsClient */

/** Where a form's file is: `size` is its bytes once it has been made, `refusal` why it could not be. @typedef {{ making: boolean, size: number | null, refusal: string }} Standing */

/** The version of what files say about themselves. */
const VERSION = 1;

/** @type {Standing} */
const NOT_MADE = { making: false, size: null, refusal: '' };

export class TakeAway {
  /** The network that the files are made of; null until it has been taken. @type {TakenNetwork | null} */
  network = $state.raw(null);
  /** Why it could not be taken. */
  problem = $state('');
  /** @type {Record<Form['id'], Standing>} */
  standings = $state.raw(unmade());

  #address;
  #formats;
  #save;
  /** Of the network, as text; empty if it has none. */
  #receipt = Promise.resolve('');

  /**
   * @param {Address} address
   * @param {FormatsClient} formats
   * @param {typeof saveFile} [save]
   */
  constructor(address, formats, save = saveFile) {
    this.#address = address;
    this.#formats = formats;
    this.#save = save;
  }

  /** Whether the run has gone on since, or is another one. */
  get isOld() {
    const { spec, progress } = this.#address.lab;
    return (
      this.network !== null &&
      (this.network.step !== (progress?.step ?? 0) || presetOf(this.network.spec) !== presetOf(spec))
    );
  }

  /** Takes the network as it is now. */
  async take() {
    this.problem = '';
    const { lab } = this.#address;
    try {
      const { answer, problem } = await lab.ask('network', {});
      this.problem = problem?.message ?? '';
      if (!answer) return;
      this.network = answer;
      this.standings = unmade();
      this.#receipt = this.#receiptOf(answer.step);
    } catch (error) {
      this.problem = sentenceOf(error);
    }
  }

  /** Makes the file of a form, and hands it to the visitor. @param {Form} form */
  async download({ id, ending, type }) {
    const { network } = this;
    if (!network || this.standings[id].making) return;
    this.#set(id, { ...NOT_MADE, making: true });
    try {
      const bytes = await this.#formats.ask('export', { form: id, ...(await this.#words(network)) });
      this.#save(new Blob([bytes], { type }), fileName(nameOf(network), network.step, ending));
      if (network === this.network) this.#set(id, { ...NOT_MADE, size: bytes.length });
    } catch (error) {
      if (network === this.network) this.#set(id, { ...NOT_MADE, refusal: sentenceOf(error) });
    }
  }

  /** @param {Form['id']} id @param {Standing} standing */
  #set(id, standing) {
    this.standings = { ...this.standings, [id]: standing };
  }

  /** A receipt is of a run at rest. @param {number} step of the network that was taken */
  async #receiptOf(step) {
    const { lab } = this.#address;
    const rests = () => lab.phase !== 'training' && lab.progress?.step === step;
    if (!rests()) return '';
    const { text } = await this.#address.takeReceipt();
    return rests() ? text : '';
  }

  /** All that a file says. @param {TakenNetwork} network */
  async #words({ spec, bytes, proofs }) {
    const classes = setOf(spec.data.set).long;
    const link = this.#link();
    const proof = proofs.map(({ pixels, logits }) => ({ pixels: [...pixels], logits: [...logits] }));
    const said = { version: VERSION, spec, classes, proof, receipt: await this.#receipt, link };
    return {
      ...{ checkpoint: bytes, said: JSON.stringify(shortestDecimals(said)), classes, link },
      pixels: Uint8Array.from(proofs.flatMap(({ pixels }) => [...pixels])),
      logits: Float32Array.from(proofs.flatMap(({ logits }) => [...logits])),
    };
  }

  #link() {
    try {
      return this.#address.link({ withDrawing: false, handout: NO_HANDOUT });
    } catch {
      // An experiment that no link can hold.
      return '';
    }
  }
}

/** @param {TakenNetwork} network */
function nameOf({ spec }) {
  const id = presetOf(spec);
  return PRESETS.find((preset) => preset.id === id)?.name ?? '';
}

function unmade() {
  return /** @type {Record<Form['id'], Standing>} */ (Object.fromEntries(FORMS.map(({ id }) => [id, NOT_MADE])));
}

/** @param {unknown} error */
const sentenceOf = (error) => (error instanceof Error ? error.message : String(error));
