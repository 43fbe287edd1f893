/** Where the focus goes when what had it has closed. */
import { type RefObject, useEffect, useRef } from 'react'

/** The place to write is the natural place on this page if the button that opened something is gone. */
const COMPOSER = '[data-composer] textarea'
/** Above a modal surface, the rest of the page cannot have the focus. */
const SURFACE = '[data-modal] [role="dialog"], [data-modal] [role="alertdialog"]'

const fallback = (): HTMLElement | null =>
  [...document.querySelectorAll<HTMLElement>(SURFACE)].at(-1) ?? document.querySelector<HTMLElement>(COMPOSER)

const canFocus = (element: Element | null): element is HTMLElement =>
  element instanceof HTMLElement &&
  element !== document.body &&
  element.isConnected &&
  element.checkVisibility({ visibilityProperty: true })

const isFocusLost = (): boolean => !document.activeElement || document.activeElement === document.body

/**
 * Focuses `element`. If `element` is gone, the dialog on top gets the focus, or the composer if there is no
 * dialog. Leaves the focus alone if something has it.
 */
export const returnFocus = (element: Element | null): void => {
  if (!isFocusLost()) return
  const target = canFocus(element) ? element : fallback()
  target?.focus()
}

/** Returns the focus to what had it before this component was mounted. */
export const useFocusReturn = (): void => {
  const before = useRef<Element | null>(null)
  // During the first render, before anything inside takes the focus.
  before.current ??= document.activeElement
  useEffect(() => {
    let isMounted = true
    return () => {
      isMounted = false
      // After all that closes together has closed, and what opens instead has taken the focus.
      queueMicrotask(() => {
        if (!isMounted) returnFocus(before.current)
      })
    }
  }, [])
}

/**
 * Keeps the focus in a modal surface. Two things would leave it nowhere, and then Esc would close nothing: the
 * removal of the element that has it, for example of the row that was deleted, and a press beside the surface.
 */
export const useFocusKept = (surface: RefObject<HTMLElement | null>): void => {
  useEffect(() => {
    const element = surface.current
    const shade = element?.closest('[data-modal]')
    if (!element || !shade) return
    const observer = new MutationObserver(() => returnFocus(null))
    observer.observe(element, { childList: true, subtree: true })
    const stay = (event: Event): void => {
      if (event.target === shade) event.preventDefault()
    }
    shade.addEventListener('mousedown', stay)
    return () => {
      observer.disconnect()
      shade.removeEventListener('mousedown', stay)
    }
  }, [surface])
}
