import { X } from 'lucide-react'
import type { FormEvent, ReactNode } from 'react'
import { Heading } from 'react-aria-components/Heading'
import { useText } from '../i18n/text.ts'
import { IconButton } from './Button.tsx'
import styles from './Dialog.module.css'
import { useFirstFocus } from './first-focus.ts'
import { ModalFrame } from './ModalFrame.tsx'

type DialogProps = {
  title: string
  /** A faint line under the title. */
  hint?: ReactNode
  /** The buttons at the bottom: cancel first, the primary action last. */
  actions?: ReactNode
  /** On phones each is a sheet as high as the window. */
  size?: 'small' | 'large' | 'full'
  role?: 'dialog' | 'alertdialog'
  onClose(): void
  /** Makes the dialog a form: Enter and the submit button call this. */
  onSubmit?(form: HTMLFormElement): void
  children?: ReactNode
}

/**
 * A modal dialog. The first field gets the focus; afterwards the focus returns to where it was. Esc closes
 * it; a press beside it does not, so that an accidental press loses no input.
 */
export const Dialog = ({ size = 'small', role = 'dialog', onClose, ...content }: DialogProps) => (
  <ModalFrame size={size} role={role} onClose={onClose}>
    <Content {...content} onClose={onClose} />
  </ModalFrame>
)

const Content = ({
  title,
  hint,
  actions,
  onClose,
  onSubmit,
  children,
}: Omit<DialogProps, 'size' | 'role'>) => {
  const say = useText()
  const box = useFirstFocus()
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    onSubmit?.(event.currentTarget)
  }
  const body = (
    <>
      {/* A long text without a field must be scrolled by keys, too. */}
      {children && (
        <div className={styles.body} tabIndex={onSubmit ? undefined : 0}>
          {children}
        </div>
      )}
      {actions && <footer className={styles.actions}>{actions}</footer>}
    </>
  )
  return (
    <div ref={box} className={styles.column}>
      <header className={styles.head}>
        <div>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {hint && <p>{hint}</p>}
        </div>
        <IconButton icon={X} label={say('action.close')} onClick={onClose} />
      </header>
      {onSubmit ? (
        <form noValidate className={styles.rest} onSubmit={submit}>
          {body}
        </form>
      ) : (
        <div className={styles.rest}>{body}</div>
      )}
    </div>
  )
}
