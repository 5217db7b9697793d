/** Reads JSON that was written by hand: every value is checked, and what is wrong is said in one sentence, with its place. */

const LONGEST_TEXT = 2_000;

export class Malformed extends Error {}

/** An object of the file, with the path that leads to it. */
export class JsonReader {
  /**
   * @param {string} what the file is, such as "an experiment"
   * @param {string} where
   * @param {unknown} value
   */
  constructor(what, where, value) {
    this.what = what;
    this.where = where;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Malformed(`In ${what}, ${where} must be an object; got ${described(value)}.`);
    }
    this.fields = /** @type {Record<string, unknown>} */ (value);
  }

  /** @param {string} name */
  has(name) {
    return Object.hasOwn(this.fields, name);
  }

  /** A misspelled field is better refused than ignored. @param {readonly string[]} known */
  only(known) {
    const unknown = Object.keys(this.fields).find((name) => !known.includes(name));
    if (unknown === undefined) return;
    throw new Malformed(`In ${this.what}, ${this.where} has no field "${unknown}", only ${known.join(', ')}.`);
  }

  /** @param {string} name */
  optional(name) {
    return this.has(name) ? this.object(name).fields : undefined;
  }

  /** @param {string} name */
  object(name) {
    return new JsonReader(this.what, `"${name}" of ${this.where}`, this.fields[name]);
  }

  /** @param {string} name @param {number} least @param {number} most */
  list(name, least, most) {
    const value = this.#listed(name, least, most);
    return value.map((item, index) => new JsonReader(this.what, `entry ${index + 1} of "${name}"`, item));
  }

  /** @param {string} name @param {number} least @param {number} most @returns {string[]} */
  texts(name, least, most) {
    return this.#listed(name, least, most).map((text) => {
      if (typeof text !== 'string' || text.length > LONGEST_TEXT) throw this.error(name, 'a list of texts', text);
      return text;
    });
  }

  /** Whole numbers from 0, of which there is at least one. @param {string} name @param {{ most: number, largest: number }} bounds @returns {number[]} */
  wholes(name, { most, largest }) {
    return this.#listed(name, 1, most).map((value) => {
      if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > largest)
        throw this.error(name, `a list of whole numbers from 0 to ${largest}`, value);
      return value;
    });
  }

  /** @param {string} name @returns {string} */
  text(name) {
    const value = this.fields[name];
    if (typeof value !== 'string' || value === '' || value.length > LONGEST_TEXT) {
      throw this.error(name, `a text of up to ${LONGEST_TEXT} letters`, value);
    }
    return value;
  }

  /** @param {string} name @returns {boolean} */
  flag(name) {
    const value = this.fields[name];
    if (typeof value !== 'boolean') throw this.error(name, 'true or false', value);
    return value;
  }

  /** @param {string} name @returns {number} */
  number(name) {
    const value = this.fields[name];
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.error(name, 'a number', value);
    return value;
  }

  /** @param {string} name @param {number} least @param {number} most */
  whole(name, least, most) {
    const value = this.fields[name];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
      throw this.error(name, `a whole number from ${least} to ${most}`, value);
    }
    return value;
  }

  /**
   * @template {string} Choice
   * @param {string} name
   * @param {readonly Choice[]} choices
   * @returns {Choice}
   */
  oneOf(name, choices) {
    const found = choices.find((choice) => choice === this.fields[name]);
    if (found === undefined) throw this.error(name, `one of ${choices.join(', ')}`, this.fields[name]);
    return found;
  }

  /** @param {string} name @param {string} expected @param {unknown} value */
  error(name, expected, value) {
    const where = `"${name}" of ${this.where}`;
    return new Malformed(`In ${this.what}, ${where} must be ${expected}; got ${described(value)}.`);
  }

  /** @param {string} name @param {number} least @param {number} most @returns {unknown[]} */
  #listed(name, least, most) {
    const value = this.fields[name];
    if (!Array.isArray(value) || value.length < least || value.length > most) {
      throw this.error(name, `a list of ${least} to ${most}`, value);
    }
    return value;
  }
}

/** @param {unknown} value */
function described(value) {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return JSON.stringify(value).slice(0, 60);
}
