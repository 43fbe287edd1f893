/** Menus that open at a point: by the right button, a long press, the Menu key or Shift+F10. */
import { Value } from '@plausch/client'
import { type KeyboardEvent, type MouseEvent, type PointerEvent, useRef } from 'react'
import { attempt } from '../i18n/text.ts'
import { loadOverlays, type Overlays } from './load-overlays.ts'
import type { MenuItem } from './menu-items.ts'

export type OpenMenu = {
  x: number
  y: number
  items: readonly MenuItem[]
  label: string
  /** Had the focus before, and gets it back. */
  opener: Element | null
  MenuOverlay: Overlays['MenuOverlay']
}

/** The menu that is open at a point; `Layers` shows it. */
export const openMenu = new Value<OpenMenu | undefined>(undefined)

export const closeMenuAt = (): void => openMenu.set(undefined)

/** The items of a menu, asked for when it opens; their code may be loaded then. */
export type ItemsNow = () => readonly MenuItem[] | Promise<readonly MenuItem[]>

/** Opens a menu at a point of the window. The items are asked for when everything is loaded. */
export const openMenuAt = (x: number, y: number, itemsNow: ItemsNow, label: string): void => {
  const opener = document.activeElement
  void attempt(async () => {
    const { MenuOverlay } = await loadOverlays()
    const items = await itemsNow()
    if (items.length > 0) openMenu.set({ x, y, items, label, opener, MenuOverlay })
  })
}

/** Opens a menu below an element: its button, for example. */
export const openMenuBelow = (element: Element, items: ItemsNow, label: string): void => {
  const { left, bottom } = element.getBoundingClientRect()
  openMenuAt(left, bottom, items, label)
}

const LONG_PRESS_MS = 500
/** A finger that moves further than this scrolls. */
const SLACK = 10

/** Text that can be selected, links and fields keep the browser's own menu, except in `data-menu`. */
const keepsOwnMenu = (target: EventTarget): boolean => {
  if (!(target instanceof Element) || target.closest('[data-menu]')) return false
  return (
    target.closest('a[href], input, textarea, img, video') !== null || getSelection()?.isCollapsed === false
  )
}

/** The finger that is still down lifts over the menu: that is no press on it. */
const ignoreLift = (): void => {
  const off = new AbortController()
  const options = { signal: off.signal, capture: true }
  const ignore = (event: Event): void => {
    event.preventDefault()
    event.stopPropagation()
  }
  window.addEventListener('click', ignore, options)
  window.addEventListener('touchend', (event) => event.cancelable && event.preventDefault(), {
    ...options,
    passive: false,
  })
  window.addEventListener('pointerdown', () => off.abort(), options)
}

type ContextMenuProps = {
  onContextMenu(event: MouseEvent): void
  onKeyDown(event: KeyboardEvent): void
  onPointerDown(event: PointerEvent): void
  onPointerMove(event: PointerEvent): void
  onPointerUp(): void
  onPointerCancel(): void
}

/**
 * Properties for an element that has a menu of its own. The items are asked for when it opens. Not every
 * browser reports a long press, so it is timed here.
 */
export const useContextMenu = (items: ItemsNow, label: string): ContextMenuProps => {
  const press = useRef<{ x: number; y: number; timer: ReturnType<typeof setTimeout> }>(undefined)
  const forget = (): void => {
    clearTimeout(press.current?.timer)
    press.current = undefined
  }
  return {
    onContextMenu(event) {
      if (keepsOwnMenu(event.target)) return
      event.preventDefault()
      forget()
      if (!openMenu.get()) openMenuAt(event.clientX, event.clientY, items, label)
    },
    onKeyDown(event) {
      if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return
      event.preventDefault()
      event.stopPropagation()
      const { left, bottom } = event.currentTarget.getBoundingClientRect()
      openMenuAt(left + 8, bottom, items, label)
    },
    onPointerDown(event) {
      if (event.pointerType !== 'touch' || keepsOwnMenu(event.target)) return
      const { clientX: x, clientY: y } = event
      forget()
      const openHere = (): void => {
        ignoreLift()
        openMenuAt(x, y, items, label)
      }
      press.current = { x, y, timer: setTimeout(openHere, LONG_PRESS_MS) }
    },
    onPointerMove({ clientX, clientY }) {
      const { x, y } = press.current ?? { x: clientX, y: clientY }
      if (Math.hypot(clientX - x, clientY - y) > SLACK) forget()
    },
    onPointerUp: forget,
    onPointerCancel: forget,
  }
}
