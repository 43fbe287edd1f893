import { useSource } from '../../../browser/use-source.ts'
import { type Language, language, languages, setLanguage } from '../../../i18n/language.ts'
import { useText } from '../../../i18n/text.ts'
import { client } from '../../../platform/client.ts'
import { Row } from '../../../platform/settings/Rows.tsx'
import { useSaving } from '../../../platform/settings/saving.ts'
import { Choice } from '../../../ui/Field.tsx'

/** Each in itself, so that everybody finds their own. */
const NAMES: Record<Language, string> = { en: 'English', de: 'Deutsch' }

/** The language changes at once; the account stores it, too, because mails are written in it. */
export const LanguageSection = () => {
  const say = useText()
  const current = useSource(language)
  const [saving, run] = useSaving()
  const change = (next: Language): void => {
    setLanguage(next)
    void run(() => client.users.patchMe({ locale: next }))
  }
  return (
    <Row finds={['entry.language', 'language.hint']} saving={saving}>
      <Choice
        legend={say('language.hint')}
        value={current}
        options={languages.map((value) => ({ value, label: NAMES[value] }))}
        onChange={change}
      />
    </Row>
  )
}
