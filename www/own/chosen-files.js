/** Files as a visitor hands them over: chosen one by one, as a folder, or dropped. */

/** `path` is from the folder that was chosen, or of the file alone. @typedef {{ path: string, file: File }} ChosenFile */

/** Nothing that can be made into a set has more. */
export const MOST_FILES = 200_000;
/** All of them are read into memory, beside the images that are made of them. */
export const MOST_BYTES = 1024 * 2 ** 20;

/** @param {Iterable<File>} files of a file field @returns {ChosenFile[]} */
export const filesChosen = (files) => [...files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));

/**
 * What was dropped, with the contents of folders. What the browser shows of a drop is gone after the event, so that this is
 * to be called within it.
 * @param {DataTransfer} data
 * @returns {Promise<ChosenFile[]>}
 */
export async function filesDropped(data) {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  if (entries.every((entry) => entry === null)) return filesChosen(data.files);
  /** @type {ChosenFile[]} */
  const found = [];
  for (const entry of entries) if (entry) await walk(entry, found);
  return found;
}

/** @param {FileSystemEntry} entry @param {ChosenFile[]} found */
async function walk(entry, found) {
  if (found.length > MOST_FILES) return;
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) =>
      /** @type {FileSystemFileEntry} */ (entry).file(resolve, reject),
    );
    found.push({ path: entry.fullPath.replace(/^\//, ''), file });
  } else if (entry.isDirectory) {
    const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
    for (;;) {
      // A browser hands over about a hundred at a time.
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (some.length === 0) return;
      for (const child of some) await walk(child, found);
    }
  }
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
  const name = isFolder ? top : isAlone ? first.file.name.replace(/(\.[A-Za-z0-9]{1,5})+$/, '') : FALLBACK;
  return name.slice(0, LONGEST_TITLE) || FALLBACK;
}

const FALLBACK = 'My images';
export const LONGEST_TITLE = 60;
