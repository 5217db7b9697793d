/** The worker that owns the run: starts the engine and passes each command on. */

import init, { Session, freshSeed, validate, version } from '../../../pkg/convscope.js';
import { keeping } from '../../offline/kept.js';
import { emit } from '../emit.js';
import { nextTask } from '../next-task.js';
import { problem } from '../problem.js';
import { Pool } from '../pool/pool.js';
import { Run } from './run.js';
import { Tuner } from '../pool/tuner.js';

/** @typedef {import('../protocol.js').Command} Command */

const engine = new URL('../../../pkg/convscope_bg.wasm', import.meta.url);

/** More helpers than this are not worth their memory: a batch has few blocks. */
const MOST_HELPERS = 7;

const createWorker = () =>
  new Worker(new URL('../pool/helper.worker.js', import.meta.url), { type: 'module', name: 'helper' });

/** Null where the engine cannot run, which has been told then. @type {Promise<Run | null>} */
const opening = init({ module_or_path: engine }).then(
  () => {
    // While the page is being developed, nothing of it may be kept.
    const caches = import.meta.env.PROD ? self.caches : undefined;
    const browser = { nextTask, now: () => performance.now(), fetch: keeping(fetch.bind(self), caches) };
    const session = new Session();
    const cores = navigator.hardwareConcurrency || 1;
    const tuner = new Tuner(Math.min(cores - 1, MOST_HELPERS));
    const pool = new Pool({ session, createWorker, tuner, now: browser.now, nextTask });
    return new Run({ session, pool, validate, version, freshSeed, emit, ...browser });
  },
  () => {
    const needs = 'it needs WebAssembly with SIMD: Chrome 91, Firefox 89, Safari 16.4, or newer';
    emit({
      type: 'failed',
      problem: problem('engine_unavailable', `The training engine could not be loaded; ${needs}.`),
    });
    return null;
  },
);

self.onmessage = async (/** @type {MessageEvent<Command>} */ { data: command }) => {
  // Answered at once, however long the engine takes to load.
  if (command.type === 'ping') {
    emit({ type: 'alive' });
    return;
  }
  const run = await opening;
  if (run) pass(run, command);
};

/**
 * @param {Run} run
 * @param {Exclude<Command, { type: 'ping' }>} command
 */
function pass(run, command) {
  switch (command.type) {
    case 'open':
      return run.open(command);
    case 'reload':
      return run.reload();
    case 'train':
      return run.train();
    case 'trainTo':
      return run.trainTo(command);
    case 'pause':
      return run.pause();
    case 'step':
      return run.step();
    case 'restart':
      return run.restart(command);
    case 'restore':
      return run.restore(command);
    case 'configure':
      return run.configure(command);
    case 'goBack':
      return run.goBack();
    case 'probe':
      return run.probe(command);
    case 'validate':
      return run.validate(command);
    case 'readCheckpoint':
      return run.readCheckpoint(command);
    case 'freshSeed':
      return run.freshSeed(command);
    case 'testImages':
      return run.testImages(command);
    case 'nextWrong':
      return run.nextWrong(command);
    case 'painted':
      return run.painted();
    case 'watch':
      return run.watch(command);
    case 'weigh':
      return run.weigh(command);
    case 'checkGradient':
      return run.checkGradient(command);
    case 'slice':
      return run.slice(command);
    case 'tryImage':
      return run.tryImage(command);
    case 'setWeight':
      return run.setWeight(command);
    case 'receipt':
      return run.receipt(command);
    default:
      /** @satisfies {never} */ (command);
  }
}
