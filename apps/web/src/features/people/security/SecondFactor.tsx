import { useText } from '../../../i18n/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { secondFactorDialog } from './dialogs.ts'
import styles from './Security.module.css'

/** Whether signing in needs a code of an app, and the way to change that. */
export const SecondFactor = ({ isActive }: { isActive: boolean }) => {
  const say = useText()
  return (
    <div className={styles.form}>
      <div>
        <h4>{say('security.factor')}</h4>
        <p className={styles.soft}>{say(isActive ? 'security.factorOn' : 'security.factorHint')}</p>
      </div>
      <div>
        <Button onClick={() => secondFactorDialog.open({ isActive })}>
          {say(isActive ? 'security.factorRemove' : 'security.factorAdd')}
        </Button>
      </div>
    </div>
  )
}
