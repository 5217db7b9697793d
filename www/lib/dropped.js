/** What a drag brings: a browser shows it only during the event. */

/** @typedef {FileSystemEntry | File} Dropped */

/** Whether files are dragged, rather than text or a part of the page. @param {DragEvent} event */
export const bringsFiles = ({ dataTransfer }) => dataTransfer?.types.includes('Files') ?? false;

/** Files and folders. @param {DragEvent} event @returns {Dropped[]} */
export const droppedBy = ({ dataTransfer }) =>
  [...(dataTransfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry?.() ?? item.getAsFile() ?? []);
