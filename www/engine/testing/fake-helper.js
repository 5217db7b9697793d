/** A helper's worker that answers when the test says so. */

/** @typedef {import('../pool/helper-protocol.js').HelperCommand} HelperCommand */
/** @typedef {import('../pool/helper-protocol.js').HelperEvent} HelperEvent */

export class FakeHelper {
  /** @type {HelperCommand[]} */
  commands = [];
  terminated = false;
  /** @type {((event: MessageEvent<HelperEvent>) => void) | null} */
  onmessage = null;
  /** @type {((event: ErrorEvent) => void) | null} */
  onerror = null;

  /** @param {HelperCommand} command */
  postMessage(command) {
    this.commands.push(command);
  }

  terminate() {
    this.terminated = true;
  }

  /** @param {HelperEvent} event */
  say(event) {
    this.onmessage?.(/** @type {MessageEvent} */ ({ data: event }));
  }

  built() {
    this.say({ type: 'built' });
  }

  /** Sends the last buffer back as it is. */
  answer() {
    const command = this.commands.at(-1);
    if (command?.type !== 'compute') throw new Error('nothing was asked');
    this.say({ type: 'answer', length: command.length, buffer: command.buffer });
  }
}
