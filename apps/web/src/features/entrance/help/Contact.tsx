import { useText } from '../../../i18n/text.ts'
import { HelpDesk, OwnPages } from '../../../platform/HelpDesk.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import styles from './Contact.module.css'

/** Whom to ask, and the organisation's own pages. */
export const Contact = ({ close }: { close(): void }) => {
  const say = useText()
  return (
    <Dialog title={say('help.contact')} onClose={close}>
      <HelpDesk />
      <OwnPages className={styles.pages} />
    </Dialog>
  )
}
