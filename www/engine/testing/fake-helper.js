import { FakeWorker } from './fake-worker.js';

/** @typedef {import('../pool/helper-protocol.js').HelperCommand} HelperCommand */
/** @typedef {import('../pool/helper-protocol.js').HelperEvent} HelperEvent */

/** A helper's worker. @extends {FakeWorker<HelperCommand, HelperEvent>} */
export class FakeHelper extends FakeWorker {
  built() {
    this.says({ type: 'built' });
  }

  /** Sends the last buffer back as it is. */
  answer() {
    const command = this.commands.at(-1);
    if (command?.type !== 'compute') throw new Error('nothing was asked');
    this.says({ type: 'answer', length: command.length, buffer: command.buffer });
  }
}
