import { useText } from '../../../i18n/text.ts'
import { Confirm } from '../../../ui/Confirm.tsx'

type WideWarningProps = {
  names: readonly string[]
  /** How many people are called; undefined if the server could not tell. */
  count: number | undefined
  send(): void
  close(): void
}

/** Asks before a message calls many people. */
export const WideWarning = ({ names, count, send, close }: WideWarningProps) => {
  const say = useText()
  const who = names.join(', ')
  return (
    <Confirm
      title={say('drafts.wideTitle')}
      lead={
        count === undefined
          ? say('drafts.wideUnknown', { names: who })
          : say('drafts.wideLead', { names: who, count })
      }
      action={say('composer.send')}
      run={send}
      onClose={close}
    />
  )
}
