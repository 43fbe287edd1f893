import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import styles from './Sidebar.module.css'

type SideLineProps = {
  to: string
  icon: LucideIcon
  isCurrent: boolean
  isUnread?: boolean
  label: string
  /** Numbers at the end. */
  children?: ReactNode
}

/** A line of the sidebar that leads to a page, above the channels. */
export const SideLine = ({ to, icon: Icon, isCurrent, isUnread = false, label, children }: SideLineProps) => (
  <div className={styles.entry}>
    <Link
      to={to}
      className={styles.row}
      aria-current={isCurrent ? 'page' : undefined}
      data-unread={isUnread ? '' : undefined}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden className={styles.icon} />
      <span className={styles.name}>{label}</span>
      {children}
    </Link>
  </div>
)
