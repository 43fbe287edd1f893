/** Where the focus goes when what had it has closed. */
import { useEffect, useRef } from 'react'

/** The place to write is the natural place on this page if the button that opened something is gone. */
const FALLBACK = '[data-composer] textarea'

const canFocus = (element: Element | null): element is HTMLElement =>
  element instanceof HTMLElement &&
  element !== document.body &&
  element.isConnected &&
  element.checkVisibility({ visibilityProperty: true })

/** Focuses `element`, or the composer if `element` is gone. Leaves the focus alone if something has it. */
export const returnFocus = (element: Element | null): void => {
  if (document.activeElement && document.activeElement !== document.body) return
  const target = canFocus(element) ? element : document.querySelector<HTMLElement>(FALLBACK)
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
