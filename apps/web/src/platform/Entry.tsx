import type { ReactNode } from 'react'
import { useSource } from '../browser/use-source.ts'
import { useText } from '../i18n/text.ts'
import { Mark } from '../ui/Mark.tsx'
import styles from './Entry.module.css'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import { session } from './session.ts'

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
        <Links config={config} />
      </footer>
    </div>
  )
}

/** The organisation's own pages, by the setting that has their address. */
const LINKS = [
  { key: 'HelpLink', label: 'entry.help' },
  { key: 'TermsOfServiceLink', label: 'entry.terms' },
  { key: 'PrivacyPolicyLink', label: 'entry.privacy' },
] as const

const Links = ({ config }: { config: Record<string, string> }) => {
  const say = useText()
  const shown = LINKS.filter(({ key }) => /^https?:\/\//.test(config[key] ?? ''))
  if (shown.length === 0) return null
  return (
    <ul className={styles.links}>
      {shown.map(({ key, label }) => (
        <li key={key}>
          <a href={config[key]} target="_blank" rel="noopener noreferrer">
            {say(label)}
          </a>
        </li>
      ))}
    </ul>
  )
}
