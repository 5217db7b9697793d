/**
 * What each action of a replay does: the same methods are called as when a visitor does it, and the page is waited for
 * until it is as the action says.
 */

import { same } from '../lib/same.js';
import { sameSpec } from '../link/specs.js';

/** @typedef {import('../replay/actions.js').Action} Action */
/** @typedef {import('../runs/run.js').Run} Run */
/** @template {Action['do']} Name @typedef {Extract<Action, { do: Name }>} Of */
/** @typedef {Pick<Of<'train'>, 'to' | 'took'>} Stretch */

/**
 * The course of the replay. `until`: the page is so; `beat`: so much time has passed as it was recorded. Both go on only
 * while it is played. It can be paused and its speed changed at any time.
 * @typedef {{ until: (isSo: () => boolean) => Promise<void>, beat: (ms: number) => Promise<void>, playing: boolean, readonly speed: number }} Course
 */

/** Nobody watches a page wait. */
export const LONGEST_PAUSE_MS = 1_500;
const LONGEST_STROKE_MS = 3_000;
/** Faster, a network is not slowed down. */
const FASTEST_PACE = 1_000;
/** A stroke is drawn in pieces that take as long. */
const FRAME_MS = 16;

export class Deeds {
  #page;
  #course;
  /** In the order of the recording. @type {Run[]} */
  #runs = [];
  /** The training under way, and the step at which it began. @type {Stretch & { from: number } | null} */
  #trains = null;

  /** @param {import('./address.svelte.js').Address} page @param {Course} course */
  constructor(page, course) {
    this.#page = page;
    this.#course = course;
  }

  /** @param {Action} action */
  async act(action) {
    await this.#do(action);
    // Runs are numbered in the order in which they come about.
    const { current } = this.#page.lab.runs;
    if (current && !this.#runs.includes(current)) this.#runs.push(current);
  }

  /** As fast as when it was recorded, or so many times as fast. */
  setPace() {
    if (!this.#trains) return;
    const { from, to, took } = this.#trains;
    const pace = took > 0 ? ((to - from) / took) * 1_000 * this.#course.speed : Infinity;
    this.#page.lab.setPace(pace < FASTEST_PACE ? Math.max(1, Math.round(pace)) : null);
  }

  /** @param {Action} action */
  async #do(action) {
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
        const images = lab.classes.sizes[action.split];
        return lab.lookAt({ kind: action.split, index: action.image < images ? action.image : 0 });
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
        return this.#course.until(() => lab.divergence === null);
      case 'weight':
        return this.#setWeight(action);
    }
  }

  /** @param {Of<'restart'>} action */
  async #restart({ spec }) {
    const { lab } = this.#page;
    const before = lab.runs.current;
    lab.restartWith(spec);
    await this.#course.until(() => lab.absent !== null || lab.draftProblem !== null || lab.runs.current !== before);
    const problem = lab.absent ?? lab.draftProblem;
    if (problem) throw new Error(`The replay stops here: its network cannot be built. ${problem.message}`);
    await this.#course.until(() => sameSpec(lab.spec, spec) && lab.phase === 'ready');
  }

  /** @param {Of<'settings'>} action */
  #set({ spec }) {
    const { lab } = this.#page;
    lab.edit(spec);
    return this.#course.until(() => same(lab.spec.training, spec.training) || lab.draftProblem !== null);
  }

  /** Also on after a pause. @param {Stretch} stretch */
  async #train({ to, took }) {
    const { lab } = this.#page;
    const step = () => stepOf(lab);
    // The phase alone may still be that of the run before.
    const isFinished = () => lab.phase === 'finished' && step() >= (lab.progress?.totalSteps ?? Infinity);
    const isOver = () => lab.phase !== 'training' && (step() >= to || isFinished() || lab.divergence !== null);
    this.#trains = { to, took, from: step() };
    while (!isOver()) {
      this.setPace();
      let hasBegun = false;
      lab.trainTo(to);
      const isPaused = () => hasBegun && lab.phase === 'paused';
      await this.#course.until(() => {
        hasBegun ||= lab.phase === 'training';
        return isOver() || isPaused() || !this.#course.playing;
      });
      // The visitor may have paused it with the page's own button.
      if (!isOver()) await this.#rest();
    }
    this.#trains = null;
  }

  /** Until the replay goes on. */
  async #rest() {
    const { lab } = this.#page;
    const course = this.#course;
    course.playing = false;
    lab.pause();
    await course.until(() => course.playing && lab.phase !== 'training');
  }

  /** @param {Of<'draw'>} action */
  async #draw({ strokes, times }) {
    const { drawing } = this.#page;
    const differs = strokes.findIndex((stroke, index) => !same(stroke, drawing.strokes[index]));
    const kept = differs < 0 ? strokes.length : differs;
    while (drawing.strokes.length > kept) drawing.undo();
    drawing.redraw();
    let time = 0;
    for (const [index, stroke] of strokes.entries()) {
      const [begun = 0, ended = 0] = times[index] ?? [];
      if (index < kept) continue;
      await this.#course.beat(Math.min(begun - time, LONGEST_PAUSE_MS));
      await this.#stroke(stroke, Math.min(ended - begun, LONGEST_STROKE_MS));
      time = ended;
    }
  }

  /** @param {import('../lib/strokes.js').Stroke} stroke @param {number} took */
  async #stroke([first, ...rest], took) {
    const { drawing } = this.#page;
    if (!first) return;
    const each = took / Math.max(1, rest.length);
    let waited = 0;
    drawing.begin(first);
    try {
      for (const point of rest) {
        waited += each;
        if (waited / this.#course.speed >= FRAME_MS) {
          drawing.redraw();
          await this.#course.beat(waited);
          waited = 0;
        }
        drawing.extend(point);
      }
    } finally {
      drawing.end();
      drawing.redraw();
    }
  }

  /** To the step itself, or on to it from the last one before it that is kept. @param {Of<'back'>} action */
  async #goBack({ run: number, step }) {
    const run = this.#runs[number];
    const kept = run?.steps.filter((other) => other <= step).at(-1);
    if (!run || kept === undefined) {
      throw new Error(`The replay stops here: step ${step} of run ${number + 1} of the recording is not kept.`);
    }
    await this.#page.lab.runs.goTo(run, kept);
    if (kept < step) await this.#train({ to: step, took: 0 });
  }

  /** @param {Of<'weight'>} action */
  #setWeight({ place, value }) {
    const { weightEdits } = this.#page.lab;
    const before = weightEdits.changes;
    weightEdits.setWeight(place, value);
    return this.#course.until(() => weightEdits.changes > before || weightEdits.refusal !== null);
  }
}

/**
 * Where the run is, also before the worker has reported it: then the progress is still that of the run before.
 * @param {import('./lab.svelte.js').Lab} lab
 */
export const stepOf = ({ runs }) => runs.at ?? runs.current?.data.lastStep ?? 0;

/** @param {import('./view.svelte.js').View} view @param {import('../link/view-text.js').ViewChoices} choices */
function showChoices(view, choices) {
  const { experiment } = view.choices;
  Object.assign(view.choices, choices);
  if (choices.experiment === experiment) return;
  view.openExperiment(choices.experiment);
  view.experimentsOpen = choices.experiment !== '';
}
