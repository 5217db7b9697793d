/** Passes whose numbers are read: each is freed once they have been read. */

/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('./session.js').Trace} Trace */
/** @typedef {import('./session.js').Gradients} Gradients */

/**
 * The forward pass of one image.
 * @template Result
 * @param {Pick<Session, 'trace'>} session
 * @param {Uint8Array} pixels
 * @param {(trace: Trace) => Result} use
 */
export function withTrace(session, pixels, use) {
  return using(session.trace(pixels), use);
}

/**
 * The forward pass of the first `count` test images.
 * @template Result
 * @param {Pick<Session, 'traceTest'>} session
 * @param {number} count
 * @param {(trace: Trace) => Result} use
 */
export function withTestTrace(session, count, use) {
  return using(session.traceTest(0, count), use);
}

/**
 * The backward pass of a trace, for a label an image.
 * @template Result
 * @param {Pick<Session, 'backward'>} session
 * @param {Trace} trace
 * @param {Uint8Array} labels
 * @param {(gradients: Gradients) => Result} use
 */
export function withGradients(session, trace, labels, use) {
  return using(session.backward(trace, labels), use);
}

/**
 * The backward pass of a trace from the score of class `first` less that of class `second`.
 * @template Result
 * @param {Pick<Session, 'contrast'>} session
 * @param {Trace} trace
 * @param {{ first: number, second: number }} classes
 * @param {(gradients: Gradients) => Result} use
 */
export function withContrast(session, trace, { first, second }, use) {
  return using(session.contrast(trace, first, second), use);
}

/**
 * @template {{ free(): void }} Value
 * @template Result
 * @param {Value} value
 * @param {(value: Value) => Result} use returns before anything else happens: nothing may be taken later
 * @returns {Result}
 */
function using(value, use) {
  try {
    return use(value);
  } finally {
    value.free();
  }
}
