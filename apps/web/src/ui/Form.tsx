import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { Button } from './Button.tsx'
import styles from './Form.module.css'
import { FormProblem } from './FormProblem.tsx'
import { useSubmit } from './use-submit.ts'

type FormProps = {
  /**
   * Does it; the form tells why if this rejects. With `false` a field says what is wrong, and gets the focus.
   */
  submit(): unknown
  /** The verb on the button; without it there is none, because nothing can be changed. */
  submitLabel?: string | undefined
  /** How the buttons stand: as wide as the form, or at one of its ends. */
  buttons?: 'wide' | 'start' | 'end'
  /** How weighty the button is. */
  kind?: 'primary' | 'plain'
  isDisabled?: boolean
  /** With it, a button before the other one goes back. */
  onCancel?: (() => void) | undefined
  children: ReactNode
}

/**
 * A form in a page. What was typed stays until it is done, and it is done once, however often one presses.
 */
export const Form = ({
  submit,
  submitLabel,
  buttons = 'wide',
  kind = 'primary',
  isDisabled = false,
  onCancel,
  children,
}: FormProps) => {
  const say = useText()
  const { isBusy, problem, run } = useSubmit(submit)
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        // Enter in a field submits, too.
        if (!isDisabled) run(event.currentTarget)
      }}
    >
      <FormProblem text={problem} />
      {children}
      {submitLabel && (
        <div className={styles.buttons} data-at={buttons}>
          {onCancel && <Button onClick={onCancel}>{say('action.cancel')}</Button>}
          <Button kind={kind} type="submit" isBusy={isBusy} disabled={isDisabled}>
            {submitLabel}
          </Button>
        </div>
      )}
    </form>
  )
}
