/** The entry point of the web client. */
import './ui/tokens.css'
import './ui/base.css'
import './browser/theme.ts'
import './browser/composition.ts'
import { createRoot } from 'react-dom/client'
import { language, loadTexts, messagesIn } from './i18n/language.ts'
import { speak } from './i18n/text.ts'
import { whenIdle } from './platform/later.ts'
import { startServiceWorker } from './platform/service-worker.ts'
import { hasSession, session } from './platform/session.ts'
import { App, loadSignedIn } from './screens/App.tsx'

const SETTLED_MS = 2000

const begin = async (): Promise<void> => {
  const root = document.getElementById('root')
  if (!root) throw new Error('the page has no place for the client')
  if (hasSession()) session.start()
  const current = language.get()
  await loadTexts('entry')
  const messages = await messagesIn(current)
  speak(current, messages)
  // The chat is needed at once, or soon after the sign-in: then it is loaded when the page is ready.
  if (hasSession()) void loadSignedIn()
  else setTimeout(() => void loadSignedIn(), SETTLED_MS)
  createRoot(root).render(<App initial={{ language: current, messages }} />)
  if (import.meta.env.PROD) whenIdle(startServiceWorker)
}

void begin()
