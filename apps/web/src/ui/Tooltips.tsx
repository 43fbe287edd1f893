import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import styles from './Tooltips.module.css'

type Tip = { text: string; keys: string; at: DOMRect }

const DELAY_MS = 500
/** Within this time after one tooltip, the next appears at once. */
const WARM_MS = 400
/** Time to move the pointer from the button onto the tooltip. */
const LEAVE_MS = 120
const GAP = 6
const EDGE = 6

const tipOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null

/** Reports which tooltip is to be shown; all elements with `data-tip` share these few listeners. */
const watchTips = (show: (tip: Tip | undefined) => void, box: () => HTMLElement | null): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let shown: HTMLElement | undefined
  let hiddenAt = 0

  const hide = (): void => {
    clearTimeout(timer)
    if (shown) hiddenAt = Date.now()
    shown = undefined
    show(undefined)
  }
  const showFor = (element: HTMLElement): void => {
    clearTimeout(timer)
    const { tip = '', tipKeys = '' } = element.dataset
    if (tip === '' || !element.isConnected || element.ariaExpanded === 'true') return
    shown = element
    show({ text: tip, keys: tipKeys, at: element.getBoundingClientRect() })
  }
  const later = (work: () => void, wait: number): void => {
    clearTimeout(timer)
    timer = setTimeout(work, wait)
  }

  const onOver = (event: PointerEvent): void => {
    if (event.pointerType === 'touch') return
    const element = tipOf(event.target)
    if (event.target instanceof Node && box()?.contains(event.target)) clearTimeout(timer)
    else if (element === null) shown ? later(hide, LEAVE_MS) : clearTimeout(timer)
    else if (element === shown) clearTimeout(timer)
    else later(() => showFor(element), shown || Date.now() - hiddenAt < WARM_MS ? 0 : DELAY_MS)
  }
  const onFocus = (event: FocusEvent): void => {
    const element = tipOf(event.target)
    if (element?.matches(':focus-visible')) showFor(element)
    else if (shown) hide()
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' || event.key === 'Enter' || event.key === ' ') hide()
  }

  const off = new AbortController()
  const options = { signal: off.signal, capture: true, passive: true }
  document.addEventListener('pointerover', onOver, options)
  document.addEventListener('pointerdown', hide, options)
  document.addEventListener('focusin', onFocus, options)
  document.addEventListener('focusout', hide, options)
  document.addEventListener('keydown', onKey, options)
  document.addEventListener('scroll', hide, options)
  return () => {
    clearTimeout(timer)
    off.abort()
  }
}

/** Below the element, or above it if there is no room; inside of the window. */
const place = (box: HTMLElement, at: DOMRect): void => {
  const { offsetWidth: width, offsetHeight: height } = box
  const left = at.left + at.width / 2 - width / 2
  const isBelow = at.bottom + GAP + height + EDGE <= window.innerHeight
  box.style.left = `${Math.max(EDGE, Math.min(left, window.innerWidth - width - EDGE))}px`
  box.style.top = `${isBelow ? at.bottom + GAP : at.top - GAP - height}px`
}

/**
 * The tooltip of whatever has `data-tip` (and `data-tip-keys`), over everything else. It says what the
 * element's name says, so screen readers skip it. Esc hides it; the pointer may rest on it.
 */
export const Tooltips = () => {
  const box = useRef<HTMLDivElement>(null)
  const [tip, show] = useState<Tip>()

  useEffect(() => watchTips(show, () => box.current), [])

  useLayoutEffect(() => {
    const element = box.current
    if (!element || !tip) return
    element.showPopover()
    place(element, tip.at)
    return () => element.hidePopover()
  }, [tip])

  return (
    <div ref={box} popover="manual" aria-hidden className={styles.tip} data-react-aria-top-layer="">
      {tip?.text}
      {tip?.keys && <kbd>{tip.keys}</kbd>}
    </div>
  )
}
