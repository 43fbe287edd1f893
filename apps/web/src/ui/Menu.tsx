import { type KeyboardEvent, type ReactNode, type RefObject, useRef } from 'react'
import { Apart } from './Apart.tsx'
import { prefetchOverlays, useOverlay } from './load-overlays.ts'
import type { MenuItem } from './menu-items.ts'

export type { MenuItem } from './menu-items.ts'

type MenuProps = {
  label: string
  items: readonly MenuItem[]
  /** Renders the button; `props` go onto it. */
  button(props: ButtonProps): ReactNode
  /** The edge of the button that the menu aligns with. */
  align?: 'start' | 'end'
}

type ButtonProps = {
  ref: RefObject<HTMLButtonElement | null>
  'aria-haspopup': 'menu'
  'aria-expanded': boolean
  onClick(): void
  onKeyDown(event: KeyboardEvent): void
  onPointerEnter(): void
  onFocus(): void
}

const OPENING = ['ArrowDown', 'ArrowUp', 'Enter', ' ']

/** A button with a menu. Only the button is part of the first page. */
export const Menu = ({ label, items, button, align = 'start' }: MenuProps) => {
  const trigger = useRef<HTMLButtonElement>(null)
  const { overlays, isOpen, open, close } = useOverlay()
  return (
    <>
      {button({
        ref: trigger,
        'aria-haspopup': 'menu',
        'aria-expanded': isOpen,
        onClick: () => (isOpen ? close() : open()),
        onKeyDown: (event) => {
          // Enter and Space, too: react-aria takes a click by the keyboard for one of a screen reader.
          if (!OPENING.includes(event.key)) return
          event.preventDefault()
          if (!event.repeat) open()
        },
        onPointerEnter: prefetchOverlays,
        onFocus: prefetchOverlays,
      })}
      {overlays && (
        <Apart>
          <overlays.MenuOverlay label={label} items={items} anchor={trigger} align={align} onClose={close} />
        </Apart>
      )}
    </>
  )
}
