/** One method for each command: what the engine refuses is answered, a trap ends the run. */

import { folderOf, DEFAULT_SET } from '../../model/data-sets.js';
import { absence } from '../data/data-folder.js';
import { DataSum } from '../data/data-sum.js';
import { checkGradient, nameOf, valueAt } from './gradient-check.js';
import { MisreadSearch } from './misread-search.js';
import { Loader } from '../data/loader.js';
import { shortestDecimals } from '../../lib/shortest-decimal.js';
import { Refusal, problem, refusalOf } from '../problem.js';
import { lossLabel } from './snapshots.js';
import { TrainingLoop } from './training-loop.js';

/** @typedef {import('../protocol.js').Command} Command */
/** @typedef {import('../../model/reports.js').Problem} Problem */
/** @typedef {import('../../model/spec.js').Spec} Spec */
/** @typedef {import('../../model/spec.js').Summary} Summary */

/**
 * @template {Command['type']} Type
 * @typedef {Extract<Command, { type: Type }>} Of
 */

/** Digits asked for at once; far more than a page shows. */
const MAX_IMAGES = 1_000;

export class Run {
  #session;
  #validate;
  #version;
  #freshSeed;
  #emit;
  #nextTask;
  #now;
  #fetch;
  #loop;
  #loader;
  #dead = false;
  #dataUrl = '';
  /** The last wish for a run; one that comes while its data are looked for takes its place. */
  #wish = {};
  /** Commands that wait for the steps under way to end. @type {(() => void)[]} */
  #held = [];
  /** Of the data of the run. @type {DataSum | null} */
  #sum = null;

  /**
   * @param {object} parts
   * @param {import('../session.js').Session} parts.session
   * @param {import('../pool/pool.js').Pool} parts.pool
   * @param {(spec: Spec) => Summary} parts.validate
   * @param {() => string} parts.version
   * @param {() => number} parts.freshSeed
   * @param {import('../emit.js').Emit} parts.emit
   * @param {() => Promise<void>} parts.nextTask lets other tasks run
   * @param {() => number} parts.now milliseconds
   * @param {typeof fetch} parts.fetch
   */
  constructor({ session, pool, validate, version, freshSeed, emit, nextTask, now, fetch }) {
    this.#session = session;
    this.#validate = validate;
    this.#version = version;
    this.#freshSeed = freshSeed;
    this.#emit = emit;
    this.#nextTask = nextTask;
    this.#now = now;
    this.#fetch = fetch;
    const fail = (/** @type {unknown} */ error) => this.#fail(error);
    const still = () => this.#release();
    const loop = new TrainingLoop({ session, pool, emit, nextTask, now, fail, still });
    this.#loop = loop;
    this.#loader = new Loader({ session, emit, nextTask, now, fetch, imagesCame: () => loop.imagesCame(), fail });
  }

  /** @param {Of<'open'>} command */
  open({ dataUrl, spec, checkpoint }) {
    this.#dataUrl = dataUrl;
    this.#emit({ type: 'opened', version: this.#version() });
    const open = () =>
      this.#orReject('open', () => {
        const summary = this.#session.start(spec);
        if (checkpoint) this.#session.restore(checkpoint.bytes);
        this.#begin(spec, summary, checkpoint?.elapsed ?? 0, { touched: checkpoint?.touched ?? [] });
      });
    // A run that goes on has had its data.
    if (checkpoint) this.#whenStill(open);
    else this.#withData('open', spec.data.set, open);
  }

  reload() {
    this.#try(() => this.#loader.reload());
  }

  train() {
    this.#whenStill(() => this.#loop.train());
  }

  /** @param {Of<'trainTo'>} command */
  trainTo({ step }) {
    this.#whenStill(() => this.#loop.trainTo(step));
  }

  pause() {
    this.#whenStill(() => this.#loop.pause());
  }

  step() {
    this.#whenStill(() => this.#loop.step());
  }

  /** @param {Of<'restart'>} command */
  restart({ spec }) {
    this.#withData('restart', spec.data.set, () => {
      this.#loop.keep();
      this.#orReject('restart', () => this.#begin(spec, this.#session.start(spec), 0));
    });
  }

  /** @param {Of<'restore'>} command */
  restore({ run, set, checkpoint }) {
    this.#withData('restore', set, () => {
      this.#loop.keep();
      this.#orReject('restore', () => {
        const spec = shortestDecimals(this.#session.restore(checkpoint.bytes));
        this.#begin(spec, this.#validate(spec), checkpoint.elapsed, { run, touched: checkpoint.touched ?? [] });
      });
    });
  }

  /**
   * What the session has just started or restored is the run from now on, on the data of its spec.
   * @param {Spec} spec
   * @param {Summary} summary
   * @param {number} elapsed
   * @param {Parameters<TrainingLoop['begin']>[3]} [origin]
   */
  #begin(spec, summary, elapsed, origin) {
    const url = folderOf(this.#dataUrl, spec.data.set);
    const isOther = url !== this.#loader.url;
    if (isOther) {
      this.#loader.use(url);
      this.#sum = new DataSum({ url, fetch: this.#fetch, nextTask: this.#nextTask });
    }
    this.#loop.begin(spec, summary, elapsed, origin);
    if (isOther) this.#loader.reload();
  }

  /**
   * Makes another run as soon as its data are known to be there; the one before goes on until then, and where they are
   * missing.
   * @param {'open' | 'restart' | 'restore'} command
   * @param {Spec['data']['set']} set
   * @param {() => void} action
   */
  #withData(command, set, action) {
    const wish = (this.#wish = {});
    const { url } = this.#loader;
    // The first view of the usual set waits for nothing.
    const isSure = url === '' ? set === DEFAULT_SET : url === folderOf(this.#dataUrl, set);
    if (isSure) return this.#whenStill(action);
    this.#emit({ type: 'seeking', set });
    absence(this.#dataUrl, set, this.#fetch).then((problem) => {
      if (wish !== this.#wish) return;
      if (problem) this.#try(() => this.#emit({ type: 'rejected', command, problem }));
      else this.#whenStill(action);
    });
  }

  /** @param {Of<'configure'>} command */
  configure({ training }) {
    this.#whenStill(() => {
      this.#orReject('configure', () => this.#loop.configure(training));
    });
  }

  goBack() {
    this.#whenStill(() => this.#loop.goBack());
  }

  /** @param {Of<'probe'>} command */
  probe({ probe, drawnAt }) {
    this.#try(() => this.#loop.lookAt(probe, drawnAt));
  }

  /** @param {Of<'validate'>} command */
  validate({ request, spec }) {
    this.#try(() => {
      /** @type {Summary | null} */
      let summary = null;
      const refusal = this.#refusalIn(() => (summary = this.#validate(spec)));
      this.#emit({ type: 'validated', request, summary, problem: refusal });
    });
  }

  /** @param {Of<'readCheckpoint'>} command */
  readCheckpoint({ request, bytes }) {
    this.#try(() => {
      /** @type {{ spec: Spec | null, step: number }} */
      let found = { spec: null, step: 0 };
      const refusal = this.#refusalIn(() => (found = this.#session.readCheckpoint(bytes)));
      this.#emit({ type: 'checkpointRead', request, ...found, problem: refusal });
    });
  }

  /** @param {Of<'freshSeed'>} command */
  freshSeed({ request }) {
    this.#try(() => this.#emit({ type: 'freshSeed', request, seed: this.#freshSeed() }));
  }

  /** @param {Of<'testImages'>} command */
  testImages({ request, indices }) {
    this.#try(() => {
      const [, ready = 0] = this.#session.imagesReady();
      const images = indices
        .slice(0, MAX_IMAGES)
        .filter((index) => index < ready)
        .map((index) => ({
          index,
          label: this.#session.testLabel(index),
          pixels: this.#session.testImage(index),
        }));
      this.#emit({ type: 'testImages', request, images });
    });
  }

  /** @param {Of<'nextWrong'>} command */
  nextWrong({ request, after }) {
    this.#search(request, new MisreadSearch(this.#session, this.#now, after));
  }

  /** @param {Of<'watch'>} command */
  watch({ watched }) {
    this.#try(() => this.#loop.watch(watched));
  }

  /** @param {Of<'weigh'>} command */
  weigh({ request, place }) {
    this.#whenStill(() => {
      /** @type {import('../../model/reports.js').WeightStep | null} */
      let weighing = null;
      const refusal = this.#refusalIn(() => {
        weighing = { ...this.#session.weigh(nameOf(place), place.index), place };
      });
      this.#emit({ type: 'weighed', request, weighing, problem: refusal });
    });
  }

  /** @param {Of<'checkGradient'>} command */
  checkGradient({ request, place, label }) {
    this.#whenStill(() => {
      /** @type {import('../../model/reports.js').GradientCheck | null} */
      let check = null;
      const refusal = this.#refusalIn(() => (check = this.#checked(place, label)));
      this.#emit({ type: 'gradientChecked', request, check, problem: refusal });
    });
  }

  /**
   * @param {import('../../model/reports.js').WeightRef} place
   * @param {number | null} wanted
   */
  #checked(place, wanted) {
    const image = this.#loop.image;
    if (!image) throw new Refusal('not_ready', 'There is no image to check it with; draw a digit or choose one.');
    const label = lossLabel(wanted, image.label, this.#session.predict(image.pixels));
    return checkGradient(this.#session, place, image.pixels, label);
  }

  /** @param {Of<'slice'>} command */
  slice({ request, from, to, points }) {
    this.#whenStill(() => {
      /** @type {import('../../model/reports.js').LossLine | null} */
      let slice = null;
      const refusal = this.#refusalIn(() => (slice = this.#session.slice(from, to, points)));
      this.#emit({ type: 'sliced', request, slice, problem: refusal });
    });
  }

  /** @param {Of<'tryImage'>} command */
  tryImage({ request, pixels }) {
    this.#try(() => {
      /** @type {{ logits: Float32Array, probabilities: Float32Array } | null} */
      let answer = null;
      this.#refusalIn(() => {
        this.#session.probe(pixels);
        answer = { logits: this.#session.logits(), probabilities: this.#session.probabilities() };
      });
      this.#emit({ type: 'imageTried', request, ...(answer ?? { logits: null, probabilities: null }) });
    });
  }

  /** @param {Of<'setWeight'>} command */
  setWeight({ place, value }) {
    this.#whenStill(() => {
      const refusal = this.#refusalIn(() => this.#setWeight(place, value));
      if (refusal) this.#emit({ type: 'weightRefused', place, problem: refusal });
    });
  }

  /** @param {import('../../model/reports.js').WeightRef} place @param {number} value */
  #setWeight(place, value) {
    const values = this.#session.parameter(nameOf(place));
    const before = valueAt(values, place);
    if (!Number.isFinite(Math.fround(value))) throw new Refusal('out_of_range', 'A weight must be a finite number.');
    values[place.index] = value;
    this.#session.setParameter(nameOf(place), values);
    const { step } = this.#session.position();
    this.#emit({ type: 'weightSet', place, before, value: Math.fround(value), step });
    this.#loop.weightSet();
  }

  /** The weights as they are now; the sum of the data may take a while. @param {Of<'receipt'>} command */
  receipt({ request }) {
    this.#whenStill(() => {
      /** @type {Omit<import('../../model/reports.js').Receipt, 'data'> | null} */
      let run = null;
      const refusal = this.#refusalIn(() => {
        const [{ step }, { spec, touched }] = [this.#session.position(), this.#loop];
        const weights = this.#session.fingerprint();
        if (spec) run = { spec, step, weights, version: this.#version(), touched };
      });
      if (run) this.#addSum(request, run);
      else this.#emit({ type: 'receipt', request, receipt: null, problem: refusal });
    });
  }

  /**
   * @param {number} request
   * @param {Omit<import('../../model/reports.js').Receipt, 'data'>} run
   */
  #addSum(request, run) {
    const none = problem('not_ready', 'The data files could not be read again to take their sum.');
    /** @type {Promise<import('../../model/reports.js').DataSum | null>} */
    const sum = this.#sum ? this.#sum.get().catch(() => null) : Promise.resolve(null);
    sum.then((data) => {
      const receipt = data && { ...run, data };
      this.#emit({ type: 'receipt', request, receipt, problem: receipt ? null : none });
    });
  }

  painted() {
    this.#try(() => this.#loop.painted());
  }

  /**
   * Runs what changes the run as soon as no steps are under way, one command after the other.
   * @param {() => void} action
   */
  #whenStill(action) {
    if (!this.#loop.stepping) return this.#try(action);
    this.#held.push(action);
    this.#loop.hurry();
  }

  #release() {
    for (const action of this.#held.splice(0)) this.#try(action);
  }

  /**
   * Without a network there is nothing to be found.
   * @param {number} request
   * @param {MisreadSearch} search
   */
  #search(request, search) {
    this.#try(() => {
      let done = true;
      this.#refusalIn(() => (done = search.continue()));
      if (done) this.#emit({ type: 'nextWrong', request, index: search.found });
      else this.#nextTask().then(() => this.#search(request, search));
    });
  }

  /**
   * Runs `action` if the engine is alive. A refusal that nobody waits for changes nothing; anything
   * else is a trap.
   * @param {() => void} action
   */
  #try(action) {
    if (this.#dead) return;
    try {
      this.#refusalIn(action);
    } catch (error) {
      this.#fail(error);
    }
  }

  /**
   * @param {'open' | 'restart' | 'restore' | 'configure'} command
   * @param {() => void} action
   */
  #orReject(command, action) {
    const refusal = this.#refusalIn(action);
    if (refusal) this.#emit({ type: 'rejected', command, problem: refusal });
  }

  /**
   * @param {() => void} action
   * @returns {Problem | null}
   */
  #refusalIn(action) {
    try {
      action();
      return null;
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      return refusal;
    }
  }

  /** @param {unknown} error */
  #fail(error) {
    if (this.#dead) return;
    this.#dead = true;
    this.#emit({
      type: 'failed',
      problem: problem('engine_crashed', `The training engine crashed (${String(error)}).`),
    });
  }
}
