/** Defines `<convscope-playground>`: the page of Convscope in a frame, with the events below. */

/** Of the last step's batch; several times a second while it trains. */
export interface StepDetail {
  step: number;
  epoch: number;
  loss: number;
  accuracy: number;
  imagesPerSecond: number;
}

/** The answer to what is drawn: `predicted` is the index of the most probable class, `name` its name. */
export interface PredictionDetail {
  predicted: number;
  name: string;
  probabilities: number[];
}

/** The end of a run: accuracies of all validation and test images, null where their images had not arrived by then. */
export interface FinishedDetail {
  step: number;
  epoch: number;
  validationAccuracy: number | null;
  testAccuracy: number | null;
}

export interface ConvscopePlaygroundEventMap extends HTMLElementEventMap {
  step: CustomEvent<StepDetail>;
  prediction: CustomEvent<PredictionDetail>;
  finished: CustomEvent<FinishedDetail>;
}

/** Attributes: `src`, `link`, `panels`, `theme`, `title`. */
export interface ConvscopePlayground extends HTMLElement {
  addEventListener<Type extends keyof ConvscopePlaygroundEventMap>(
    type: Type,
    listener: (this: ConvscopePlayground, event: ConvscopePlaygroundEventMap[Type]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'convscope-playground': ConvscopePlayground;
  }
}
