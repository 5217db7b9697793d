/**
 * Gives the focus back when a panel closes itself and the focus has gone with it: to what had it before the panel
 * opened or, if that was nothing, to the button that opens it.
 * @param {string} button a selector
 * @returns {import('svelte/attachments').Attachment<HTMLElement>}
 */
export const returnsFocus = (button) => () => {
  const opener = document.activeElement;
  return () => {
    if (document.activeElement && document.activeElement !== document.body) return;
    const isThere = opener instanceof HTMLElement && opener.isConnected && opener !== document.body;
    const next = isThere ? opener : document.querySelector(button);
    if (next instanceof HTMLElement) next.focus();
  };
};
