/** The web client begins here. */
import './ui/tokens.css'
import './ui/base.css'
import './platform/theme.ts'
import './platform/attention.ts'
import { createRoot } from 'react-dom/client'
import { client, hasSession } from './platform/client.ts'
import { language, loadMessages } from './platform/language.ts'
import { App } from './screens/App.tsx'

const begin = async (): Promise<void> => {
  const root = document.getElementById('root')
  if (!root) throw new Error('the page has no place for the client')
  if (hasSession()) client.start()
  const current = language.get()
  const messages = await loadMessages(current)
  createRoot(root).render(<App initial={{ language: current, messages }} />)
}

void begin()
