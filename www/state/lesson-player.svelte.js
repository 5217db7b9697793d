/**
 * Plays a lesson: shows what each card is about, does what its button says, and knows when that is done. It changes the page
 * only when a card is opened; in between, the visitor may go anywhere.
 */

import { untrack } from 'svelte';
import { same } from '../lib/same.js';
import { merged } from '../experiments/merge.js';
import { DEFAULT_PRESET } from '../model/presets.js';
import { stepsPerEpoch } from '../model/training.js';

/** @typedef {import('../lessons/form.js').Card} Card */
/** @typedef {import('../lessons/form.js').Lesson} Lesson */
/** @typedef {import('../model/reports.js').Probe} Probe */
/** @typedef {Exclude<Probe, { kind: 'drawing' }>} TestImage */
/** @typedef {import('../model/reports.js').ProbeReading} ProbeReading */
/** @typedef {import('../runs/run.js').Run} Run */
/** @typedef {import('./lab.svelte.js').Lab} Lab */
/** @typedef {import('./lessons.svelte.js').Lessons} Lessons */
/** @typedef {import('./view.svelte.js').View} View */

/** So many of the last steps tell how well the network does on the images that it learns from. */
const LATEST = 30;

export class LessonPlayer {
  lesson;
  /** Whether what the call-out points at has been pressed. */
  pressed = $state(false);
  /** The run that the card has replaced by one of its own. @type {Run | null} */
  #replaced = $state.raw(null);
  /** The steps that had been made when the card was opened. */
  #from = $state(0);
  /** The kind of mistake that has been shown: afterwards the visitor chooses what is viewed. @type {Card['image']} */
  #found = null;
  #lab;
  #view;
  #lessons;
  /** Whether the lesson is about networks like this one. */
  fits = $derived.by(() => {
    const { layers, data } = this.#lab.spec;
    return data.set === 'mnist' && this.lesson.layers.every((kind) => layers.some(({ type }) => type === kind));
  });
  /** The image that a card has chosen, and what the visitor viewed before. @type {{ shown: TestImage, before: Probe } | null} */
  #chosen = $state.raw(null);
  /** What the network says of that image, also while the visitor views another. @type {ProbeReading | null} */
  #reading = $state.raw(null);
  /** Until the visitor's network is back, what is known of the network is about another. */
  #restoring = $state(false);
  /** Of what the card has set going, which is to end with it: the pace before. @type {{ pace: number | null } | null} */
  #going = null;

  /** @param {Lesson} lesson @param {{ lab: Lab, view: View, lessons: Lessons }} page */
  constructor(lesson, { lab, view, lessons }) {
    this.lesson = lesson;
    this.#lab = lab;
    this.#view = view;
    this.#lessons = lessons;
    $effect(() => {
      // A network that the lesson is about may come only now.
      void [this.number, this.fits];
      untrack(() => this.showAgain());
    });
    $effect(() => {
      void this.number;
      return untrack(() => this.enter());
    });
    $effect(() => this.findMistake());
    $effect(() => this.readChosen());
    $effect(() => () => this.giveBack());
  }

  /** Of the card, from 1. */
  get number() {
    return cardNumber(this.lesson, this.#lessons.open);
  }

  get card() {
    return /** @type {Card} */ (this.lesson.cards[this.number - 1]);
  }

  get isLast() {
    return this.number === this.lesson.cards.length;
  }

  get #step() {
    return this.#lab.progress?.step ?? 0;
  }

  /** What the visitor has chosen to view. @returns {Probe} */
  get #own() {
    const { probe, tried, isTrying } = this.#lab;
    const viewed = isTrying && tried ? tried.before : probe;
    return this.#chosen?.shown === viewed ? this.#chosen.before : viewed;
  }

  /** Whether the network must first be trained (`train`), or must not have been trained (`restart`). */
  get missing() {
    const { atLeast, atMost } = this.card.needs;
    if (this.#step < atLeast && this.#lab.phase !== 'finished') return 'train';
    return this.#step > atMost ? 'restart' : null;
  }

  /** The step that training goes to; null if the card does not train. */
  get goal() {
    const { action, needs } = this.card;
    if (this.missing === 'train') return needs.atLeast;
    if (action.kind === 'restart') return action.to;
    if (action.kind !== 'train') return null;
    if (action.more > 0) return Math.max(this.#from, needs.atLeast) + action.more;
    return action.to === 'epoch' ? stepsPerEpoch(this.#lab.spec) : action.to;
  }

  /** Whether the visitor has done what the card asks for. */
  get done() {
    const { action } = this.card;
    const { probe, phase, divergence, runs } = this.#lab;
    // The phase of a run that has been replaced is known until the other has reported its own.
    const ended = divergence !== null || (phase === 'finished' && this.#step > 0);
    const over = ended || this.#step >= (this.goal ?? 0);
    if (action.kind === 'draw') return probe.kind === 'drawing' ? probe.pixels !== null : probe.index === action.digit;
    if (action.kind === 'press') return this.pressed;
    if (action.kind === 'train') return over;
    return action.kind === 'read' || (this.#replaced !== null && runs.current !== this.#replaced && over);
  }

  /** What the texts of the cards may name. @returns {import('../lessons/facts.js').Known} */
  get known() {
    const lab = this.#lab;
    void lab.curvesVersion;
    const { training, test } = lab.evaluations;
    const { accuracy } = lab.curves.train;
    const isLate = test?.step !== this.#step && lab.phase !== 'training';
    return {
      names: lab.classes.long,
      step: this.#step,
      spec: lab.spec,
      reading: this.card.image ? this.#reading : (lab.snapshot?.reading ?? null),
      evaluation: isLate ? null : test,
      training: training?.step === this.#step ? training.accuracy : mean(accuracy.subarray(-LATEST)),
    };
  }

  /** Does what the card's button says. */
  act() {
    const { action } = this.card;
    const lab = this.#lab;
    const { missing } = this;
    if (missing === 'restart') return lab.restart();
    if (missing === 'train') return lab.trainTo(this.card.needs.atLeast);
    if (action.kind === 'draw') lab.lookAt({ kind: 'test', index: action.digit });
    if (action.kind !== 'train' && action.kind !== 'restart') return;
    if (action.kind === 'restart') {
      this.#replaced ??= lab.runs.current;
      this.#lessons.ownSpec ??= lab.spec;
      // What the card tells of the outcome is true of this network.
      lab.restartWith(merged(DEFAULT_PRESET.spec, action.change));
    }
    this.#going ??= { pace: lab.pace };
    lab.setPace(action.pace);
    lab.trainTo(this.goal ?? 0);
  }

  /** Starts over with the network that lessons are about. */
  useDefault() {
    this.#lab.restartWith(DEFAULT_PRESET.spec);
  }

  /** Shows once more what the card is about. */
  showAgain() {
    const { view } = this.card;
    const { mainPanel, part, direction, tab, split } = view;
    Object.assign(this.#view.choices, {
      mainPanel,
      part,
      direction,
      tab,
      split,
      settings: view.panels.includes('settings'),
    });
    this.#view.guide = { ...view };
  }

  /** @param {number} card */
  go(card) {
    this.#lessons.show({ lesson: this.lesson.id, card });
  }

  /** Begins with the card that is open. @returns {() => void} what ends with it */
  enter() {
    this.pressed = false;
    this.#from = this.#step;
    const { image } = this.card;
    // Cards in a row about the same mistake show the same image.
    if (!this.#chosen || !same(image, this.#found)) this.#found = null;
    if (!image) this.giveBack();
    else if ('index' in image) this.#choose(image.index);
    else if (this.#found && this.#chosen) this.#lab.lookAt(this.#chosen.shown);
    return () => this.#leave();
  }

  #leave() {
    if (this.#going) {
      this.#lab.pause();
      this.#lab.setPace(this.#going.pace);
    }
    this.#going = null;
    this.#restore();
  }

  /** The visitor's network takes its place again, as trained as it was. */
  #restore() {
    const { ownSpec } = this.#lessons;
    const run = this.#replaced;
    this.#replaced = this.#lessons.ownSpec = null;
    if (!run?.began || run.steps.length === 0) return ownSpec && this.#lab.restartWith(ownSpec);
    this.#restoring = true;
    this.#lab.runs.goTo(run).finally(() => {
      this.#restoring = false;
      this.#from = this.#step;
    });
  }

  /** Views a test image in place of what the visitor has chosen. @param {number} index */
  #choose(index) {
    /** @type {TestImage} */
    const shown = { kind: 'test', index };
    this.#chosen = { shown, before: this.#own };
    this.#reading = null;
    this.#lab.lookAt(shown);
  }

  /** Views what the visitor has chosen. */
  giveBack() {
    const own = this.#own;
    this.#chosen = this.#reading = null;
    if (own !== this.#lab.probe) this.#lab.lookAt(own);
  }

  /** Keeps the answer to the image that the card is about. */
  readChosen() {
    const reading = this.#lab.snapshot?.reading;
    const { probe } = reading ?? {};
    if (probe?.kind === 'test' && probe.index === this.#chosen?.shown.index) this.#reading = reading ?? null;
  }

  /**
   * Shows a mistake of the kind that the card is about, or else any, as soon as the test images have been evaluated; another
   * one, if the network has been trained until it no longer makes it.
   */
  findMistake() {
    const { image } = this.card;
    const { test } = this.#lab.evaluations;
    if (!image || !('label' in image) || !test || this.#restoring) return;
    const labels = this.#lab.digits.labels.test;
    if (!labels) return void this.#lab.digits.needLabels('test');
    // Of older evaluations only the figures are kept.
    if (test.predicted.length !== labels.length) return;
    const { shown } = this.#chosen ?? {};
    const isGone = shown === this.#lab.probe && test.predicted[shown.index] === labels[shown.index];
    if (this.#found && !isGone) return;
    const wrong = [...labels.keys()].filter((index) => labels[index] !== test.predicted[index]);
    const meant = wrong.filter((index) => labels[index] === image.label && test.predicted[index] === image.readAs);
    const surest = (meant.length > 0 ? meant : wrong).sort(
      (a, b) => Number(test.confidence[b]) - Number(test.confidence[a]),
    )[0];
    if (surest === undefined) return;
    this.#found = image;
    untrack(() => this.#choose(surest));
  }
}

/** Of the card that is open, from 1. A link may name one that there is not. @param {Lesson} lesson @param {Lessons['open']} open */
export const cardNumber = ({ cards }, open) => Math.min(Math.max(open?.card ?? 1, 1), cards.length);

/** @param {Float32Array} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
