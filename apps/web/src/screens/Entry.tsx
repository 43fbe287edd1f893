import type { ReactNode } from 'react'
import { useSource } from '../browser/use-source.ts'
import { useText } from '../i18n/text.ts'
import { session } from '../platform/session.ts'
import { Mark } from '../ui/Mark.tsx'
import styles from './Entry.module.css'
import { LanguageSwitch } from './LanguageSwitch.tsx'

type EntryProps = { title: string; lead?: ReactNode; children: ReactNode; foot?: ReactNode }

/** The page before the chat: the organisation's name, one form, the language at the top right. */
export const Entry = ({ title, lead, children, foot }: EntryProps) => {
  const say = useText()
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
        {config.SupportEmail && (
          <p>
            {say('entry.support')} <a href={`mailto:${config.SupportEmail}`}>{config.SupportEmail}</a>
          </p>
        )}
      </footer>
    </div>
  )
}
