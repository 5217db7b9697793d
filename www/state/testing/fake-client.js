/** Stands in for the client: it records what is sent and asked, and emits the events of a worker. */

/** @typedef {import('../../client/client.js').ClientEvent} ClientEvent */
/** @typedef {import('../../client/client.js').PlainCommand} PlainCommand */
/** @typedef {import('../../model/spec.js').Spec} Spec */

export class FakeClient {
  dataUrl = 'here/';
  /** @type {PlainCommand[]} */
  commands = [];
  /** @type {Spec[]} */
  opened = [];
  /** What has been asked for, by the name of the request. @type {[name: string, ask: any][]} */
  asked = [];
  /** Answers by the name of the request; a function may throw. @type {Record<string, (ask: any) => any>} */
  answers = {};
  /** @type {(event: ClientEvent) => void} */
  says = () => {};

  /** @param {Spec} spec */
  open(spec) {
    this.opened.push(spec);
  }

  /** @param {PlainCommand} command */
  send(command) {
    this.commands.push(structuredClone(command));
  }

  /** @param {string} name @param {any} ask */
  async ask(name, ask) {
    this.asked.push([name, ask]);
    const answer = await this.answers[name]?.(ask);
    return answer?.problem ? answer : { answer: answer ?? null, problem: null };
  }

  /** @param {(event: ClientEvent) => void} listener */
  on(listener) {
    this.says = listener;
    return () => (this.says = () => {});
  }

  dispose() {}

  /** @param {PlainCommand['type']} type @returns {any[]} */
  sent(type) {
    return this.commands.filter((command) => command.type === type);
  }
}
