/** A worker's parts on a bench: a stand-in for the engine, and tasks that run only when the test says so. */

import { DEFAULT_PRESET } from '../../model/presets.js';
import { Pool } from '../pool/pool.js';
import { Commands } from '../run/commands.js';
import { Tuner } from '../pool/tuner.js';
import { FakeSession } from './fake-session.js';

/** @typedef {import('../protocol.js').Event} Event */
/** @typedef {import('../protocol.js').RequestName} RequestName */

/**
 * @template {Event['type']} Type
 * @typedef {Extract<Event, { type: Type }>} Of
 */

/** A spec of 20 steps an epoch and 2 epochs on the fake engine's data. @type {import('../../model/spec.js').Spec} */
export const SPEC = {
  ...DEFAULT_PRESET.spec,
  training: { ...DEFAULT_PRESET.spec.training, batch_size: 32, epochs: 2 },
};

export class Bench {
  session = new FakeSession();
  /** @type {Event[]} */
  events = [];
  /** @type {Transferable[][]} */
  transfers = [];
  /** @type {(() => void)[]} */
  #tasks = [];
  /** What is to be done when its time has come. @type {{ action: () => void, at: number }[]} */
  #timers = [];
  /** @type {Map<number, (reply: any) => void>} */
  #asked = new Map();
  #nextId = 1;

  /** @param {typeof globalThis.fetch} [fetch] */
  constructor(fetch = () => new Promise(() => {})) {
    const now = () => this.session.time;
    const nextTask = () => /** @type {Promise<void>} */ (new Promise((resolve) => this.#tasks.push(resolve)));
    this.pool = new Pool({
      session: /** @type {any} */ (this.session),
      createWorker: null,
      tuner: new Tuner(0),
      now,
      nextTask,
    });
    this.commands = new Commands({
      ...{ session: /** @type {any} */ (this.session), engine: this.session.engine, pool: this.pool },
      emit: (event, transfer) => this.#emit(event, transfer),
      ...{ nextTask, now, fetch, later: (action, ms) => this.#timers.push({ action, at: now() + ms }) },
    });
  }

  /** @param {Event} event @param {Transferable[]} [transfer] */
  #emit(event, transfer = []) {
    this.events.push(event);
    this.transfers.push(transfer);
    if (event.type === 'answered') this.#asked.get(event.id)?.({ answer: event.answer, problem: event.problem });
  }

  /** @param {import('../protocol.js').PlainCommand} command */
  send(command) {
    this.commands.obey(command);
  }

  /**
   * @template {RequestName} Name
   * @param {Name} name
   * @param {import('../protocol.js').Ask<Name>} ask
   * @returns {Promise<import('../protocol.js').Reply<Name>>}
   */
  ask(name, ask) {
    const id = this.#nextId++;
    const reply = new Promise((resolve) => this.#asked.set(id, resolve));
    this.commands.obey(/** @type {import('../protocol.js').RequestCommand} */ ({ type: 'request', id, name, ask }));
    return reply;
  }

  /** The phases that were reported to the page. */
  get phases() {
    return this.of('phase').map(({ phase }) => phase);
  }

  /** @param {import('../../model/spec.js').Spec} [spec] */
  open(spec = SPEC) {
    this.send({ type: 'open', dataUrl: 'http://data/', spec, checkpoint: null });
    return this;
  }

  /**
   * Lets the worker do so many pieces of work.
   * @param {number} count
   */
  async turns(count) {
    for (let turn = 0; turn < count; turn += 1) {
      this.#tasks.shift()?.();
      await settled();
    }
  }

  /** Lets no step end until the function that is returned is called. */
  holdSteps() {
    let finish = () => {};
    this.pool.share = async (blocks) => {
      await /** @type {Promise<void>} */ (new Promise((resolve) => (finish = resolve)));
      this.session.compute(0, blocks);
      return this.session.finishStep();
    };
    return () => finish();
  }

  /** Lets the worker work until it has nothing to do. */
  async idle() {
    await settled();
    for (let turn = 0; this.#tasks.length > 0; turn += 1) {
      if (turn > 10_000) throw new Error('the worker never rests');
      await this.turns(1);
    }
  }

  /** Lets time pass, and the worker do what is due then. @param {number} ms */
  async pass(ms) {
    await this.idle();
    const end = this.session.time + ms;
    for (let timer = this.#dueBy(end); timer; timer = this.#dueBy(end)) {
      this.session.time = Math.max(this.session.time, timer.at);
      timer.action();
      await this.idle();
    }
    this.session.time = Math.max(this.session.time, end);
  }

  /** Takes the first timer that is due by then. @param {number} end */
  #dueBy(end) {
    this.#timers.sort((a, b) => a.at - b.at);
    return Number(this.#timers[0]?.at) <= end ? this.#timers.shift() : undefined;
  }

  /**
   * The events of one type so far.
   * @template {Event['type']} Type
   * @param {Type} type
   * @returns {Of<Type>[]}
   */
  of(type) {
    return /** @type {Of<Type>[]} */ (this.events.filter((event) => event.type === type));
  }

  forget() {
    this.events = [];
    this.transfers = [];
    this.session.calls = [];
  }
}

/** Lets promises and streams settle that wait for nothing outside. */
export async function settled() {
  for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setImmediate(resolve));
}
