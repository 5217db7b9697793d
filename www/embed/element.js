/**
 * The element <convscope-playground> for other people's pages: the page of Convscope in a frame, with events. It is a script
 * of its own, which is loaded by that page; see docs/embedding.md.
 */

import { frameAddress } from './frame-address.js';
import { CONNECT, isGreeting, readMessage, readTheme, READY } from './messages.js';

const NAME = 'convscope-playground';
const TITLE = 'Convscope: train a convolutional network and watch it learn';

/** The folder of this script; null if it is a part of another one. */
const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
const home = script?.src ? new URL('.', script.src).href : null;

const style = new CSSStyleSheet();
style.replaceSync(`
  :host { display: block; height: 720px; }
  :host([hidden]) { display: none; }
  iframe { width: 100%; height: 100%; border: 0; }
`);

class ConvscopePlayground extends HTMLElement {
  static observedAttributes = ['src', 'link', 'panels', 'theme', 'title'];

  /** @type {HTMLIFrameElement | null} */
  #frame = null;
  /** The page's end of this is in the frame. @type {MessagePort | null} */
  #port = null;
  /** Several attributes are set one after the other, and the frame is loaded once. */
  #renewing = false;
  #root = this.attachShadow({ mode: 'open', delegatesFocus: true });

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [style];
  }

  connectedCallback() {
    window.addEventListener('message', this.#greet);
    this.#renew();
  }

  disconnectedCallback() {
    window.removeEventListener('message', this.#greet);
    this.#clear();
  }

  /** @param {string} name @param {string | null} before @param {string | null} now */
  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#frame) return;
    if (name === 'theme') this.#sendTheme();
    else if (name === 'title') this.#frame.title = this.title || TITLE;
    else this.#renew();
  }

  #renew() {
    if (this.#renewing) return;
    this.#renewing = true;
    queueMicrotask(() => {
      this.#renewing = false;
      this.#clear();
      if (this.isConnected) this.#show();
    });
  }

  #show() {
    const [src, link, panels, theme] = ['src', 'link', 'panels', 'theme'].map((name) => this.getAttribute(name));
    try {
      const address = frameAddress({ src, link, panels, theme }, document.baseURI, home);
      this.#frame = Object.assign(document.createElement('iframe'), {
        ...{ src: address.href, title: this.title || TITLE, loading: 'lazy', referrerPolicy: 'no-referrer' },
        allow: 'clipboard-write; fullscreen',
      });
      this.#root.append(this.#frame);
    } catch (error) {
      this.#root.append(error instanceof Error ? error.message : String(error));
    }
  }

  #clear() {
    this.#port?.close();
    this.#port = null;
    this.#frame = null;
    this.#root.replaceChildren();
  }

  /** Answers the page in the frame, and nobody else. @param {MessageEvent} event */
  #greet = ({ source, origin, data }) => {
    const frame = this.#frame;
    if (!frame?.contentWindow || source !== frame.contentWindow) return;
    if (origin !== new URL(frame.src).origin || !isGreeting(data, READY)) return;
    const { port1, port2 } = new MessageChannel();
    this.#port?.close();
    this.#port = port1;
    port1.onmessage = (event) => this.#tell(event.data);
    frame.contentWindow.postMessage(CONNECT, origin, [port2]);
    this.#sendTheme();
  };

  /** @param {unknown} data */
  #tell(data) {
    const message = readMessage(data);
    if (message) this.dispatchEvent(new CustomEvent(message.type, { detail: message.detail, bubbles: true }));
  }

  #sendTheme() {
    const theme = this.getAttribute('theme') ?? 'auto';
    const known = readTheme({ theme });
    // eslint-disable-next-line no-console -- Its reader is the author of the page around this element.
    if (!known) console.warn(`<${NAME}>: theme is light, dark or auto; got “${theme.slice(0, 24)}”, shown as auto.`);
    this.#port?.postMessage({ theme: known ?? 'auto' });
  }
}

if (!customElements.get(NAME)) customElements.define(NAME, ConvscopePlayground);
