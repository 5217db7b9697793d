/**
 * What is said between the element <convscope-playground> and the page in its frame. The page announces itself, the element
 * answers with the port of a channel of their own, and all else goes through that. Each side checks what it hears.
 */

/** @typedef {'light' | 'dark' | 'auto'} Theme */

/** `probabilities` of the classes in their order; `predicted` is the index of the largest, `name` its class's name. @typedef {{ predicted: number, name: string, probabilities: number[] }} Prediction */
/** Of the last step's batch. @typedef {{ step: number, epoch: number, loss: number, accuracy: number, imagesPerSecond: number }} Step */
/** Accuracies of all validation and test images; null where their images had not arrived by then. @typedef {{ step: number, epoch: number, validationAccuracy: number | null, testAccuracy: number | null }} Finished */

/** @typedef {{ type: 'step', detail: Step } | { type: 'prediction', detail: Prediction } | { type: 'finished', detail: Finished }} Message */

/** Page to element, by window: it can be connected to. */
export const READY = { convscope: 'ready' };
/** Element to page, by window, with a port. */
export const CONNECT = { convscope: 'connect' };

const THEMES = /** @type {const} */ (['light', 'dark', 'auto']);
const MOST_CLASSES = 100;

/** @param {unknown} data @param {{ convscope: string }} greeting */
export const isGreeting = (data, greeting) => isObject(data) && data.convscope === greeting.convscope;

/** @param {unknown} data what the page heard @returns {Theme | null} null if it is anything else */
export function readTheme(data) {
  return (isObject(data) && THEMES.find((theme) => theme === data.theme)) || null;
}

/** @param {unknown} data what the element heard @returns {Message | null} only what is known of it; null if it is anything else */
export function readMessage(data) {
  if (!isObject(data) || !isObject(data.detail)) return null;
  const { type, detail } = data;
  if (type === 'step') {
    const { step, epoch, loss, accuracy, imagesPerSecond } = detail;
    const numbers = { step, epoch, loss, accuracy, imagesPerSecond };
    return areNumbers(numbers) ? { type, detail: numbers } : null;
  }
  if (type === 'prediction') {
    const { predicted, name, probabilities } = detail;
    const known = areNumbers({ predicted }) && typeof name === 'string' && isList(probabilities);
    return known ? { type, detail: { predicted: Number(predicted), name, probabilities: [...probabilities] } } : null;
  }
  if (type === 'finished') {
    const { step, epoch, validationAccuracy, testAccuracy } = detail;
    if (!areNumbers({ step, epoch }) || ![validationAccuracy, testAccuracy].every(isAccuracy)) return null;
    return { type, detail: /** @type {Finished} */ ({ step, epoch, validationAccuracy, testAccuracy }) };
  }
  return null;
}

/** @param {unknown} data @returns {data is Record<string, unknown>} */
const isObject = (data) => typeof data === 'object' && data !== null;

/**
 * @template {string} Name
 * @param {Record<Name, unknown>} values
 * @returns {values is Record<Name, number>}
 */
const areNumbers = (values) => Object.values(values).every((value) => typeof value === 'number');

/** @param {unknown} list @returns {list is number[]} */
const isList = (list) =>
  Array.isArray(list) && list.length <= MOST_CLASSES && list.every((value) => typeof value === 'number');

/** @param {unknown} value */
const isAccuracy = (value) => value === null || typeof value === 'number';
