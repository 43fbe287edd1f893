import { type ReactNode, type RefObject, Suspense, useEffect, useRef } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Popover as AriaPopover } from 'react-aria-components/Popover'
import { AriaLanguage } from './AriaLanguage.tsx'
import { Busy } from './Busy.tsx'
import { ErrorBoundary, Failed } from './ErrorBoundary.tsx'
import { useFirstFocus } from './first-focus.ts'
import { useFocusReturn } from './focus-return.ts'
import styles from './Popover.module.css'

export type PopoverPlacement = 'bottom start' | 'bottom end' | 'top start' | 'top end' | 'left' | 'right'

type PopoverOverlayProps = {
  label: string
  /** Placed beside this element. */
  anchor: RefObject<Element | null>
  placement?: PopoverPlacement
  onClose(): void
  children: ReactNode
}

/** What is opened from inside of a popover lies elsewhere in the page. */
const isElsewhere = (target: EventTarget | null, inside: (Element | null)[]): boolean =>
  target instanceof Element &&
  !inside.some((each) => each?.contains(target)) &&
  !target.closest('[data-overlay], [data-modal], [data-react-aria-top-layer]')

/**
 * react-aria closes a popover when its surroundings scroll. A list of messages scrolls with each message that
 * comes, and must not close what one has opened there.
 */
const isScroll = (): boolean => window.event?.type === 'scroll'

/** An open popover: the page behind it stays usable. A press elsewhere, Esc, or leaving it closes it. */
export const PopoverOverlay = ({
  label,
  anchor,
  placement = 'bottom start',
  onClose,
  children,
}: PopoverOverlayProps) => {
  const box = useRef<HTMLDivElement>(null)
  const latest = useRef(onClose)
  latest.current = onClose
  useFocusReturn()

  useEffect(() => {
    const onPointerDown = (event: PointerEvent): void => {
      if (isElsewhere(event.target, [box.current, anchor.current])) latest.current()
    }
    document.addEventListener('pointerdown', onPointerDown, { capture: true })
    return () => document.removeEventListener('pointerdown', onPointerDown, { capture: true })
  }, [anchor])

  return (
    <AriaLanguage>
      <AriaPopover
        ref={box}
        className={styles.popover ?? ''}
        triggerRef={anchor}
        data-overlay=""
        isOpen
        isNonModal
        offset={6}
        containerPadding={8}
        placement={placement}
        // A press on the button closes it by itself.
        shouldCloseOnInteractOutside={(target) => !anchor.current?.contains(target)}
        onOpenChange={(isOpen) => !isOpen && !isScroll() && onClose()}
      >
        <AriaDialog aria-label={label} className={styles.content ?? ''}>
          <ErrorBoundary part="popover" fallback={(failure) => <Failed {...failure} close={onClose} />}>
            <Suspense fallback={<Busy />}>
              <First>{children}</First>
            </Suspense>
          </ErrorBoundary>
        </AriaDialog>
      </AriaPopover>
    </AriaLanguage>
  )
}

/** The first field has the focus, as soon as it is there. */
const First = ({ children }: { children: ReactNode }) => <div ref={useFirstFocus()}>{children}</div>
