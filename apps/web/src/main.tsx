/** The entry point of the web client. */
import './ui/tokens.css'
import './ui/base.css'
import './browser/theme.ts'
import './browser/composition.ts'
import { createRoot } from 'react-dom/client'
import { logFault } from './browser/faults.ts'
import { language, loadTexts, messagesIn } from './i18n/language.ts'
import { speak } from './i18n/text.ts'
import { hasSession, session } from './platform/session.ts'
import { App, loadSignedIn } from './screens/App.tsx'

const SETTLED_MS = 2000

/** A failure is told when the chat is needed. */
const prefetchSignedIn = (): void => void loadSignedIn().catch(() => undefined)

/** The boundary that catches a fault logs it. React itself would log its words, which may quote a message. */
const onCaughtError = (): void => undefined
const onUncaughtError = (error: unknown, { componentStack }: { componentStack?: string | undefined }): void =>
  logFault('root', error, componentStack)

const begin = async (): Promise<void> => {
  const root = document.getElementById('root')
  if (!root) throw new Error('the page has no place for the client')
  if (hasSession()) session.start()
  const current = language.get()
  await loadTexts('entry')
  const messages = await messagesIn(current)
  speak(current, messages)
  // The chat is needed at once, or soon after the sign-in: then it is loaded when the page is ready.
  if (hasSession()) prefetchSignedIn()
  else setTimeout(prefetchSignedIn, SETTLED_MS)
  createRoot(root, { onCaughtError, onUncaughtError }).render(
    <App initial={{ language: current, messages }} />,
  )
}

void begin()
