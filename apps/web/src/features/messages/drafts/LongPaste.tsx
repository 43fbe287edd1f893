import { useText } from '../../../i18n/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'

type LongPasteProps = {
  count: number
  longest: number
  attach(): void
  insert(): void
  close(): void
}

/** Pasted text that is too long for a message can be sent as a file. */
export const LongPaste = ({ count, longest, attach, insert, close }: LongPasteProps) => {
  const say = useText()
  const after = (action: () => void) => () => {
    close()
    action()
  }
  return (
    <Dialog
      title={say('drafts.longTitle')}
      onClose={close}
      onSubmit={after(attach)}
      actions={
        <>
          <Button onClick={after(insert)}>{say('drafts.longInsert')}</Button>
          <Button type="submit" kind="primary">
            {say('drafts.longAttach')}
          </Button>
        </>
      }
    >
      <p>{say('drafts.longLead', { count, longest })}</p>
    </Dialog>
  )
}
