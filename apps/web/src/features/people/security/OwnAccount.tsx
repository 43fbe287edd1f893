import { useText } from '../../../i18n/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { deactivateDialog } from './dialogs.ts'
import styles from './Security.module.css'

/** The end of one's own account, if the organisation leaves that to people. */
export const OwnAccount = () => {
  const say = useText()
  return (
    <div className={styles.form}>
      <div>
        <h4>{say('security.account')}</h4>
        <p className={styles.soft}>{say('security.deactivateHint')}</p>
      </div>
      <div>
        <Button kind="danger" onClick={() => deactivateDialog.open()}>
          {say('security.deactivate')}
        </Button>
      </div>
    </div>
  )
}
