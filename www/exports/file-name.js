/** Names of files that every system takes, whatever a run or a layer is called. */

const LONGEST = 80;

/**
 * @param {readonly (string | number)[]} parts what the file holds, from the general to the particular
 * @param {string} ending
 */
export function fileName(parts, ending) {
  const words = ['convscope', ...parts]
    .join('-')
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase();
  return `${words.slice(0, LONGEST).replaceAll(/^-|-$/g, '')}.${ending}`;
}
