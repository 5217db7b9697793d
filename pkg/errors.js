/** What this package throws: a `code` for programs, and a sentence that says what was expected and what to do. */

/** `layer` counts from 0; null if the problem is not about one layer. @typedef {{ code: string, message: string, layer: number | null }} Problem */

export class ConvscopeError extends Error {
  /**
   * @param {string} code such as `malformed_spec`, `impossible_shape`, `out_of_range`, `bad_file`, `not_finite`
   * @param {string} message
   * @param {number | null} [layer]
   */
  constructor(code, message, layer = null) {
    super(message);
    this.name = 'ConvscopeError';
    this.code = code;
    this.layer = layer;
  }
}

/** @param {Problem} problem */
export const errorOf = ({ code, message, layer }) => new ConvscopeError(code, message, layer);

/**
 * What was refused; null if `error` is anything else, after which the engine must not be called again.
 * @param {unknown} error
 * @returns {Problem | null}
 */
export function refusalOf(error) {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  const layer = 'layer' in error && typeof error.layer === 'number' ? error.layer : null;
  return { code: error.code, message: error.message, layer };
}
