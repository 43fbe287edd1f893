import { useSource } from '../browser/use-source.ts'
import { type Language, language, languages, setLanguage } from '../i18n/language.ts'
import { useText } from '../i18n/text.ts'
import styles from './LanguageSwitch.module.css'

const NAMES: Record<Language, string> = { en: 'English', de: 'Deutsch' }

/** Both languages by their own names, visible before sign-in. */
export const LanguageSwitch = () => {
  const say = useText()
  const current = useSource(language)
  return (
    <div className={styles.switch} role="group" aria-label={say('entry.language')}>
      {languages.map((each) => (
        <button
          key={each}
          type="button"
          lang={each}
          aria-pressed={each === current}
          onClick={() => setLanguage(each)}
        >
          {NAMES[each]}
        </button>
      ))}
    </div>
  )
}
