/** Where the focus goes when the button that had it is gone with its row. */
import type { RefObject } from 'react'

/** Focuses the element once the page shows what has changed, unless something else has the focus by then. */
export const focusLater = (to: RefObject<HTMLElement | null>): void =>
  void requestAnimationFrame(() => {
    if (document.activeElement === document.body) to.current?.focus()
  })
