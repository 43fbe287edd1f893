import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './EmptyState.module.css'

type EmptyStateProps = {
  icon?: LucideIcon
  title: string
  /** One sentence that teaches one thing. */
  children?: ReactNode
  /** One button. */
  action?: ReactNode
}

/** What stands where there is nothing yet. */
export const EmptyState = ({ icon: Icon, title, children, action }: EmptyStateProps) => (
  <div className={styles.empty}>
    {Icon && <Icon size={28} strokeWidth={1.5} aria-hidden />}
    <p className={styles.title}>{title}</p>
    {children && <p>{children}</p>}
    {action}
  </div>
)
