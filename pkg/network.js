/** What a program holds: the engine, in this thread or in a worker, and networks in it. Both are asked in the same way. */

import {
  checkedBytes,
  checkedClasses,
  checkedImages,
  checkedLabels,
  checkedLength,
  checkedProofs,
  formOf,
} from './checks.js';
import { ConvscopeError } from './errors.js';
import { readForm, written } from './forms.js';
import { PRESETS } from './presets.js';

/** @typedef {import('./checks.js').Images} Images */
/** @typedef {import('./forms.js').Form} Form */
/** @typedef {import('./forms.js').OpenFormats} OpenFormats */
/** @typedef {import('./checks.js').Labels} Labels */
/** @typedef {import('./checks.js').Length} Length */
/** @typedef {import('./questions.js').Created} Created */
/** @typedef {import('./questions.js').Question} Question */
/** @typedef {import('./questions.js').Step} Step */
/** @typedef {import('../www/model/spec.js').LayerSpec} LayerSpec */
/** @typedef {import('../www/model/spec.js').Spec} Spec */
/** @typedef {import('../www/model/spec.js').Summary} Summary */

/**
 * @template {Question} Name
 * @typedef {import('./questions.js').Ask<Name>} Ask
 */

/**
 * @template {Question} Name
 * @typedef {import('./questions.js').Answer<Name>} Answer
 */

/**
 * Rejects with a ConvscopeError if it is refused. What is in `transfer` is gone here afterwards.
 * @typedef {<Name extends Question>(name: Name, ask: Ask<Name>, transfer?: ArrayBuffer[]) => Promise<Answer<Name>>} AskHost
 */

/** Sizes that are left out have the engine's defaults. @typedef {{ type: LayerSpec['type'], [field: string]: unknown }} LayerInput */

/**
 * A network and how it is trained. Only `layers` has to be given; the last one is dense, with a unit for each class. `input` is
 * channels, rows and columns of an image: 1 or 3, and 8 to 64; `[1, 28, 28]` if left out. What else is left out has the engine's defaults, and a network's own `spec` says what they are.
 * @typedef {Partial<Omit<Spec, 'layers' | 'data' | 'training'>> & {
 *   layers: readonly LayerInput[], data?: Partial<Spec['data']>, training?: Partial<Omit<Spec['training'], 'optimizer'>> & {
 *     optimizer?: { type: Spec['training']['optimizer']['type'], [field: string]: unknown },
 *   },
 * }} NetworkSpec
 */

/** @typedef {keyof typeof PRESETS} PresetName */

export class Convscope {
  /** The engine's version and the instructions it uses, such as `0.1.0 simd128`. @readonly @type {string} */
  version;
  #ask;
  #open;
  #end;

  /**
   * Call `load` or `createWorker` instead.
   * @param {AskHost} ask
   * @param {string} version
   * @param {OpenFormats} open
   * @param {() => void} [end]
   */
  constructor(ask, version, open, end = () => {}) {
    this.#ask = ask;
    this.version = version;
    this.#open = open;
    this.#end = end;
  }

  /**
   * A network with fresh weights. The same spec and seed give the same weights, bit for bit.
   * @param {PresetName | NetworkSpec} spec a preset's name or a spec
   */
  async createNetwork(spec) {
    return new Network(this.#ask, this.#open, await this.#ask('create', { spec: specOf(spec) }));
  }

  /**
   * The network of a file: a checkpoint, with all that it takes to train on, or ONNX or safetensors.
   * @param {Uint8Array} bytes from `network.export()`, `network.exportAs()`, or elsewhere
   * @param {{ spec?: PresetName | NetworkSpec }} [options] for a file that does not say which network it is
   */
  async importNetwork(bytes, { spec = 'codelab' } = {}) {
    const copy = checkedBytes(bytes);
    const empty = (/** @type {unknown} */ of) => this.#ask('empty', { spec: of });
    const isCheckpoint = CHECKPOINT.every((byte, at) => copy[at] === byte);
    const checkpoint = isCheckpoint ? copy : await readForm(this.#open, copy, empty, specOf(spec));
    return new Network(this.#ask, this.#open, await this.#ask('restore', { bytes: checkpoint }));
  }

  /** Ends the worker, if there is one, and with it all of its networks. */
  close() {
    this.#end();
  }
}

export class Network {
  /** Its spec, with nothing left out. @readonly @type {Spec} */
  spec;
  /** Its layers with their shapes and numbers of parameters. @readonly @type {Summary} */
  summary;
  #ask;
  #open;
  #id;
  #form;
  #step;
  /** What it was last trained on, so that it is not copied again. @type {{ images: Images, labels: Labels } | null} */
  #data = null;

  /** @param {AskHost} ask @param {OpenFormats} open @param {Created} created */
  constructor(ask, open, { id, spec, summary, step }) {
    this.spec = spec;
    this.summary = summary;
    this.#ask = ask;
    this.#open = open;
    this.#id = id;
    this.#form = formOf(summary);
    this.#step = step;
  }

  /** Updates made so far. */
  get step() {
    return this.#step;
  }

  /**
   * Trains while you ask for steps: `for await (const { step, loss } of network.train(images, labels)) …`. Leaving the loop
   * ends the training; the network may be a few steps further than you have seen. The images are shuffled anew in each epoch. They are copied when they
   * are first handed over; handed over again, training goes on where it ended.
   * @param {Images} images one after the other, each channel by channel and row by row, from 0 (background) to 255 (ink)
   * @param {Labels} labels one for each, counted from 0
   * @param {Length & { signal?: AbortSignal }} [options] so many `steps` or `epochs`; without, to the last epoch of the spec
   * @returns {AsyncGenerator<Step, void, void>}
   */
  async *train(images, labels, { signal, ...length } = {}) {
    const checked = checkedLength(length);
    signal?.throwIfAborted();
    const turn = await this.#begin(images, labels, checked);
    for (let done = false; !done;) {
      const slice = await this.#ask('slice', { id: this.#id, turn });
      this.#step = slice.steps.at(-1)?.step ?? this.#step;
      for (const step of slice.steps) {
        signal?.throwIfAborted();
        yield step;
      }
      done = slice.done;
    }
  }

  /**
   * @param {Images} images one or several, as for `train`
   * @returns {Promise<Float32Array>} the probability of each class, image by image
   */
  async predict(images) {
    const copy = checkedImages(images, this.#form);
    return this.#ask('predict', { id: this.#id, images: copy }, [copy.buffer]);
  }

  /**
   * @param {string} name such as `0.weight` or `0.bias`, counted by layers as in PyTorch's `nn.Sequential`
   * @returns {Promise<Float32Array>} the numbers of that parameter, in PyTorch's layout
   */
  parameter(name) {
    return this.#ask('parameter', { id: this.#id, name: String(name) });
  }

  /** A checkpoint: weights, spec and the optimizer's memory, for `importNetwork`. */
  export() {
    return this.#ask('checkpoint', { id: this.#id });
  }

  /**
   * The network in a form that others open. The file carries a few images with their logits, which prove it where it is opened.
   * @param {Form} form `pytorch` is a program that loads the file of the form `safetensors`
   * @param {{ classes?: readonly string[], images?: Images }} [options] the classes' names, and images in place of the first
   *   that it learned from
   */
  async exportAs(form, { classes, images } = {}) {
    const names = checkedClasses(classes ?? numbered(this.#form.classes), this.#form);
    const proofs = images === undefined ? null : checkedProofs(images, this.#form);
    const taken = await this.#ask('take', { id: this.#id, images: proofs });
    return written(this.#open, form, this.spec, names, taken);
  }

  /** 16 hexadecimal digits, the same for the same weights. */
  fingerprint() {
    return this.#ask('fingerprint', { id: this.#id });
  }

  /** Gives its memory back. It cannot be used afterwards. */
  async free() {
    await this.#ask('free', { id: this.#id });
  }

  /** @param {Images} images @param {Labels} labels @param {Length} length */
  async #begin(images, labels, length) {
    const id = this.#id;
    if (this.#data?.images === images && this.#data.labels === labels) {
      return this.#ask('train', { id, data: null, length });
    }
    const copy = checkedImages(images, this.#form);
    const data = { images: copy, labels: checkedLabels(labels, copy.length / this.#form.bytes, this.#form) };
    const turn = await this.#ask('train', { id, data, length }, [data.images.buffer, data.labels.buffer]);
    this.#data = { images, labels };
    return turn;
  }
}

/** How a checkpoint begins. */
const CHECKPOINT = [...'CVSC'].map((letter) => letter.charCodeAt(0));

/** Names of classes that have no others. @param {number} classes */
const numbered = (classes) => Array.from({ length: classes }, (_, number) => String(number));

/** @param {unknown} spec @returns {unknown} a spec that the engine checks */
function specOf(spec) {
  if (typeof spec === 'string') {
    if (Object.hasOwn(PRESETS, spec)) return PRESETS[/** @type {PresetName} */ (spec)];
    const known = Object.keys(PRESETS).join(', ');
    throw new ConvscopeError('not_found', `There is no preset “${spec.slice(0, 40)}”. The presets are ${known}.`);
  }
  if (typeof spec !== 'object' || spec === null) {
    const message = `Expected a preset's name or a spec; got ${spec === null ? 'null' : typeof spec}.`;
    throw new ConvscopeError('malformed_spec', message);
  }
  return { input: [1, 28, 28], ...spec };
}
