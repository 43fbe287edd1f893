/** The entry point of the web client. */
import './ui/tokens.css'
import './ui/base.css'
import './platform/theme.ts'
import './platform/attention.ts'
import './platform/composition.ts'
import { createRoot } from 'react-dom/client'
import { client, hasSession } from './platform/client.ts'
import { language, loadMessages } from './platform/language.ts'
import { App, loadSignedIn } from './screens/App.tsx'

const SETTLED_MS = 2000

const begin = async (): Promise<void> => {
  const root = document.getElementById('root')
  if (!root) throw new Error('the page has no place for the client')
  if (hasSession()) client.start()
  const current = language.get()
  const messages = await loadMessages(current)
  // The chat is needed at once, or soon after the sign-in: then it is loaded when the page is ready.
  if (hasSession()) void loadSignedIn()
  else setTimeout(() => void loadSignedIn(), SETTLED_MS)
  createRoot(root).render(<App initial={{ language: current, messages }} />)
}

void begin()
