import { X } from 'lucide-react'
import { type FormEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { useText } from '../i18n/text.ts'
import { IconButton } from './Button.tsx'
import styles from './Dialog.module.css'

type DialogProps = {
  title: string
  /** A faint line under the title. */
  hint?: ReactNode
  /** The buttons at the bottom: cancel first, the primary action last. */
  actions?: ReactNode
  size?: 'small' | 'large'
  onClose(): void
  /** Makes the dialog a form: Enter and the submit button call this. */
  onSubmit?(): void
  children: ReactNode
}

/** What gets the focus first: a field, otherwise the button of the action. */
const FIRST = ['input:not([type="radio"]), textarea', 'button[type="submit"]', 'footer button']

/**
 * The browser's own modal dialog: it keeps the focus inside, makes the rest of the page inert and returns the
 * focus. Esc closes it; a press beside it does not, so that an accidental press loses no input.
 */
export const Dialog = ({
  title,
  hint,
  actions,
  size = 'small',
  onClose,
  onSubmit,
  children,
}: DialogProps) => {
  const say = useText()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const before = useRef<Element | null>(null)

  useEffect(() => {
    const element = dialog.current
    before.current = document.activeElement
    if (element && !element.open) element.showModal()
    // The browser would focus the close button first.
    const first = FIRST.map((each) => element?.querySelector<HTMLElement>(each)).find((each) => each)
    first?.focus()
    return () => {
      element?.close()
      // The browser returns the focus only if the element still exists when the browser itself closes the
      // dialog.
      if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus()
    }
  }, [])

  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onSubmit?.()
  }
  const body = (
    <>
      {/* A long text without a field must be scrolled by keys, too. */}
      <div className={styles.body} tabIndex={onSubmit ? undefined : 0}>
        {children}
      </div>
      {actions && <footer className={styles.actions}>{actions}</footer>}
    </>
  )

  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      data-size={size}
      aria-labelledby={id}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return
        event.preventDefault()
        onClose()
      }}
    >
      <header className={styles.head}>
        <div>
          <h2 id={id}>{title}</h2>
          {hint && <p>{hint}</p>}
        </div>
        <IconButton icon={X} label={say('action.close')} onClick={onClose} />
      </header>
      {onSubmit ? (
        <form noValidate onSubmit={submit}>
          {body}
        </form>
      ) : (
        <div className={styles.plain}>{body}</div>
      )}
    </dialog>
  )
}
