import type { ReactNode } from 'react'
import { FormDialog } from './FormDialog.tsx'

type ConfirmProps = {
  title: string
  /** What will happen, in a sentence or two. */
  lead?: ReactNode
  /** The verb on the button. */
  action: string
  isDanger?: boolean
  /** While it is not known yet what would follow. */
  isDisabled?: boolean
  /** Does it. The dialog closes when this resolves, and tells why if it rejects. */
  run(): unknown
  onClose(): void
  /** What the action is about, for example the message. */
  children?: ReactNode
}

/** Asks before something is done that cannot be undone. */
export const Confirm = ({
  title,
  lead,
  action,
  isDanger,
  isDisabled,
  run,
  onClose,
  children,
}: ConfirmProps) => (
  <FormDialog
    role="alertdialog"
    title={title}
    submitLabel={action}
    isDanger={isDanger}
    isDisabled={isDisabled}
    submit={run}
    onClose={onClose}
  >
    {lead && <p>{lead}</p>}
    {children}
  </FormDialog>
)
