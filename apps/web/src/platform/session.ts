/**
 * The session of this page: what is needed before somebody has signed in. The client, with the state of
 * everything, comes with the chat.
 */
import { createSession } from '@plausch/client'
import { language } from '../i18n/language.ts'

const cookie = (name: string): string =>
  document.cookie
    .split('; ')
    .find((each) => each.startsWith(`${name}=`))
    ?.slice(name.length + 1) ?? ''

/** A cookie shows that somebody signed in; only the server knows whether the session is still valid. */
export const hasSession = (): boolean => cookie('MMUSERID') !== ''

export const session = createSession({
  usesCookies: true,
  csrf: () => cookie('MMCSRF'),
  language: language.get,
  open: async () => (await import('./client.ts')).client,
})
