import { devicePixelRatio } from 'svelte/reactivity/window';
import { forget, paintSoon } from './frames.js';
import { readLooks } from './looks.svelte.js';

/**
 * An attachment that paints its element in the page's animation frame: at first, and again whenever something
 * that `paint` has read changes, including the theme, the size of type and the sharpness of the screen. A `paint` that returns true
 * is called again in the next frame.
 * @template {Element} T
 * @param {(element: T) => boolean | void} paint
 * @returns {import('svelte/attachments').Attachment<T>}
 */
export function painted(paint) {
  return (element) => {
    let stop = () => {};
    const job = () => {
      stop();
      stop = $effect.root(() => {
        let isPainted = false;
        // The effect runs at once, here in the frame, and once more when something it has read changes.
        $effect.pre(() => {
          if (isPainted) return paintSoon(job);
          isPainted = true;
          readLooks();
          void devicePixelRatio.current;
          if (paint(element)) paintSoon(job);
        });
      });
    };
    paintSoon(job);
    return () => {
      forget(job);
      stop();
    };
  };
}
