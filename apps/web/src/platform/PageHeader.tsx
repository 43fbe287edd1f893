import { Menu as MenuIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { IconButton } from '../ui/Button.tsx'
import { isDrawerOpen } from './drawer.ts'
import styles from './PageHeader.module.css'

type PageHeaderProps = {
  /** The heading of the page. */
  children: ReactNode
  /** A soft line below or beside the heading. */
  topic?: ReactNode
  /** Buttons at the end of the line. */
  actions?: ReactNode
}

/** The line at the top of whatever fills the middle of the window. On narrow screens it opens the drawer. */
export const PageHeader = ({ children, topic, actions }: PageHeaderProps) => {
  const say = useText()
  return (
    <header className={styles.header}>
      <IconButton
        icon={MenuIcon}
        label={say('main.channels')}
        className={styles.drawer}
        onClick={() => isDrawerOpen.set(true)}
      />
      <div className={styles.words}>
        <h1 className={styles.title}>{children}</h1>
        {topic}
      </div>
      <div className={styles.actions}>{actions}</div>
    </header>
  )
}
