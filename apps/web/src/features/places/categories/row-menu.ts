/**
 * Opens the menu of a row of the sidebar: by its button, the right button of the mouse, a long press, the
 * Menu key or Shift+F10. Rows are links, which elsewhere keep the browser's own menu; here the menu of the
 * channel is of more use.
 */
import { type KeyboardEvent, type MouseEvent, type PointerEvent, useRef } from 'react'
import { openMenu, openMenuAt } from '../../../ui/context-menu.ts'
import type { MenuItem } from '../../../ui/menu-items.ts'

const LONG_PRESS_MS = 500
/** A finger that moves further than this scrolls. */
const SLACK = 10

export type RowMenu = {
  /** Properties for the row. */
  row: {
    onContextMenu(event: MouseEvent): void
    onKeyDown(event: KeyboardEvent): void
    onPointerDown(event: PointerEvent): void
    onPointerMove(event: PointerEvent): void
    onPointerUp(): void
    onPointerCancel(): void
    onClickCapture(event: MouseEvent): void
  }
  /** Opens it below its button. */
  onButton(event: MouseEvent): void
}

/** The items are asked for when the menu opens, so that closed menus cost nothing. */
export const useRowMenu = (items: () => readonly MenuItem[], label: string): RowMenu => {
  const press = useRef<{ x: number; y: number; timer: ReturnType<typeof setTimeout> }>(undefined)
  const isLong = useRef(false)
  const forget = (): void => {
    clearTimeout(press.current?.timer)
    press.current = undefined
  }
  const below = (element: Element): void => {
    const { left, bottom } = element.getBoundingClientRect()
    openMenuAt(left, bottom, items, label)
  }
  return {
    row: {
      onContextMenu(event) {
        event.preventDefault()
        forget()
        if (!openMenu.get()) openMenuAt(event.clientX, event.clientY, items, label)
      },
      onKeyDown(event) {
        if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return
        event.preventDefault()
        event.stopPropagation()
        below(event.currentTarget)
      },
      onPointerDown({ pointerType, clientX: x, clientY: y }) {
        isLong.current = false
        if (pointerType !== 'touch') return
        forget()
        const open = (): void => {
          isLong.current = true
          if (!openMenu.get()) openMenuAt(x, y, items, label)
        }
        press.current = { x, y, timer: setTimeout(open, LONG_PRESS_MS) }
      },
      onPointerMove({ clientX, clientY }) {
        const { x, y } = press.current ?? { x: clientX, y: clientY }
        if (Math.hypot(clientX - x, clientY - y) > SLACK) forget()
      },
      onPointerUp: forget,
      onPointerCancel: forget,
      onClickCapture(event) {
        // The end of a long press is no press.
        if (isLong.current) {
          event.preventDefault()
          event.stopPropagation()
        }
        isLong.current = false
      },
    },
    onButton: (event) => below(event.currentTarget),
  }
}
