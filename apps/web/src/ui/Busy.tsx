import { useText } from '../i18n/text.ts'
import styles from './Busy.module.css'

/** Something is on its way. Appears only after a moment, because most things are there before. */
export const Busy = () => {
  const say = useText()
  return (
    <div className={styles.busy} role="status">
      <span aria-hidden />
      <p>{say('state.loading')}</p>
    </div>
  )
}
