/**
 * The engine's side of this package: it holds the networks and answers questions about them, in whichever thread it is.
 * network.js asks; worker.js passes the questions on.
 */

import { formOf, mostImages } from './checks.js';
import { ConvscopeError, refusalOf } from './errors.js';

/** @typedef {import('./convscope.js').Session} Session */
/** @typedef {import('./checks.js').ImageForm} ImageForm */
/** @typedef {import('./questions.js').Answers} Answers */
/** @typedef {import('./questions.js').Created} Created */
/** @typedef {import('./questions.js').Question} Question */
/** @typedef {import('./questions.js').Reply} Reply */
/** @typedef {import('./questions.js').Step} Step */
/** @template {Question} Name @typedef {import('./questions.js').Ask<Name>} Ask */

/** What the host uses of the engine. @typedef {Pick<typeof import('./convscope.js'), 'Session' | 'emptyCheckpoint' | 'validate' | 'version'>} Engine */

/** A training ends at its goal; one that is `open` where the run does. `learned` has the first images. @typedef {{ session: Session, form: ImageForm, turn: number, goal: { step: number, epoch: number }, open: boolean, learned: Uint8Array }} Held */

/** How long a slice takes, so that a page stays fluent and a worker hears what it is told. */
const SLICE_MS = 12;
/** Images that prove a file. */
const PROOFS = 3;

/**
 * @param {Engine} engine that has been loaded
 * @returns {(name: Question, ask: any) => Reply}
 */
export function answering(engine) {
  const networks = new Networks(engine);
  let broken = false;
  return (name, ask) => {
    if (broken) return refused('engine_failed', 'The engine has stopped after an error. Start another worker.');
    try {
      return { answer: networks[name](ask), problem: null };
    } catch (error) {
      const problem = refusalOf(error);
      if (problem) return { answer: null, problem };
      // After a trap the engine's memory cannot be trusted.
      broken = true;
      return refused('engine_failed', `The engine stopped unexpectedly: ${String(error).slice(0, 200)}`);
    }
  };
}

/** @param {string} code @param {string} message @returns {Reply} */
const refused = (code, message) => ({ answer: null, problem: { code, message, layer: null } });

/** A method for each question. @implements {Answers} */
class Networks {
  #engine;
  /** @type {Map<number, Held>} */
  #held = new Map();
  #created = 0;
  #turns = 0;

  /** @param {Engine} engine */
  constructor(engine) {
    this.#engine = engine;
  }

  version() {
    return this.#engine.version();
  }

  /** @param {Ask<'create'>} ask */
  create({ spec }) {
    return this.#add(
      () => spec,
      (session) => session.start(spec),
    );
  }

  /** @param {Ask<'restore'>} ask */
  restore({ bytes }) {
    return this.#add(
      (session) => session.readCheckpoint(bytes).spec,
      (session) => session.restore(bytes),
    );
  }

  /** @param {Ask<'train'>} ask */
  train({ id, data, length }) {
    const held = this.#find(id);
    if (data) {
      held.session.useImages(data.images, data.labels);
      held.learned = data.images.slice(0, PROOFS * held.form.bytes);
    }
    const { step, epoch } = held.session.position();
    held.goal = { step: step + (length.steps ?? Infinity), epoch: epoch + (length.epochs ?? Infinity) };
    held.open = length.steps === undefined && length.epochs === undefined;
    held.turn = ++this.#turns;
    return held.turn;
  }

  /** @param {Ask<'slice'>} ask */
  slice({ id, turn }) {
    const held = this.#find(id);
    if (turn !== held.turn) {
      throw new ConvscopeError('replaced', 'Another training of this network has begun, which ends this one.');
    }
    const end = performance.now() + SLICE_MS;
    /** @type {Step[]} */
    const steps = [];
    try {
      while (!isDone(held) && performance.now() < end) steps.push(takeStep(held.session));
    } catch (error) {
      // The steps before it are reported first; the same step will be refused again.
      if (steps.length === 0 || !refusalOf(error)) throw error;
    }
    return { steps, done: isDone(held) };
  }

  /** @param {Ask<'predict'>} ask */
  predict({ id, images }) {
    const { session, form } = this.#find(id);
    return ofEach(images, form, (pixels) => session.predict(pixels));
  }

  /** @param {Ask<'parameter'>} ask */
  parameter({ id, name }) {
    return this.#find(id).session.parameter(name);
  }

  /** @param {Ask<'checkpoint'>} ask */
  checkpoint({ id }) {
    return this.#find(id).session.checkpoint();
  }

  /** @param {Ask<'take'>} ask */
  take({ id, images }) {
    const { session, form, learned } = this.#find(id);
    const proofs = images ?? learned;
    const logits = ofEach(proofs, form, (pixels) => {
      const trace = session.trace(pixels);
      const found = trace.logits();
      trace.free();
      return found;
    });
    return { bytes: session.checkpoint(), images: proofs, logits };
  }

  /** @param {Ask<'empty'>} ask */
  empty({ spec }) {
    return this.#engine.emptyCheckpoint(spec);
  }

  /** @param {Ask<'fingerprint'>} ask */
  fingerprint({ id }) {
    return this.#find(id).session.fingerprint();
  }

  /** @param {Ask<'free'>} ask */
  free({ id }) {
    this.#held.get(id)?.session.free();
    this.#held.delete(id);
    return null;
  }

  /** @param {(session: Session) => any} specIn @param {(session: Session) => void} begin @returns {Created} */
  #add(specIn, begin) {
    const session = new this.#engine.Session();
    /** @type {ImageForm} */
    let form;
    try {
      form = formOf(this.#engine.validate(specIn(session)));
      const [channels, rows, columns] = form.dims;
      session.beginSet(channels, rows, columns, form.classes, mostImages(form), 0, 0);
      begin(session);
    } catch (error) {
      if (refusalOf(error)) session.free();
      throw error;
    }
    const id = ++this.#created;
    const goal = { step: 0, epoch: 0 };
    this.#held.set(id, { session, form, turn: 0, goal, open: false, learned: new Uint8Array(0) });
    // Its own spec, in which nothing is left out.
    const { spec, step } = session.readCheckpoint(session.checkpoint());
    return { id, spec, summary: this.#engine.validate(spec), step };
  }

  /** @param {number} id */
  #find(id) {
    const held = this.#held.get(id);
    if (held) return held;
    throw new ConvscopeError('freed', 'This network has been freed. Create another one.');
  }
}

/** What `compute` returns for each image, one after the other. @param {Uint8Array} images @param {ImageForm} form @param {(pixels: Uint8Array) => Float32Array} compute */
function ofEach(images, { bytes, classes }, compute) {
  const all = new Float32Array((images.length / bytes) * classes);
  for (let image = 0; image * bytes < images.length; image += 1) {
    all.set(compute(images.subarray(image * bytes, (image + 1) * bytes)), image * classes);
  }
  return all;
}

/** @param {Held} held */
function isDone({ session, goal, open }) {
  const { step, epoch, finished } = session.position();
  return open ? finished : step >= goal.step || epoch >= goal.epoch;
}

/** @param {Session} session @returns {Step} */
function takeStep(session) {
  session.compute(0, session.beginStep());
  const result = session.finishStep();
  if (result) {
    const { step, epoch } = session.position();
    const { loss, accuracy, learningRate } = result;
    return { step, epoch, loss, accuracy, learningRate };
  }
  const { message, layer } = session.diverged();
  throw new ConvscopeError('not_finite', message, layer);
}
