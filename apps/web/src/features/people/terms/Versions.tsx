import type { TermsVersion } from '@plausch/wire'
import { useIntl } from '../../../i18n/intl.ts'
import { useText } from '../../../i18n/text.ts'
import { Section } from '../../../platform/console/PageFrame.tsx'
import styles from '../../../platform/console/Settings.module.css'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { languages, textsOf } from './texts.ts'
import { Preview } from './VersionEditor.tsx'

type VersionsProps = { versions: readonly TermsVersion[]; language: 'de' | 'en' }

/** What people had to accept, and from when on. */
export const Versions = ({ versions, language }: VersionsProps) => {
  const say = useText()
  const intl = useIntl()
  if (versions.length === 0) return null
  return (
    <Section title={say('termsVersions.versions')} lead={say('termsVersions.versionsLead')}>
      <div>
        {versions.map((version, n) => {
          const when = intl.formatDate(version.create_at, { dateStyle: 'long', timeStyle: 'short' })
          const texts = textsOf(version, language)
          return (
            <Disclosure
              key={version.id}
              title={when}
              {...(n === 0 && { note: say('termsVersions.current') })}
            >
              <div className={styles.parts}>
                {languages.map((each) => (
                  <Preview key={each} title={say(`termsVersions.was.${each}`, { when })} text={texts[each]} />
                ))}
              </div>
            </Disclosure>
          )
        })}
      </div>
    </Section>
  )
}
