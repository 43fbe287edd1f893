/** A page with every element of the kit, in its states: to look at, and for `e2e/parts.test.ts`. */
import '../../src/ui/tokens.css'
import '../../src/ui/base.css'
import './parts.css'
import '../../src/browser/composition.ts'
import { createRoot } from 'react-dom/client'
import { setTheme, themes } from '../../src/browser/theme.ts'
import { IntlProvider } from '../../src/i18n/intl.ts'
import { language, languageOf, loadTexts, messagesIn } from '../../src/i18n/language.ts'
import { speak } from '../../src/i18n/text.ts'
import { Announcer } from '../../src/ui/Announcer.tsx'
import { Layers } from '../../src/ui/Layers.tsx'
import { Tooltips } from '../../src/ui/Tooltips.tsx'
import { Parts } from './Parts.tsx'

const begin = async (): Promise<void> => {
  const wanted = new URLSearchParams(location.search)
  language.set(languageOf(wanted.get('language') ?? '') ?? 'en')
  setTheme(themes.find((each) => each === wanted.get('theme')) ?? 'system')
  await Promise.all([loadTexts('entry'), loadTexts('chat'), loadTexts('rest')])
  const messages = await messagesIn(language.get())
  speak(language.get(), messages)
  document.documentElement.lang = language.get()
  createRoot(document.getElementById('root') as HTMLElement).render(
    <IntlProvider locale={language.get()} messages={messages}>
      <Parts />
      <Announcer />
      <Layers />
      <Tooltips />
    </IntlProvider>,
  )
}

void begin()
