import { useText } from '../i18n/text.ts'
import styles from './Busy.module.css'

/** Shows that something is loading. It appears only after a moment, because most things load faster. */
export const Busy = () => {
  const say = useText()
  return (
    <div className={styles.busy} role="status">
      <span aria-hidden />
      <p>{say('state.loading')}</p>
    </div>
  )
}
