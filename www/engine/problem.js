/** Errors as they are reported to the page: a short code and text, never the Error object itself. */

/** @typedef {import('../model/reports.js').Problem} Problem */

/** A trap's message can hold a whole stack. */
const MAX_LENGTH = 300;

/** An error that is part of normal life: something was refused, and nothing has broken. */
export class Refusal extends Error {
  /**
   * @param {string} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/**
 * What was refused; null if `error` is a trap, after which the engine must not be called again.
 * @param {unknown} error
 * @returns {Problem | null}
 */
export function refusalOf(error) {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  const layer = 'layer' in error && typeof error.layer === 'number' ? error.layer : null;
  return { code: error.code, message: error.message.slice(0, MAX_LENGTH), layer };
}

/**
 * @param {string} code
 * @param {string} message
 * @returns {Problem}
 */
export function problem(code, message) {
  return { code, message: message.slice(0, MAX_LENGTH), layer: null };
}
