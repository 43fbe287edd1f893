import type { ReactNode, SyntheticEvent } from 'react'

const stop = (event: SyntheticEvent): void => event.stopPropagation()

/**
 * Keeps the events of an overlay from what its button stands in. React passes them on although the overlay
 * is elsewhere in the page: a list would take the keys and the pointer of a menu for its own.
 */
export const Apart = ({ children }: { children: ReactNode }) => (
  // biome-ignore lint/a11y/noStaticElementInteractions: only stops events
  <span
    hidden
    onClick={stop}
    onContextMenu={stop}
    onKeyDown={stop}
    onKeyUp={stop}
    onFocus={stop}
    onBlur={stop}
    onPointerDown={stop}
    onPointerMove={stop}
    onPointerUp={stop}
    onPointerCancel={stop}
    onPointerOver={stop}
    onPointerOut={stop}
    onMouseDown={stop}
  >
    {children}
  </span>
)
