import { type ReactNode, useState } from 'react'
import { problemOf, useText } from '../i18n/text.ts'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { FormProblem } from './FormProblem.tsx'

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
   * stays open: a field says what is wrong.
   */
  submit(): unknown
  onClose(): void
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
  children,
  ...dialog
}: FormDialogProps) => {
  const say = useText()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')

  const run = async (): Promise<void> => {
    // Enter in a field submits, too.
    if (isDisabled || isBusy) return
    setBusy(true)
    setProblem('')
    try {
      const done = await submit()
      if (done !== false) onClose()
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog
      {...dialog}
      onClose={onClose}
      onSubmit={() => void run()}
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
