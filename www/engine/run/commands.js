/** The worker's end of the protocol: commands are carried out, requests answered, refusals reported; a trap ends it all. */

import { Loader } from '../data/loader.js';
import { problem, refusalOf } from '../problem.js';
import { COMMANDS } from './command-table.js';
import { DataSets } from './data-sets.js';
import { Metronome } from './metronome.js';
import { Reporting } from './reporting.js';
import { REQUESTS } from './requests.js';
import { TrainingLoop } from './training-loop.js';

/** @typedef {import('../protocol.js').PlainCommand} PlainCommand */
/** @typedef {import('../protocol.js').RequestCommand} RequestCommand */
/** @typedef {import('../protocol.js').Rejectable} Rejectable */
/** @typedef {import('../../model/reports.js').Problem} Problem */
/** @typedef {import('../../model/spec.js').Spec} Spec */

/** What changes the run, or reads what a step under way changes, waits until there is none. @typedef {'atOnce' | 'betweenSteps'} When */

export class Commands {
  session;
  engine;
  emit;
  now;
  loop;
  metronome;
  reporting;
  data;
  #nextTask;
  #dead = false;
  /** Commands that wait for the steps under way to end. @type {(() => void)[]} */
  #held = [];

  /**
   * @param {object} parts
   * @param {import('../session.js').Session} parts.session
   * @param {import('../session.js').Engine} parts.engine
   * @param {import('../pool/pool.js').Pool} parts.pool
   * @param {import('../emit.js').Emit} parts.emit
   * @param {() => Promise<void>} parts.nextTask lets other tasks run
   * @param {() => number} parts.now milliseconds
   * @param {(action: () => void, ms: number) => void} parts.later
   * @param {typeof fetch} parts.fetch
   */
  constructor({ session, engine, pool, emit, nextTask, now, later, fetch }) {
    this.session = session;
    this.engine = engine;
    this.emit = emit;
    this.now = now;
    this.#nextTask = nextTask;
    const fail = (/** @type {unknown} */ error) => this.#fail(error);
    const { block } = engine.facts();
    this.metronome = new Metronome(now, later);
    const { metronome } = this;
    this.reporting = new Reporting({ session, pool, emit, now, metronome, block });
    const stepsEnded = () => this.#release();
    const common = { session, emit, nextTask, now, fail };
    this.loop = new TrainingLoop({ ...common, metronome, pool, reporting: this.reporting, block, stepsEnded });
    const loader = new Loader({ ...common, imagesArrived: () => this.loop.imagesArrived() });
    this.data = new DataSets({ loader, fetch, nextTask });
  }

  /** @param {PlainCommand | RequestCommand} command */
  obey(command) {
    if (command.type === 'request') return this.#answer(command);
    const { when, obey } = /** @type {import('./command-table.js').Row<any>} */ (COMMANDS[command.type]);
    this.#schedule(when, () => {
      obey(this, command);
      this.loop.wake();
    });
  }

  /**
   * Begins a run on the data of its spec. What cannot be built, or does not fit the data, is refused, and the run under way stays.
   * @param {Spec} spec
   * @param {() => void} start has the session start or restore it
   * @param {number} elapsed
   * @param {Parameters<TrainingLoop['begin']>[3]} [origin]
   */
  begin(spec, start, elapsed, origin) {
    const summary = this.engine.validate(spec);
    const isOther = this.data.use(spec.data.set, summary, start);
    this.loop.begin(spec, summary, elapsed, origin);
    if (isOther) this.data.load();
  }

  /**
   * Begins another run as soon as its data are known to be there; the current one goes on until then, and also if they
   * are missing.
   * @param {'open' | 'restart' | 'restore'} command
   * @param {{ set: Spec['data']['set'], spec: Spec | null }} wanted `spec` is null where it is not known yet
   * @param {() => void} begin
   */
  withData(command, { set, spec }, begin) {
    const action = () => {
      this.orReject(command, begin);
      this.loop.wake();
    };
    if (this.data.isSure(set)) {
      this.data.request();
      return this.#schedule('betweenSteps', action);
    }
    this.emit({ type: 'seeking', set });
    this.data.seek(set, spec, (problem) => {
      if (problem) this.#try(() => this.emit({ type: 'rejected', command, problem, missing: set }));
      else this.#schedule('betweenSteps', action);
    });
  }

  /**
   * @param {Rejectable} command
   * @param {() => void} action
   */
  orReject(command, action) {
    const refusal = this.refusalIn(action);
    if (refusal) this.emit({ type: 'rejected', command, problem: refusal });
  }

  /**
   * @param {() => void} action
   * @returns {Problem | null}
   */
  refusalIn(action) {
    try {
      action();
      return null;
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      return refusal;
    }
  }

  /**
   * Lets other tasks run, within the answer to a request.
   * @throws if the engine has crashed meanwhile: it must not be called again
   */
  async turn() {
    await this.#nextTask();
    if (this.#dead) throw new Error('the engine has crashed');
  }

  /**
   * The only place where a request's answer, or why it was refused, is sent; nothing is sent after a crash.
   * @param {RequestCommand} command
   */
  #answer({ id, name, ask }) {
    const row = /** @type {import('./requests.js').Row<any>} */ (REQUESTS[name]);
    const reply = (/** @type {unknown} */ answer, /** @type {Problem | null} */ problem) => {
      if (!this.#dead) this.emit({ type: 'answered', id, answer, problem });
    };
    const answered = (/** @type {unknown} */ answer) => reply(answer, null);
    const refused = (/** @type {unknown} */ error) => {
      const problem = refusalOf(error);
      if (problem) reply(null, problem);
      else this.#fail(error);
    };
    this.#schedule(row.when, () => {
      try {
        const answer = row.answer(this, ask);
        if (answer instanceof Promise) answer.then(answered, refused);
        else answered(answer);
      } catch (error) {
        refused(error);
      }
    });
  }

  /** Keeps the order of those that wait. @param {When} when @param {() => void} action */
  #schedule(when, action) {
    if (when === 'atOnce' || !this.loop.stepping) return this.#try(action);
    this.#held.push(action);
    this.loop.hurry();
  }

  #release() {
    for (const action of this.#held.splice(0)) this.#try(action);
  }

  /**
   * Runs `action` if the engine is alive. A refusal that has no answer changes nothing; anything
   * else is a trap.
   * @param {() => void} action
   */
  #try(action) {
    if (this.#dead) return;
    try {
      this.refusalIn(action);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** @param {unknown} error */
  #fail(error) {
    if (this.#dead) return;
    this.#dead = true;
    this.emit({
      type: 'failed',
      problem: problem('engine_crashed', `The training engine crashed (${String(error)}).`),
    });
  }
}
