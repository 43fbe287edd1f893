import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { FormProblem } from './FormProblem.tsx'
import { useSubmit } from './use-submit.ts'

type FormDialogProps = {
  title: string
  /** A faint line under the title. */
  hint?: ReactNode
  size?: 'small' | 'large'
  role?: 'dialog' | 'alertdialog'
  /** The verb on the button. */
  submitLabel: string
  isDanger?: boolean
  isDisabled?: boolean
  /** Further buttons, before the one that cancels. */
  buttons?: ReactNode
  /**
   * Does it. The dialog closes when this returns or resolves, and tells why if it rejects. With `false` it
   * stays open: a field says what is wrong, and gets the focus.
   */
  submit(): unknown
  onClose(): void
  /** Instead of `onClose`, when it is done. */
  onDone?: () => void
  children?: ReactNode
}

/** A dialog that asks for something and then does it. What was typed stays until it is done. */
export const FormDialog = ({
  submitLabel,
  isDanger = false,
  isDisabled = false,
  buttons,
  submit,
  onClose,
  onDone,
  children,
  ...dialog
}: FormDialogProps) => {
  const say = useText()
  const { isBusy, problem, run } = useSubmit(submit, onDone ?? onClose)
  return (
    <Dialog
      {...dialog}
      onClose={onClose}
      // Enter in a field submits, too.
      onSubmit={(form) => !isDisabled && run(form)}
      actions={
        <>
          {buttons}
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button type="submit" kind={isDanger ? 'danger' : 'primary'} isBusy={isBusy} disabled={isDisabled}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <FormProblem text={problem} />
      {children}
    </Dialog>
  )
}
