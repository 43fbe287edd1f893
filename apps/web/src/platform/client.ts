/** The one client of this page. */
import { createClient, Value } from '@plausch/client'
import { notify } from '../browser/notices.ts'
import { storage } from '../browser/storage.ts'
import { language } from '../i18n/language.ts'
import { problemOf } from '../i18n/text.ts'
import { whenIdle } from './later.ts'
import { openDatabase } from './local-database.ts'
import { exclusive, onSignOutElsewhere, tellSignOut } from './tabs.ts'

const cookie = (name: string): string =>
  document.cookie
    .split('; ')
    .find((each) => each.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? ''

/** A cookie shows that somebody signed in; only the server knows whether the session is still valid. */
export const hasSession = (): boolean => cookie('MMUSERID') !== ''

/** The value that requests need which change something; for those that are made without the client. */
export const csrf = (): string => cookie('MMCSRF')

/** Copies are written at the latest after this time, however busy the page is. */
const LATEST_WRITE_MS = 2000

const report = (error: unknown): void => console.warn('in the background:', error)

export const client = createClient({
  usesCookies: true,
  socketUrl: `${location.origin.replace(/^http/, 'ws')}/api/v4/websocket`,
  csrf,
  language: language.get,
  storage,
  account: () => cookie('MMUSERID'),
  openDatabase,
  whenIdle: (work) => whenIdle(work, LATEST_WRITE_MS),
  exclusive,
  onProblem: report,
  // The person may have gone elsewhere since they made the change.
  onRefused: ({ fault }) => notify('failed', problemOf(fault)),
  onSignOut: tellSignOut,
})

onSignOutElsewhere(() => {
  client.signedOutElsewhere().catch(report)
})

/** In another tab somebody else has signed in: this page must not act in their name. */
const isOfOther = (): boolean =>
  client.phase.get() === 'ready' && hasSession() && cookie('MMUSERID') !== client.myId.get()

const cameBack = (): void => {
  if (isOfOther()) location.reload()
  else client.nudge()
}

window.addEventListener('pagehide', client.drafts.putAside)
window.addEventListener('online', client.nudge)
window.addEventListener('focus', cameBack)
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') cameBack()
})

/** The server ended the session, or it expired: the reader did not sign out here. */
export const sessionEnded = new Value(false)

let isLeaving = false
let before = client.phase.get()
client.phase.subscribe(() => {
  const now = client.phase.get()
  if (now === 'signed-out' && before === 'ready') sessionEnded.set(!isLeaving)
  if (now === 'ready') sessionEnded.set(false)
  before = now
})

/** Ends the session on this device. Throws if the server cannot be told. */
export const signOut = async (): Promise<void> => {
  isLeaving = true
  try {
    await client.signOut()
  } finally {
    isLeaving = false
  }
}
