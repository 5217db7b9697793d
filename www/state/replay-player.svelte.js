/**
 * Acts out a replay: does what each action says as a visitor would, through the same methods of the stores, and waits
 * until the page is as the action says.
 */

import { same } from '../lib/same.js';
import { isOnCanvas } from '../link/drawing.js';
import { engineOf } from '../link/outcome.js';
import { sameSpec } from '../link/specs.js';
import { endOf } from '../replay/actions.js';

/** @typedef {import('../replay/actions.js').Action} Action */
/** @typedef {import('../replay/actions.js').Replay} Replay */
/** @typedef {import('../runs/run.js').Run} Run */
/** How many times as fast as it was recorded; Infinity: as fast as the network trains. @typedef {number} Speed */
/** @template {Action['do']} Name @typedef {Extract<Action, { do: Name }>} Of */

/** Nobody watches a page think. */
const LONGEST_PAUSE_MS = 1_500;
/** So that one sees what each action does. */
const SHORTEST_PAUSE_MS = 400;
/** Faster, a network is not slowed down. */
const FASTEST_PACE = 1_000;
/** A stroke is drawn in pieces that take as long. */
const FRAME_MS = 16;

/** The replay was closed. */
class Closed extends Error {}

export class Player {
  replay;
  /** Until it is begun, nothing changes. */
  playing = $state(false);
  /** @type {Speed} */
  speed = $state(1);
  /** How many actions are done. */
  done = $state(0);
  /** Why it could not go on. */
  problem = $state('');
  /** What came of it, in a sentence, once all is done. */
  verdict = $state('');
  #page;
  #wait;
  #playing = Promise.resolve();
  #closed = false;
  /** What is waited for. @type {{ isSo: () => boolean, go: (error?: Error) => void } | null} */
  #awaited = null;
  /** In the order of the recording. @type {Run[]} */
  #runs = [];
  #paceBefore;
  #begun = false;
  /** The step at which the training under way began. */
  #from = 0;

  /**
   * @param {Replay} replay
   * @param {import('./address.svelte.js').Address} page
   * @param {(ms: number) => Promise<unknown>} [wait]
   */
  constructor(replay, page, wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))) {
    this.replay = replay;
    this.#page = page;
    this.#wait = wait;
    this.#paceBefore = page.lab.pace;
    $effect(() => this.follow());
    $effect(() => () => this.close());
  }

  get total() {
    return this.replay.actions.length;
  }

  /** Whether there is nothing left to do. */
  get ended() {
    return this.verdict !== '' || this.problem !== '';
  }

  /** Acts it out, from the beginning to the end. */
  async #play() {
    try {
      await this.#until(() => this.#page.lab.summary !== null && this.#page.lab.phase !== 'opening');
      for (const [index, action] of this.replay.actions.entries()) {
        await this.#pauseBefore(index);
        await this.#act(action);
        this.#meetRun();
        this.done = index + 1;
      }
      this.verdict = await this.#compare();
    } catch (error) {
      if (!(error instanceof Closed)) this.problem = error instanceof Error ? error.message : String(error);
    }
    if (!this.#closed) this.#page.lab.setPace(this.#paceBefore);
  }

  /** Until it has ended, for tests. */
  get finished() {
    return this.#playing;
  }

  toggle() {
    this.playing = !this.playing;
    this.follow();
    if (this.#begun) return;
    this.#begun = true;
    this.#playing = this.#play();
  }

  /** @param {Speed} speed */
  setSpeed(speed) {
    this.speed = speed;
    const action = this.replay.actions[this.done];
    if (action?.do === 'train' && this.#page.lab.phase === 'training') this.#setPace(action);
  }

  /** The page stays as it is, and is the visitor's. */
  close() {
    if (this.#closed) return;
    this.#closed = true;
    this.#awaited?.go(new Closed());
    if (this.ended) return;
    const { lab } = this.#page;
    if (lab.phase === 'training') lab.pause();
    lab.setPace(this.#paceBefore);
  }

  /** Something has changed: perhaps what is waited for. */
  follow() {
    const { lab } = this.#page;
    void [lab.summary, lab.phase, lab.progress, lab.spec, lab.draftProblem, lab.absent, lab.failure, lab.divergence];
    void [lab.runs.current, lab.weightEdits.changes, lab.weightEdits.refusal, this.playing];
    if (!this.#awaited) return;
    if (lab.failure) this.#awaited.go(new Error(`The replay stops here. ${lab.failure.message}`));
    else if (this.#awaited.isSo()) this.#awaited.go();
  }

  /** @param {() => boolean} isSo @returns {Promise<void>} */
  #until(isSo) {
    if (this.#closed) return Promise.reject(new Closed());
    if (isSo()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const go = (/** @type {Error | undefined} */ error) => {
        this.#awaited = null;
        if (error) reject(error);
        else resolve();
      };
      this.#awaited = { isSo, go };
    });
  }

  /** Time as it was recorded, and all the time in which the replay is paused. @param {number} ms */
  async #beat(ms) {
    if (ms > 0 && this.speed < Infinity) await this.#wait(ms / this.speed);
    await this.#until(() => this.playing);
  }

  /** @param {number} index */
  async #pauseBefore(index) {
    const [before, next] = [this.replay.actions[index - 1], this.replay.actions[index]];
    const pause = before && next ? next.at - endOf(before) : 0;
    // What happened while it trained does not interrupt it for long.
    const isBusy = before?.do === 'train' && pause < SHORTEST_PAUSE_MS;
    await this.#beat(index === 0 || isBusy ? 0 : Math.min(Math.max(pause, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS));
  }

  /** Runs that came about are numbered as they were when it was recorded. */
  #meetRun() {
    const { current } = this.#page.lab.runs;
    if (current && !this.#runs.includes(current)) this.#runs.push(current);
  }

  /** @param {Action} action */
  async #act(action) {
    const { lab, view, lessons } = this.#page;
    switch (action.do) {
      case 'restart':
        return this.#restart(action);
      case 'settings':
        return this.#set(action);
      case 'train':
        return this.#train(action);
      case 'draw':
        return this.#draw(action);
      case 'look': {
        const last = lab.classes.sizes[action.split] - 1;
        return lab.lookAt({ kind: action.split, index: Math.min(action.image, last) });
      }
      case 'view':
        return showChoices(view, action.choices);
      case 'card':
        return action.card ? lessons.show(action.card) : lessons.leave();
      case 'back':
        return this.#goBack(action);
      case 'recover':
        if (!lab.divergence) return;
        lab.goBack();
        return this.#until(() => lab.divergence === null);
      case 'weight':
        return this.#setWeight(action);
    }
  }

  /** @param {Of<'restart'>} action */
  async #restart({ spec }) {
    const { lab } = this.#page;
    const before = lab.runs.current;
    lab.restartWith(spec);
    await this.#until(() => lab.absent !== null || lab.draftProblem !== null || lab.runs.current !== before);
    const problem = lab.absent ?? lab.draftProblem;
    if (problem) throw new Error(`The replay stops here: its network cannot be built. ${problem.message}`);
    await this.#until(() => sameSpec(lab.spec, spec) && lab.phase !== 'training' && lab.phase !== 'opening');
  }

  /** @param {Of<'settings'>} action */
  #set({ spec }) {
    const { lab } = this.#page;
    lab.edit(spec);
    return this.#until(() => same(lab.spec.training, spec.training) || lab.draftProblem !== null);
  }

  /** Also on after a pause. @param {Pick<Of<'train'>, 'to' | 'took'>} action */
  async #train(action) {
    const { lab } = this.#page;
    this.#from = this.#step;
    const isOver = () =>
      lab.phase !== 'training' && (this.#step >= action.to || lab.phase === 'finished' || lab.divergence !== null);
    while (!isOver()) {
      await this.#until(() => this.playing);
      this.#setPace(action);
      let hasBegun = false;
      lab.trainTo(action.to);
      await this.#until(() => {
        const isPaused = hasBegun && lab.phase === 'paused';
        hasBegun ||= lab.phase === 'training';
        return isOver() || !this.playing || isPaused;
      });
      if (isOver()) return;
      // The visitor may have paused it with the page's own button.
      if (this.playing) this.playing = false;
      else await this.#rest();
    }
  }

  async #rest() {
    const { lab } = this.#page;
    lab.pause();
    await this.#until(() => lab.phase !== 'training');
  }

  get #step() {
    return this.#page.lab.progress?.step ?? 0;
  }

  /** As fast as when it was recorded. @param {Pick<Of<'train'>, 'to' | 'took'>} action */
  #setPace({ to, took }) {
    const pace = took > 0 ? ((to - this.#from) / took) * 1000 * this.speed : Infinity;
    this.#page.lab.setPace(pace < FASTEST_PACE ? Math.max(1, Math.round(pace)) : null);
  }

  /** @param {Of<'draw'>} action */
  async #draw({ strokes, times }) {
    const { drawing } = this.#page;
    const kept = strokes.findIndex((stroke, index) => !same(stroke, drawing.strokes[index]));
    const here = kept < 0 ? strokes.length : kept;
    while (drawing.strokes.length > here) drawing.undo();
    drawing.redraw();
    if (!isOnCanvas(strokes)) return;
    for (let index = here, time = 0; index < strokes.length; index += 1) {
      const [begun, ended] = times[index] ?? [0, 0];
      await this.#beat(Math.min(begun - time, LONGEST_PAUSE_MS));
      await this.#stroke(strokes[index] ?? [], ended - begun);
      time = ended;
    }
  }

  /** @param {import('../lib/strokes.js').Stroke} stroke @param {number} took */
  async #stroke([first, ...rest], took) {
    const { drawing } = this.#page;
    if (!first) return;
    const each = Math.min(took, 2 * LONGEST_PAUSE_MS) / Math.max(1, rest.length);
    drawing.begin(first);
    let waited = 0;
    try {
      for (const point of rest) {
        waited += each;
        if (waited / this.speed >= FRAME_MS) {
          drawing.redraw();
          await this.#beat(waited);
          waited = 0;
        }
        drawing.extend(point);
      }
    } finally {
      drawing.end();
      drawing.redraw();
    }
  }

  /** To the step itself, or from the last one before it that is kept. @param {Of<'back'>} action */
  async #goBack({ run: number, step }) {
    const { lab } = this.#page;
    const run = this.#runs[number];
    const kept = run?.steps.filter((kept) => kept <= step).at(-1);
    if (!run || kept === undefined)
      throw new Error(`The replay stops here: step ${step} of an earlier run is not kept.`);
    await lab.runs.goTo(run, kept);
    if (kept < step) await this.#train({ to: step, took: 0 });
  }

  /** @param {Of<'weight'>} action */
  #setWeight({ place, value }) {
    const { weightEdits } = this.#page.lab;
    const before = weightEdits.changes;
    weightEdits.setWeight(place, value);
    return this.#until(() => weightEdits.changes > before || weightEdits.refusal !== null);
  }

  /** Whether the same came of it. */
  async #compare() {
    const { outcome } = this.replay;
    if (!outcome) return 'That was all.';
    const { answer: report } = await this.#page.lab.ask('receipt', {}).catch(() => ({ answer: null }));
    if (!report) return 'That was all. The weights could not be compared.';
    if (report.weights === outcome.weights) return 'The weights are the same as when it was recorded, bit for bit.';
    const version = engineOf(report.version);
    const why =
      version === outcome.engine ? '' : ` It was recorded with version ${outcome.engine}; this is ${version}.`;
    return `The weights differ from those when it was recorded.${why}`;
  }
}

/** @param {import('./view.svelte.js').View} view @param {import('../link/view-text.js').ViewChoices} choices */
function showChoices(view, choices) {
  const { experiment } = view.choices;
  Object.assign(view.choices, choices);
  if (choices.experiment === experiment) return;
  view.openExperiment(choices.experiment);
  view.experimentsOpen = choices.experiment !== '';
}
