import { type ReactNode, useRef } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { AriaLanguage } from './AriaLanguage.tsx'
import styles from './Dialog.module.css'
import { useFocusKept, useFocusReturn } from './focus-return.ts'

type ModalFrameProps = {
  size: 'small' | 'large' | 'full' | 'top'
  /** Its name, if it has no `Heading` in the slot `title`. */
  label?: string
  role?: 'dialog' | 'alertdialog'
  /** A press beside it closes it: only if nothing can be lost. */
  isDismissable?: boolean
  onClose(): void
  children: ReactNode
}

/**
 * A modal surface over the page, open as long as it is rendered: the rest of the page is inert. Esc closes
 * it; a press beside it does not, so that an accidental press loses no input.
 */
export const ModalFrame = ({
  size,
  label,
  role = 'dialog',
  isDismissable = false,
  onClose,
  children,
}: ModalFrameProps) => {
  const surface = useRef<HTMLElement>(null)
  useFocusReturn()
  useFocusKept(surface)
  return (
    <AriaLanguage>
      <ModalOverlay
        isOpen
        isDismissable={isDismissable}
        className={styles.shade ?? ''}
        data-modal=""
        data-size={size}
        onOpenChange={(isOpen) => !isOpen && onClose()}
      >
        <Modal className={styles.dialog ?? ''} data-size={size}>
          <AriaDialog
            ref={surface}
            className={styles.content ?? ''}
            role={role}
            {...(label && { 'aria-label': label })}
          >
            {children}
          </AriaDialog>
        </Modal>
      </ModalOverlay>
    </AriaLanguage>
  )
}
