import type { ReactNode } from 'react'
import { useSource } from '../browser/use-source.ts'
import { Mark } from '../ui/Mark.tsx'
import styles from './Entry.module.css'
import { HelpDesk, OwnPages } from './HelpDesk.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import { session } from './session.ts'

type EntryProps = { title: string; lead?: ReactNode; children: ReactNode; foot?: ReactNode }

/** The page before the chat: the organisation's name, one form, the language at the top right. */
export const Entry = ({ title, lead, children, foot }: EntryProps) => {
  const config = useSource(session.settings.config)
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <span className={styles.site}>
          <Mark size={26} />
          {config.SiteName || 'Plausch'}
        </span>
        <LanguageSwitch />
      </header>
      <main className={styles.main}>
        <h1>{title}</h1>
        {lead && <p className={styles.lead}>{lead}</p>}
        {children}
      </main>
      <footer className={styles.foot}>
        {foot}
        <HelpDesk />
        <OwnPages className={styles.links} />
      </footer>
    </div>
  )
}
