/** The commands that the page's store sends as they are: what trains, and what is viewed. */

import { LabState } from './lab-state.svelte.js';

/** @typedef {import('../client/client.js').PlainCommand} PlainCommand */
/** @typedef {import('../model/reports.js').Probe} Probe */

export class LabCommands extends LabState {
  #send;

  /** @param {(command: PlainCommand) => void} send */
  constructor(send) {
    super();
    this.#send = send;
  }

  train() {
    this.#send({ type: 'train' });
  }

  pause() {
    this.#send({ type: 'pause' });
  }

  toggle() {
    if (this.phase === 'training') this.pause();
    else this.train();
  }

  /** Trains until the run has made `step` steps, and pauses. @param {number} step */
  trainTo(step) {
    this.#send({ type: 'trainTo', step });
  }

  /** Trains for so many steps, and pauses. @param {number} steps */
  trainFor(steps) {
    this.trainTo((this.progress?.step ?? 0) + steps);
  }

  /** Trains to the end of the epoch, and pauses. */
  trainEpoch() {
    this.#send({ type: 'trainEpoch' });
  }

  /** @param {number | null} stepsPerSecond null: full speed */
  setPace(stepsPerSecond) {
    this.set({ pace: stepsPerSecond });
    this.#send({ type: 'pace', stepsPerSecond });
  }

  /** Makes one step. */
  step() {
    this.#send({ type: 'step' });
  }

  /** After a divergence: takes the last good weights. */
  goBack() {
    this.#send({ type: 'goBack' });
  }

  /** @param {Probe} probe */
  lookAt(probe) {
    this.set({ probe });
    if (probe.kind === 'drawing' && !probe.pixels) this.set({ prediction: null });
    this.#send({ type: 'probe', probe, drawnAt: performance.now() });
  }

  /** @param {Uint8Array | null} pixels the image the network gets, or null for an empty canvas */
  draw(pixels) {
    this.lookAt({ kind: 'drawing', pixels });
  }

  /** Views an image that was made from the one that is viewed. @param {Uint8Array} pixels */
  tryImage(pixels) {
    /** @type {Probe} */
    const probe = { kind: 'drawing', pixels };
    this.set({ tried: { probe, before: this.probe } });
    this.lookAt(probe);
  }

  /** Whether such an image is viewed. */
  get isTrying() {
    return this.tried !== null && this.tried.probe === this.probe;
  }

  /** Views what was viewed before the image that is tried. */
  endTrying() {
    if (this.isTrying && this.tried) this.lookAt(this.tried.before);
  }

  /** The view has drawn the snapshot: the next one may be sent. */
  painted() {
    this.#send({ type: 'painted' });
  }
}
