/** The one client of this page. */
import { createClient, Value } from '@plausch/client'
import { storage } from '../browser/storage.ts'
import { language } from '../i18n/language.ts'

const cookie = (name: string): string =>
  document.cookie
    .split('; ')
    .find((each) => each.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? ''

/** A cookie shows that somebody signed in; only the server knows whether the session is still valid. */
export const hasSession = (): boolean => cookie('MMUSERID') !== ''

/** The value that requests need which change something; for those that are made without the client. */
export const csrf = (): string => cookie('MMCSRF')

export const client = createClient({
  usesCookies: true,
  socketUrl: `${location.origin.replace(/^http/, 'ws')}/api/v4/websocket`,
  csrf,
  language: language.get,
  storage,
  onProblem: (error) => console.warn('in the background:', error),
})

window.addEventListener('online', client.nudge)
window.addEventListener('focus', client.nudge)
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') client.nudge()
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
