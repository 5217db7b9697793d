/**
 * A worker that keeps what it is sent, and answers when the test says so.
 * @template {{ type: string }} Command
 * @template Event
 */
export class FakeWorker {
  /** @type {Command[]} */
  commands = [];
  terminated = false;
  /** @type {any} */
  onmessage = null;
  /** @type {any} */
  onerror = null;

  /** @param {Command} command */
  postMessage(command) {
    this.commands.push(command);
  }

  terminate() {
    this.terminated = true;
  }

  /** @param {Event} event */
  says(event) {
    this.onmessage?.({ data: event });
  }

  breaks() {
    this.onerror?.({ preventDefault() {} });
  }

  /** @param {Command['type']} type */
  heard(type) {
    return this.commands.filter((command) => command.type === type);
  }
}
