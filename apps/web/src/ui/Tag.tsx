import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './Tag.module.css'

type TagProps = {
  /** `alarm` only for what failed or is dangerous. */
  kind?: 'plain' | 'accent' | 'alarm'
  icon?: LucideIcon
  children: ReactNode
}

/** A word about something, such as "Bot", "Guest", "Archived". */
export const Tag = ({ kind = 'plain', icon: Icon, children }: TagProps) => (
  <span className={styles.tag} data-kind={kind}>
    {Icon && <Icon size={12} strokeWidth={2} aria-hidden />}
    {children}
  </span>
)
