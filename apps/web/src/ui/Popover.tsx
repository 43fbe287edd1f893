import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { Apart } from './Apart.tsx'
import { prefetchOverlays, useOverlay } from './load-overlays.ts'
import type { PopoverPlacement } from './PopoverOverlay.tsx'
import { Spot } from './Spot.tsx'

type ButtonProps = {
  ref: RefObject<HTMLButtonElement | null>
  'aria-haspopup': 'dialog'
  'aria-expanded': boolean
  onClick(): void
  onPointerEnter(): void
  onFocus(): void
}

type PopoverProps = {
  label: string
  /** Renders the button; `props` go onto it. */
  button(props: ButtonProps): ReactNode
  placement?: PopoverPlacement
  /** What it shows; `close` closes it. It may suspend. */
  children(close: () => void): ReactNode
}

/** A button with a popover: it takes the focus, but the page behind it stays usable. */
export const Popover = ({ label, button, placement, children }: PopoverProps) => {
  const trigger = useRef<HTMLButtonElement>(null)
  const { overlays, isOpen, open, close } = useOverlay()
  return (
    <>
      {button({
        ref: trigger,
        'aria-haspopup': 'dialog',
        'aria-expanded': isOpen,
        onClick: () => (isOpen ? close() : open()),
        onPointerEnter: prefetchOverlays,
        onFocus: prefetchOverlays,
      })}
      {overlays && (
        <Apart>
          <overlays.PopoverOverlay
            label={label}
            anchor={trigger}
            {...(placement && { placement })}
            onClose={close}
          >
            {children(close)}
          </overlays.PopoverOverlay>
        </Apart>
      )}
    </>
  )
}

type AnchoredProps = {
  label: string
  /** The element, or the part of the window, beside which it is placed. */
  anchor: Element | DOMRect
  placement?: PopoverPlacement
  onClose(): void
  children: ReactNode
}

/** A popover beside any element or place: it is open as long as it is rendered. */
export const AnchoredPopover = ({ label, anchor, placement, onClose, children }: AnchoredProps) => {
  const { overlays, open } = useOverlay()
  // biome-ignore lint/correctness/useExhaustiveDependencies: opens once
  useEffect(open, [])
  const spot = useRef<HTMLSpanElement>(null)
  const element = useRef<Element>(null)
  if (anchor instanceof Element) element.current = anchor
  return (
    <>
      {anchor instanceof DOMRect && <Spot ref={spot} rect={anchor} />}
      {overlays && (
        <Apart>
          <overlays.PopoverOverlay
            label={label}
            anchor={anchor instanceof DOMRect ? spot : element}
            {...(placement && { placement })}
            onClose={onClose}
          >
            {children}
          </overlays.PopoverOverlay>
        </Apart>
      )}
    </>
  )
}
