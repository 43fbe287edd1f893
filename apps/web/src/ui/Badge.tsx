import styles from './Badge.module.css'
import unseen from './Unseen.module.css'

type BadgeProps = {
  count: number
  /** What is counted, for screen readers, such as "3 mentions". */
  label: string
}

/** The number of what concerns the reader personally. Nothing if there is none. */
export const Badge = ({ count, label }: BadgeProps) =>
  count === 0 ? null : (
    <span className={styles.badge}>
      <span aria-hidden>{count > 99 ? '99+' : count}</span>
      <span className={unseen.unseen}>{label}</span>
    </span>
  )
