/**
 * Records what a visitor does. It watches what the page's stores say, in one place, so that nothing that changes them has
 * to know of it, and costs nothing unless it is asked for.
 */

import { untrack } from 'svelte';
import { same } from '../lib/same.js';
import { engineOf } from '../link/outcome.js';
import { MOST_ACTIONS, withAction } from '../replay/actions.js';
import { stepOf } from './replay-deeds.js';

/** @typedef {import('../replay/actions.js').Action} Action */
/** @typedef {import('../replay/actions.js').Deed} Deed */
/** @typedef {import('../replay/actions.js').Outcome} Outcome */
/** @typedef {import('../runs/run.js').Run} Run */
/** What the stores say. @typedef {ReturnType<Recorder['see']>} Seen */

export class Recorder {
  /** @type {readonly Action[]} */
  actions = $state.raw([]);
  /** Whether there is no room for more. */
  full = $derived(this.actions.length >= MOST_ACTIONS);
  #page;
  #now;
  #began;
  /** @type {Seen} */
  #last;
  /** In the order in which they were first seen. @type {Run[]} */
  #runs = [];
  /** The draft that has been recorded. @type {import('../model/spec.js').Spec} */
  #draft;
  /** When the training under way began; null while there is none. @type {number | null} */
  #trainsSince = null;
  /** Settings were changed while it trained: the next report says after which step. */
  #waitsForStep = false;
  #stopped = false;
  /** When each stroke began and ended. @type {[begun: number, ended: number][]} */
  #strokes = [];

  /** @param {import('./address.svelte.js').Address} page @param {() => number} [now] milliseconds */
  constructor(page, now = () => performance.now()) {
    this.#page = page;
    this.#now = now;
    this.#began = now();
    this.#last = untrack(() => this.see());
    this.#draft = this.#last.spec;
    untrack(() => this.#begin());
    $effect(() => this.follow());
  }

  /** What there is to begin with. */
  #begin() {
    const { spec, step, run, card, choices, draft, phase } = this.#last;
    if (run) this.#runs.push(run);
    this.#add({ do: 'restart', spec });
    if (step > 0) this.#add({ do: 'train', to: step, took: 0 });
    if (card) this.#add({ do: 'card', card });
    this.#add({ do: 'view', choices });
    this.#drafted(draft);
    this.#looked();
    if (phase === 'training') this.#trainsSince = this.#time;
  }

  /** Since the recording began. */
  get #time() {
    return this.#now() - this.#began;
  }

  /** Whatever is read here is followed. */
  see() {
    const { lab, view, lessons } = this.#page;
    const { spec, draft, phase, progress, probe, divergence, runs, weightEdits } = lab;
    return {
      ...{ spec, draft, phase, progress, probe, divergence, step: (void runs.curvesVersion, stepOf(lab)) },
      ...{ run: runs.current, at: runs.at, lastStep: runs.current?.data.lastStep, edits: weightEdits.done },
      ...{ choices: { ...view.choices }, card: lessons.open },
    };
  }

  /** Something has changed. */
  follow() {
    const now = this.see();
    untrack(() => {
      const before = this.#last;
      this.#last = now;
      if (!this.full && !this.#stopped) this.#note(before, now);
    });
  }

  /** @param {Seen} before @param {Seen} now */
  #note(before, now) {
    if (now.card !== before.card) this.#add({ do: 'card', card: now.card });
    const moved = this.#entered(before, now);
    if (!moved) this.#trained(before, now);
    if (now.phase !== 'training') this.#trainsSince = null;
    this.#weighed(before, now);
    if (!moved) this.#configured(before, now);
    if (now.probe !== before.probe) this.#looked();
    if (!same(now.choices, before.choices)) this.#add({ do: 'view', choices: now.choices });
  }

  /** Another run, or another step of it. @param {Seen} before @param {Seen} now @returns {boolean} whether there is */
  #entered(before, now) {
    const { run, at, spec, step } = now;
    if (!run) return false;
    const isNew = !this.#runs.includes(run);
    if (isNew) this.#runs.push(run);
    // A fork comes about by itself, as soon as it trains.
    if (isNew && run.data.fork) return false;
    if (isNew) this.#restarted(spec);
    else if (run !== before.run || (at !== before.at && at !== null) || this.#isAtEnd(before, now)) {
      this.#add({ do: 'back', run: this.#runs.indexOf(run), step: at ?? run.data.lastStep });
      this.#draft = now.draft;
    } else if (before.divergence && !now.divergence && step < before.step) this.#add({ do: 'recover' });
    else return false;
    this.#trainsSince = null;
    return true;
  }

  /** Whether the run went forward to its end without a step. @param {Seen} before @param {Seen} now */
  #isAtEnd = (before, { at, lastStep }) => at === null && before.at !== null && lastStep === before.lastStep;

  /** @param {import('../model/spec.js').Spec} spec */
  #restarted(spec) {
    this.#add({ do: 'restart', spec });
    this.#draft = spec;
    this.#waitsForStep = false;
  }

  /** @param {Seen} before @param {Seen} now */
  #trained(before, now) {
    const goal = now.divergence?.step ?? now.step;
    const time = this.#time;
    if (goal > (before.divergence?.step ?? before.step)) this.#train(goal, time);
    if (now.phase === 'training' && before.phase !== 'training') this.#trainsSince = time;
  }

  /** @param {number} to @param {number} time */
  #train(to, time) {
    const last = this.actions.at(-1);
    if (last?.do === 'train' && this.#trainsSince !== null && last.at >= this.#trainsSince) {
      this.#replaceLast({ ...last, to, took: time - last.at });
    } else {
      const previous = last?.do === 'train' ? last.at + last.took : (last?.at ?? 0);
      const at = Math.max(previous, this.#trainsSince ?? time);
      this.#add({ do: 'train', to, took: time - at }, at);
    }
  }

  /** @param {Seen} before @param {Seen} now */
  #configured(before, now) {
    const hasReport = now.progress !== before.progress || now.phase !== 'training';
    const isUsed = !same(now.spec.training, before.spec.training);
    if (isUsed && now.phase === 'training') this.#waitsForStep = true;
    else if (this.#waitsForStep && hasReport) {
      this.#waitsForStep = false;
      this.#drafted(now.draft);
    }
    if (now.draft === before.draft || this.#waitsForStep) return;
    // What is used at once belongs to the step after which it is.
    const isOfTraining = same({ ...now.draft, training: null }, { ...this.#draft, training: null });
    if (now.phase !== 'training' || !isOfTraining) this.#drafted(now.draft);
  }

  /** @param {import('../model/spec.js').Spec} draft */
  #drafted(draft) {
    if (same(draft, this.#draft)) return;
    this.#draft = draft;
    this.#add({ do: 'settings', spec: draft });
  }

  /** @param {Seen} before @param {Seen} now */
  #weighed({ edits: before }, { edits }) {
    if (edits === before) return;
    const [last, gone] = [edits.at(-1), before.at(-1)];
    const isUndone = gone && this.#page.lab.weightEdits.undone.includes(gone);
    if (isUndone) this.#add({ do: 'weight', place: gone.place, value: gone.before });
    else if (last) this.#add({ do: 'weight', place: last.place, value: last.value });
  }

  /** At an image, or a drawing. */
  #looked() {
    const { lab } = this.#page;
    const { probe } = lab;
    if (probe.kind !== 'drawing') this.#add({ do: 'look', split: probe.kind, image: probe.index });
    else if (!lab.isTrying) this.#drew();
  }

  #drew() {
    const strokes = this.#page.drawing.strokes.map((stroke) => [...stroke]);
    const time = this.#time;
    const index = this.actions.findLastIndex((action) => action.do !== 'train');
    const last = this.actions[index];
    const grown = strokes.length - this.#strokes.length;
    // A drawing is one action, also while it trains, until something is taken back.
    const continues = last?.do === 'draw' && grown >= 0;
    const begun = continues ? last.at : time;
    this.#strokes.length = Math.min(this.#strokes.length, strokes.length);
    while (this.#strokes.length < strokes.length) this.#strokes.push([time, time]);
    const latest = this.#strokes.at(-1);
    if (latest && grown >= 0) latest[1] = time;
    const times = this.#strokes.map(
      ([begins, ends]) => /** @type {const} */ ([after(begins, begun), after(ends, begun)]),
    );
    const deed = /** @type {const} */ ({ do: 'draw', strokes, times });
    if (continues) this.actions = this.actions.with(index, { ...deed, at: begun });
    else this.#add(deed);
  }

  /** @param {Action} action */
  #replaceLast(action) {
    this.actions = this.actions.with(-1, action);
  }

  /** @param {Deed} deed @param {number} [at] */
  #add(deed, at = this.#time) {
    this.actions = withAction(this.actions, { ...deed, at });
  }

  /** What has been recorded, with what it led to. @returns {Promise<import('../replay/actions.js').Replay>} */
  async finish() {
    const { answer: report } = await this.#page.lab.ask('receipt', {}).catch(() => ({ answer: null }));
    this.#stopped = true;
    if (!report || report.step === 0) return { actions: this.actions, outcome: null };
    // It may have gone on since its last report.
    if (report.step > this.#last.step) this.#train(report.step, this.#time);
    const { step, weights, version } = report;
    return { actions: this.actions, outcome: { step, weights, engine: engineOf(version) } };
  }
}

/** @param {number} time @param {number} begun */
const after = (time, begun) => Math.max(0, time - begun);
