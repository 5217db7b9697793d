/** What each command of the page does: a row a command. */

import { shortestDecimals } from '../../lib/shortest-decimal.js';
import { Refusal } from '../problem.js';
import { nameOf, valueAt } from './gradient-check.js';

/** @typedef {import('../protocol.js').PlainCommand} PlainCommand */
/** @typedef {import('./commands.js').Commands} Commands */
/** @typedef {import('./commands.js').When} When */

/**
 * @template {PlainCommand['type']} Type
 * @typedef {{ when: When, obey: (run: Commands, command: Extract<PlainCommand, { type: Type }>) => void }} Row
 */

/** @satisfies {{ [Type in PlainCommand['type']]: Row<Type> }} */
export const COMMANDS = {
  open: {
    when: 'atOnce',
    obey(run, { dataUrl, spec, checkpoint }) {
      run.data.open(dataUrl);
      run.emit({ type: 'opened', version: run.engine.version() });
      const start = () => {
        run.session.start(spec);
        if (checkpoint) run.session.restore(checkpoint.bytes);
      };
      const open = () => run.begin(spec, start, checkpoint?.elapsed ?? 0, originOf(checkpoint));
      // A run that continues already has its data.
      if (checkpoint) run.orReject('open', open);
      else run.withData('open', { set: spec.data.set, spec }, open);
    },
  },
  offerSet: { when: 'atOnce', obey: (run, { set, about, files }) => run.data.offer(set, about, files) },
  reload: { when: 'atOnce', obey: (run) => run.data.load() },
  train: { when: 'betweenSteps', obey: (run) => run.loop.train() },
  trainTo: { when: 'betweenSteps', obey: (run, { step }) => run.loop.trainTo(step) },
  trainEpoch: { when: 'betweenSteps', obey: (run) => run.loop.trainEpoch() },
  pace: { when: 'atOnce', obey: (run, { stepsPerSecond }) => setPace(run, stepsPerSecond) },
  pause: { when: 'betweenSteps', obey: (run) => run.loop.pause() },
  step: { when: 'betweenSteps', obey: (run) => run.loop.step() },
  restart: {
    when: 'atOnce',
    obey(run, { spec }) {
      run.withData('restart', { set: spec.data.set, spec }, () => {
        run.reporting.keep();
        run.begin(spec, () => void run.session.start(spec), 0);
      });
    },
  },
  restore: {
    when: 'atOnce',
    obey(run, { run: name, set, checkpoint }) {
      run.withData('restore', { set, spec: null }, () => {
        run.reporting.keep();
        const { bytes, elapsed } = checkpoint;
        const { spec } = shortestDecimals(run.session.readCheckpoint(bytes));
        const restore = () => void run.session.restore(bytes);
        run.begin(spec, restore, elapsed, { run: name, ...originOf(checkpoint) });
      });
    },
  },
  configure: {
    when: 'betweenSteps',
    obey: (run, { training }) => run.orReject('configure', () => run.loop.configure(training)),
  },
  goBack: { when: 'betweenSteps', obey: (run) => run.loop.goBack() },
  probe: { when: 'atOnce', obey: (run, { probe, drawnAt }) => run.reporting.view(probe, drawnAt) },
  painted: { when: 'atOnce', obey: (run) => run.reporting.painted() },
  watch: { when: 'atOnce', obey: (run, { watched }) => run.reporting.watch(watched) },
  setWeight: {
    when: 'betweenSteps',
    obey(run, { place, value }) {
      const refusal = run.refusalIn(() => setWeight(run, place, value));
      if (refusal) run.emit({ type: 'weightRefused', place, problem: refusal });
    },
  },
};

/** @param {Commands} run @param {number | null} stepsPerSecond */
function setPace({ metronome, loop }, stepsPerSecond) {
  metronome.set(stepsPerSecond ?? Infinity);
  loop.ripen();
}

/** @param {import('../../model/reports.js').Checkpoint | null} checkpoint */
const originOf = (checkpoint) => ({ touched: checkpoint?.touched, madeWith: checkpoint?.madeWith });

/**
 * @param {Commands} run
 * @param {import('../../model/reports.js').WeightRef} place
 * @param {number} value
 */
function setWeight({ session, emit, loop }, place, value) {
  const values = session.parameter(nameOf(place));
  const before = valueAt(values, place);
  if (!Number.isFinite(Math.fround(value))) throw new Refusal('out_of_range', 'A weight must be a finite number.');
  values[place.index] = value;
  session.setParameter(nameOf(place), values);
  emit({ type: 'weightSet', place, before, value: Math.fround(value), step: session.position().step });
  loop.weightSet(place, before, Math.fround(value));
}
