import { useText } from '../../../i18n/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import type { SensitiveKind } from '../writing/sensitive/find.ts'
import styles from './SensitiveWarning.module.css'

type SensitiveWarningProps = {
  kinds: readonly SensitiveKind[]
  send(): void
  mask(): void
  close(): void
}

/** A gentle question before personal or secret data is sent. Nobody else learns of it. */
export const SensitiveWarning = ({ kinds, send, mask, close }: SensitiveWarningProps) => {
  const say = useText()
  const after = (action: () => void) => () => {
    close()
    action()
  }
  return (
    <Dialog
      title={say('drafts.sensitiveTitle')}
      onClose={close}
      onSubmit={close}
      actions={
        <>
          <Button onClick={after(send)}>{say('drafts.sendAnyway')}</Button>
          <Button onClick={after(mask)}>{say('drafts.mask')}</Button>
          <Button type="submit" kind="primary">
            {say('drafts.back')}
          </Button>
        </>
      }
    >
      <p>{say('drafts.sensitiveLead')}</p>
      <ul className={styles.kinds}>
        {kinds.map((kind) => (
          <li key={kind}>{say(`drafts.found.${kind}`)}</li>
        ))}
      </ul>
      <p className={styles.note}>{say('drafts.sensitiveNote')}</p>
    </Dialog>
  )
}
