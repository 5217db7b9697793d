/** A card being dragged to another place with the pointer. For touch and the keyboard there are the buttons and Alt with an arrow. */

export class CardDrag {
  /** The layer that is dragged. @type {number | null} */
  from = $state(null);
  /** The gap it would drop into: before the layer of this number. @type {number | null} */
  gap = $state(null);

  /**
   * @param {DragEvent} event
   * @param {number} index
   */
  start(event, index) {
    const card = cardOf(event);
    if (!card || !event.dataTransfer) return;
    const { left, top } = card.getBoundingClientRect();
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', card.getAttribute('aria-label') ?? '');
    event.dataTransfer.setDragImage(card, event.clientX - left, event.clientY - top);
    this.from = index;
  }

  /**
   * @param {DragEvent} event
   * @param {number} count of layers
   */
  over(event, count) {
    const card = cardOf(event);
    if (this.from === null || !card) return;
    event.preventDefault();
    const gap = Number(card.dataset.card) - (isBehind(event, card) ? 0 : 1);
    this.gap = Math.max(0, Math.min(count, gap));
  }

  /** @returns {{ from: number, to: number } | null} where the card goes, if it goes anywhere */
  end() {
    const { from, gap } = this;
    this.from = null;
    this.gap = null;
    if (from === null || gap === null) return null;
    const to = gap > from ? gap - 1 : gap;
    return to === from ? null : { from, to };
  }
}

/**
 * Whether the pointer is in the later half of a card: to the right, or below where cards are stacked.
 * @param {DragEvent} event
 * @param {HTMLElement} card
 */
function isBehind({ clientX, clientY }, card) {
  const { left, top, width, height } = card.getBoundingClientRect();
  const stacked = width > 0.8 * Number(card.closest('ol')?.clientWidth);
  return stacked ? clientY > top + height / 2 : clientX > left + width / 2;
}

/** @param {DragEvent} event */
function cardOf({ target }) {
  const card = target instanceof Element ? target.closest('li')?.querySelector('[data-card]') : null;
  return card instanceof HTMLElement ? card : null;
}
