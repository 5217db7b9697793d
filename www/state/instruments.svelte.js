/**
 * What is measured of the network, most of it only while it is viewed. Views say what they show with `watch`; the
 * worker is sent all of it together. Of what is not shown, a little is recorded at kept steps.
 */

/** @typedef {import('../client/client.js').PlainCommand} PlainCommand */
/** @typedef {import('./built.js').LabEvent} LabEvent */
/** @typedef {import('../model/reports.js').Census} Census */
/** @typedef {import('../model/reports.js').DigitMap} DigitMap */
/** @typedef {import('../model/reports.js').GradientNorms} GradientNorms */
/** @typedef {import('../model/reports.js').Histograms} Histograms */
/** @typedef {import('../model/reports.js').Instrument} Instrument */
/** @typedef {import('../model/reports.js').TopActivations} TopActivations */

/** The steps of the last census in which a unit fired, and of the first after it in which it did not, on any of its `images`. @typedef {{ alive: number, dead: number, images: number }} Death */
/** @typedef {{ instruments?: Instrument[], layers?: number[] }} Wanted */

/** Readings kept of a run; when there are more, every other one is dropped. */
const MOST_READINGS = 2_000;
const MOST_HISTOGRAMS = 120;
/** Runs whose readings are kept for when they are current again, as after a lesson's own run. */
const MOST_RUNS = 8;

export class Instruments {
  /** The class whose loss is passed back; null: the label, or the prediction for a drawing. @type {number | null} */
  label = $state(null);
  /** @type {GradientNorms[]} */
  gradientNorms = $state.raw([]);
  /** @type {Histograms[]} */
  histograms = $state.raw([]);
  /** @type {Census | null} */
  census = $state.raw(null);
  /** When units that no longer fire died, by `deathKey`; those that never fired are not in it. @type {ReadonlyMap<string, Death>} */
  deaths = $state.raw(new Map());
  /** @type {TopActivations | null} */
  topActivations = $state.raw(null);
  /** @type {DigitMap | null} */
  map = $state.raw(null);

  /** Of other runs. @type {Map<string, Pick<Instruments, 'gradientNorms' | 'histograms' | 'deaths'>>} */
  #ofRuns = new Map();
  #send;
  /** @type {Set<Wanted>} */
  #wanted = new Set();
  /** What was sent to the worker last, as text. */
  #sent = '';

  /** @param {(command: PlainCommand) => void} send */
  constructor(send) {
    this.#send = send;
  }

  /**
   * Has something measured until the returned function is called.
   * @param {Wanted} wanted
   * @returns {() => void}
   */
  watch(wanted) {
    this.#wanted.add(wanted);
    this.#sendSoon();
    return () => {
      this.#wanted.delete(wanted);
      this.#sendSoon();
    };
  }

  /** @param {number | null} label the class whose loss is passed back */
  explain(label) {
    this.label = label;
    this.#sendSoon();
  }

  /** @param {LabEvent} event */
  receive(event) {
    switch (event.type) {
      case 'gradientNorms':
        this.gradientNorms = thinned([...this.gradientNorms, ...event.readings], MOST_READINGS);
        return;
      case 'histograms': {
        const { histograms } = event;
        const before = this.histograms.filter(({ step }) => step < histograms.step);
        this.histograms = thinned([...before, histograms], MOST_HISTOGRAMS);
        return;
      }
      case 'census':
        this.deaths = deathsOf(this.deaths, this.census, event.census);
        this.census = event.census;
        return;
      case 'topActivations':
        this.topActivations = event.topActivations;
        return;
      case 'map':
        this.map = event.map;
        return;
      case 'begun':
        this.#keep(event.left);
        return this.#forgetAfter(0);
      case 'entered':
        if (event.another) this.#enter(event);
        return this.#forgetAfter(event.step);
      case 'recovered':
      case 'wentBack':
        return this.#forgetAfter(event.step);
    }
  }

  /** @param {string | null} run the one that is left */
  #keep(run) {
    if (run === null) return;
    const { gradientNorms, histograms, deaths } = this;
    this.#ofRuns.delete(run);
    this.#ofRuns.set(run, { gradientNorms, histograms, deaths });
    const [oldest] = this.#ofRuns.keys();
    if (this.#ofRuns.size > MOST_RUNS && oldest !== undefined) this.#ofRuns.delete(oldest);
  }

  /** @param {{ id: string, left: string | null }} event */
  #enter({ id, left }) {
    this.#keep(left);
    this.#forgetAfter(0);
    Object.assign(this, this.#ofRuns.get(id));
  }

  /** A new network (step 0), or an earlier state of this one: what was measured after `step` is forgotten. @param {number} step */
  #forgetAfter(step) {
    const isLater = (/** @type {{ step: number } | null} */ measured) =>
      measured !== null && (step === 0 || measured.step > step);
    this.gradientNorms = this.gradientNorms.filter((reading) => reading.step <= step);
    this.histograms = this.histograms.filter((histograms) => histograms.step <= step);
    if (isLater(this.census)) this.census = null;
    if (isLater(this.topActivations)) this.topActivations = null;
    if (isLater(this.map)) this.map = null;
    this.deaths = new Map([...this.deaths].filter(([, { dead }]) => dead <= step && step > 0));
  }

  /** Sent once for all views that appear and disappear together. */
  #sendSoon() {
    queueMicrotask(() => {
      const wanted = [...this.#wanted];
      const instruments = [...new Set(wanted.flatMap(({ instruments = [] }) => instruments))].sort();
      const layers = [...new Set(wanted.flatMap(({ layers = [] }) => layers))].sort((a, b) => a - b);
      const watched = { instruments, layers, label: this.label };
      if (JSON.stringify(watched) === this.#sent) return;
      this.#sent = JSON.stringify(watched);
      this.#send({ type: 'watch', watched });
    });
  }
}

/** @param {number} layer @param {number} unit */
export const deathKey = (layer, unit) => `${layer}/${unit}`;

/**
 * @template Reading
 * @param {Reading[]} readings
 * @param {number} most
 */
const thinned = (readings, most) =>
  readings.length > most ? readings.filter((_, index) => index % 2 === 0) : readings;

/**
 * @param {ReadonlyMap<string, Death>} before
 * @param {Census | null} last
 * @param {Census} census
 * @returns {ReadonlyMap<string, Death>}
 */
function deathsOf(before, last, census) {
  const deaths = new Map(before);
  for (const { layer, fired } of census.layers) {
    const firedLast = last?.layers.find((other) => other.layer === layer)?.fired;
    fired.forEach((count, unit) => {
      const key = deathKey(layer, unit);
      if (count > 0) deaths.delete(key);
      else if (last && Number(firedLast?.[unit]) > 0)
        deaths.set(key, { alive: last.step, dead: census.step, images: census.images });
    });
  }
  return deaths;
}
