/** Which message shows the toolbar, and which one Tab focuses: arrow keys move from message to message. */
import { type FocusEvent, type KeyboardEvent, type PointerEvent, type RefObject, useState } from 'react'

const MOVES: Record<string, (at: number, length: number) => number> = {
  ArrowUp: (at, length) => (at < 0 ? length - 1 : at - 1),
  ArrowDown: (at) => at + 1,
  Home: () => 0,
  End: (_, length) => length - 1,
}

const keyAt = (target: EventTarget): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[data-key]')?.dataset.key : undefined

export const useRowFocus = (content: RefObject<HTMLOListElement | null>) => {
  const [focused, setFocused] = useState('')
  const [pointed, setPointed] = useState('')

  const point = (event: PointerEvent): void => {
    const key = keyAt(event.target)
    // A finger must press to choose a message: moving over it is scrolling.
    if (key !== undefined && (event.pointerType === 'mouse' || event.type === 'pointerup')) setPointed(key)
  }

  return {
    focused,
    pointed,
    handlers: {
      onPointerMove: point,
      onPointerUp: point,
      onPointerLeave(event: PointerEvent) {
        // The toolbar stays while its menu is open, which covers the page.
        if (event.pointerType === 'mouse' && !document.querySelector('[data-overlay]')) setPointed('')
      },
      onFocus(event: FocusEvent) {
        const key = keyAt(event.target)
        if (key === undefined) return
        setFocused(key)
        if (event.target.matches(':focus-visible')) setPointed(key)
      },
      onKeyDown(event: KeyboardEvent) {
        const move = MOVES[event.key]
        if (event.target instanceof HTMLTextAreaElement || !move) return
        const all = [...(content.current?.querySelectorAll<HTMLElement>('[data-post]') ?? [])]
        const at = all.findIndex((row) => row.contains(document.activeElement))
        const row = all[Math.max(0, Math.min(move(at, all.length), all.length - 1))]
        if (!row) return
        event.preventDefault()
        row.focus()
      },
    },
  }
}
