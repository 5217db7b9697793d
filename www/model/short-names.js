/** Names of classes where there is little room. */

/** As many letters fit where a digit does. */
const LONGEST = 5;

/**
 * The names without the words that all of them begin with: of “letter a” and “letter b”, “a” and “b”.
 * @param {readonly string[]} names
 */
export function distinctNames(names) {
  const all = names.map((name) => name.split(' '));
  let shared = 0;
  while (all.every((words) => words.length > shared + 1 && words[shared] === all[0]?.[shared])) shared += 1;
  return all.map((words) => words.slice(shared).join(' '));
}

/** Their beginnings. @param {readonly string[]} names */
export const shortNames = (names) => distinctNames(names).map((name) => [...name].slice(0, LONGEST).join('').trim());
