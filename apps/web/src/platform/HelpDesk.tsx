/** What the organisation offers to people who are stuck, and its own pages. */
import { phoneUrl } from '../browser/phone.ts'
import { useSource } from '../browser/use-source.ts'
import { useText } from '../i18n/text.ts'
import { session } from './session.ts'

/** The organisation's own pages, by the setting that has their address. */
const PAGES = [
  { key: 'HelpLink', label: 'entry.help' },
  { key: 'TermsOfServiceLink', label: 'entry.terms' },
  { key: 'PrivacyPolicyLink', label: 'entry.privacy' },
  { key: 'AccessibilityLink', label: 'entry.accessibility' },
  { key: 'ImprintLink', label: 'entry.imprint' },
] as const

type Config = Readonly<Record<string, string>>

const pagesIn = (config: Config) => PAGES.filter(({ key }) => /^https?:\/\//.test(config[key] ?? ''))

/** Has the organisation named any of it? */
export const hasContact = (config: Config): boolean =>
  Boolean(config.SupportEmail || config.HelpDeskPhone) || pagesIn(config).length > 0

/** Whom to ask: the help desk's address and telephone number. Nothing, if there is none. */
export const HelpDesk = ({ className }: { className?: string | undefined }) => {
  const say = useText()
  const { SupportEmail, HelpDeskPhone } = useSource(session.settings.config)
  if (!SupportEmail && !HelpDeskPhone) return null
  return (
    <p className={className}>
      {say('entry.support')} {SupportEmail && <a href={`mailto:${SupportEmail}`}>{SupportEmail}</a>}
      {SupportEmail && HelpDeskPhone && ' · '}
      {HelpDeskPhone && <a href={phoneUrl(HelpDeskPhone)}>{HelpDeskPhone}</a>}
    </p>
  )
}

/** Links to the organisation's own pages. */
export const OwnPages = ({ className }: { className?: string | undefined }) => {
  const say = useText()
  const config = useSource(session.settings.config)
  const shown = pagesIn(config)
  if (shown.length === 0) return null
  return (
    <ul className={className}>
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
