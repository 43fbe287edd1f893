/** Where the focus goes when something opens. */
import { useEffect, useRef } from 'react'

/** What gets the focus first: a field, otherwise the button of the action. */
const FIRST = [
  'input:not([type="radio"], [type="checkbox"], [type="hidden"]):not(:disabled), textarea:not(:disabled)',
  'button[type="submit"]:not(:disabled)',
  'footer button:not(:disabled)',
]

/** Focuses the first field inside of the element with this reference, unless something inside has it. */
export const useFirstFocus = () => {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = box.current
    if (!element || element.contains(document.activeElement)) return
    FIRST.map((each) => element.querySelector<HTMLElement>(each))
      .find((each) => each)
      ?.focus()
  }, [])
  return box
}
