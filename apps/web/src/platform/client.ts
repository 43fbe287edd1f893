/** The one client of this page. Pages without a session do not import this: see `session.ts`. */
import { createClient } from '@plausch/client'
import { notify } from '../browser/notices.ts'
import { storage } from '../browser/storage.ts'
import { language, languageOf } from '../i18n/language.ts'
import { problemOf } from '../i18n/text.ts'
import { whenIdle } from './later.ts'
import { openDatabase } from './local-database.ts'
import { accountInCookie, hasSession, leaveBy, leftService, session } from './session.ts'
import { exclusive, onSignOutElsewhere, tellSignOut } from './tabs.ts'

/** Copies are written at the latest after this time, however busy the page is. */
const LATEST_WRITE_MS = 2000

const report = (error: unknown): void => console.warn('in the background:', error)

export const client = createClient({
  session,
  usesCookies: true,
  socketUrl: `${location.origin.replace(/^http/, 'ws')}/api/v4/websocket`,
  storage,
  account: accountInCookie,
  openDatabase,
  whenIdle: (work) => whenIdle(work, LATEST_WRITE_MS),
  exclusive,
  onProblem: report,
  // The person may have gone elsewhere since they made the change.
  onRefused: ({ fault }) => notify('failed', problemOf(fault)),
  onSignOut: tellSignOut,
})

onSignOutElsewhere(() => {
  leaveBy(client.signedOutElsewhere).catch(report)
})

/** In another tab somebody else has signed in: this page must not act in their name. */
const isOfOther = (): boolean =>
  client.phase.get() === 'ready' && hasSession() && accountInCookie() !== client.myId.get()

const cameBack = (): void => {
  if (isOfOther()) location.reload()
  else client.nudge()
}

window.addEventListener('pagehide', client.writings.putAside)
window.addEventListener('online', client.nudge)
window.addEventListener('focus', cameBack)
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') cameBack()
})

client.connection.subscribe(() => {
  if (client.connection.get() === 'open')
    void import('./service-worker.ts').then(
      ({ lookForNewVersion }) => lookForNewVersion(),
      () => undefined,
    )
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
export const signOut = async (): Promise<void> => {
  const service = client.me.get()?.auth_service ?? ''
  await leaveBy(client.signOut)
  leftService.set(service)
}
