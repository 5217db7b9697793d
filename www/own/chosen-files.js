/** Files as a visitor hands them over: chosen one by one, as a folder, or dropped. */

/** @typedef {import('../lib/dropped.js').Dropped} Dropped */
/** `path` is from the folder that was chosen, or of the file alone. @typedef {{ path: string, file: File }} ChosenFile */

/** Nothing that can be made into a set has more. */
export const MOST_FILES = 200_000;
/** All of them are read into memory, beside the images that are made of them. */
export const MOST_BYTES = 1024 * 2 ** 20;

/** @param {Iterable<File>} files of a file field @returns {ChosenFile[]} */
export const filesChosen = (files) => [...files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));

/** All files that were dropped, those in folders too. @param {readonly Dropped[]} dropped @returns {Promise<ChosenFile[]>} */
export async function filesIn(dropped) {
  /** @type {ChosenFile[]} */
  const found = [];
  for (const one of dropped) {
    if (one instanceof File) found.push({ path: one.name, file: one });
    else await walk(one, found);
  }
  return found;
}

/** @param {FileSystemEntry} entry @param {ChosenFile[]} found */
async function walk(entry, found) {
  if (found.length > MOST_FILES) return;
  if (entry.isFile) {
    const file = await fileOf(/** @type {FileSystemFileEntry} */ (entry));
    found.push({ path: entry.fullPath.replace(/^\//, ''), file });
    return;
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  // A browser hands over about a hundred at a time.
  for (let some = await entriesOf(reader); some.length > 0; some = await entriesOf(reader)) {
    for (const child of some) await walk(child, found);
  }
}

/** @param {FileSystemFileEntry} entry @returns {Promise<File>} */
const fileOf = (entry) => new Promise((resolve, reject) => entry.file(resolve, reject));

/** @param {FileSystemDirectoryReader} reader @returns {Promise<FileSystemEntry[]>} */
const entriesOf = (reader) => new Promise((resolve, reject) => reader.readEntries(resolve, reject));

/**
 * Files of one name from several people or places, which would hide each other: each further one is put in a folder of its own,
 * with those that came with it. Pictures keep their folders, which say what they show.
 * @param {readonly ChosenFile[]} files
 * @returns {ChosenFile[]}
 */
export function apart(files) {
  /** @type {Set<string>} */
  const taken = new Set();
  return files.map(({ path, file }) => {
    let own = path;
    for (let count = 2; !path.includes('/') && taken.has(own); count += 1) own = `${count}/${path}`;
    taken.add(own);
    return { path: own, file };
  });
}

/** Why these are too many or too large to be read; empty if they are not. @param {readonly ChosenFile[]} files */
export function whyTooMuch(files) {
  if (files.length > MOST_FILES) {
    return `Expected at most ${MOST_FILES.toLocaleString('en-US')} files, and got more. Choose fewer of them.`;
  }
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  if (bytes <= MOST_BYTES) return '';
  const got = Math.ceil(bytes / 2 ** 20).toLocaleString('en-US');
  return `Expected at most ${(MOST_BYTES / 2 ** 20).toLocaleString('en-US')} MiB of files, and got ${got} MiB. Choose fewer of them, or make the images smaller.`;
}

/** What the set is called at first: as its folder or file. @param {readonly ChosenFile[]} files */
export function titleOf(files) {
  const [first] = files;
  if (!first) return FALLBACK;
  const [top = ''] = first.path.split('/');
  const isFolder = first.path.includes('/') && files.every(({ path }) => path.startsWith(`${top}/`));
  const isAlone = files.length === 1;
  const name = isFolder ? top : isAlone ? first.file.name.replace(ENDINGS, '') : FALLBACK;
  return name.slice(0, LONGEST_TITLE) || FALLBACK;
}

/** Of the files that are taken. A point elsewhere is a part of the name. */
const ENDINGS = /(\.(zip|tar|gz|tgz|npz|npy|csv|tsv|txt|idx|png|jpe?g|webp))+$/i;
const FALLBACK = 'My images';
export const LONGEST_TITLE = 80;

/** What some file system refuses in a name. */
// eslint-disable-next-line no-control-regex -- they are among them
const REFUSED = /[\u0000-\u001f\u007f\\/:*?"<>|]+/g;

/** Of the file that a set is saved as: `titleOf` gives the title again, as well as it can. @param {string} title */
export const fileNameOf = (title) => `${title.replace(REFUSED, '-').replace(/^[\s.]+|[\s.]+$/g, '') || 'images'}.zip`;
