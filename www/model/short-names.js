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

/** Their beginnings; of those that begin alike, also their ends: of “class00”, “cl…00”. @param {readonly string[]} names */
export function shortNames(names) {
  const all = distinctNames(names);
  const cut = all.map((name) => [...name].slice(0, LONGEST).join('').trim());
  return cut.map((start, label) => {
    const letters = [...String(all[label])];
    const isAlone = cut.indexOf(start) === cut.lastIndexOf(start);
    return isAlone || letters.length <= LONGEST
      ? start
      : `${letters.slice(0, 2).join('')}…${letters.slice(-2).join('')}`;
  });
}
