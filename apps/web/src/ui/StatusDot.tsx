import type { StatusName } from '@plausch/client'
import { useText } from '../i18n/text.ts'
import styles from './StatusDot.module.css'

/** A person's status, shown by form as well as by colour: full, half, barred, empty. */
export const StatusDot = ({ status }: { status: StatusName | undefined }) => {
  const say = useText()
  const shown = status ?? 'offline'
  return <span className={styles.dot} data-status={shown} role="img" aria-label={say(`status.${shown}`)} />
}
