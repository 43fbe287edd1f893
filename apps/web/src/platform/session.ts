/**
 * The session of this page: what is needed before somebody has signed in. The client, with the state of
 * everything, comes with the chat.
 */
import { createSession, Value } from '@plausch/client'
import { language } from '../i18n/language.ts'

const cookie = (name: string): string =>
  document.cookie
    .split('; ')
    .find((each) => each.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? ''

/** The id of the account whose session the cookies belong to; '' for none. */
export const accountInCookie = (): string => cookie('MMUSERID')

/** A cookie shows that somebody signed in; only the server knows whether the session is still valid. */
export const hasSession = (): boolean => accountInCookie() !== ''

/** The value that requests need which change something; for those that are made without the client. */
export const csrf = (): string => cookie('MMCSRF')

export const session = createSession({
  usesCookies: true,
  csrf,
  language: language.get,
  open: async () => (await import('./client.ts')).client,
})

/** The server ended the session, or it expired: the reader did not sign out here. */
export const sessionEnded = new Value(false)

let isLeaving = false
let before = session.phase.get()
session.phase.subscribe(() => {
  const now = session.phase.get()
  if (now === 'signed-out' && before === 'ready') sessionEnded.set(!isLeaving)
  if (now === 'ready') sessionEnded.set(false)
  before = now
})

/** The sign-in service of whoever signed out here last: their session there goes on. '' for none. */
export const leftService = new Value('')

/** While this runs, the end of the session is the reader's own wish. */
export const leaveBy = async (signOut: () => Promise<void>): Promise<void> => {
  isLeaving = true
  try {
    await signOut()
  } finally {
    isLeaving = false
  }
}
