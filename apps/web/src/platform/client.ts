/** The one client of this page. Pages without a session do not import this: see `session.ts`. */
import { createClient } from '@plausch/client'
import { storage } from '../browser/storage.ts'
import { language, languageOf } from '../i18n/language.ts'
import { leaveBy, session } from './session.ts'

export const client = createClient({
  session,
  usesCookies: true,
  socketUrl: `${location.origin.replace(/^http/, 'ws')}/api/v4/websocket`,
  storage,
  onProblem: (error) => console.warn('in the background:', error),
})

window.addEventListener('online', client.nudge)
window.addEventListener('focus', client.nudge)
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') client.nudge()
})

// After sign-in, the account's language applies, unless one was chosen on this device.
let locale: string | undefined
client.me.subscribe(() => {
  const next = client.me.get()?.locale
  if (next === locale) return
  locale = next
  const own = languageOf(next ?? '')
  if (own !== undefined && storage.get('language') === null) language.set(own)
})

/** Ends the session on this device. Throws if the server cannot be told. */
export const signOut = (): Promise<void> => leaveBy(client.signOut)
