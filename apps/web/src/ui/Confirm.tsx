import { type ReactNode, useState } from 'react'
import { problemOf, useText } from '../i18n/text.ts'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { FormProblem } from './FormProblem.tsx'

type ConfirmProps = {
  title: string
  /** What will happen, in a sentence or two. */
  lead?: ReactNode
  /** The verb on the button. */
  action: string
  isDanger?: boolean
  /** Does it. The dialog closes when this resolves, and tells why if it rejects. */
  run(): unknown
  onClose(): void
  /** What the action is about, for example the message. */
  children?: ReactNode
}

/** Asks before something is done that cannot be undone. */
export const Confirm = ({ title, lead, action, isDanger = false, run, onClose, children }: ConfirmProps) => {
  const say = useText()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const submit = async (): Promise<void> => {
    setBusy(true)
    setProblem('')
    try {
      await run()
      onClose()
    } catch (error) {
      setProblem(problemOf(error))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={title}
      role="alertdialog"
      onClose={onClose}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button type="submit" kind={isDanger ? 'danger' : 'primary'} isBusy={isBusy}>
            {action}
          </Button>
        </>
      }
    >
      {lead && <p>{lead}</p>}
      {children}
      <FormProblem text={problem} />
    </Dialog>
  )
}
