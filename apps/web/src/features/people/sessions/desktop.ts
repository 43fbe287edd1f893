/**
 * Signing in to the official desktop app through the system's browser. The app's window makes a secret and
 * opens the browser; the browser ends here with both tokens, hands the path over to the app, and the app's
 * window, which has the secret, gets the session.
 */

import { ownPath } from '../../../browser/path.ts'

/** Where the app's window keeps its half; the official client uses the same key. */
const KEY = 'DESKTOP_AUTH_TOKEN'

export type Handover = { clientToken: string; serverToken: string; appUrl: string; next: string }

/** What the address of `/login/desktop` says; undefined if a part is missing. */
export const handoverOf = ({ host, pathname, search }: Location): Handover | undefined => {
  const query = new URLSearchParams(search)
  const clientToken = query.get('client_token') ?? ''
  const serverToken = query.get('server_token') ?? ''
  if (clientToken === '' || serverToken === '') return undefined
  const scheme = query.get('isDesktopDev') === 'true' ? 'mattermost-dev' : 'mattermost'
  const next = ownPath(query.get('redirect_to'))
  return { clientToken, serverToken, appUrl: `${scheme}://${host}${pathname}${search}`, next }
}

/** Is this the window that began? Only it may take the session. */
export const began = ({ clientToken }: Handover): boolean => {
  try {
    return sessionStorage.getItem(KEY) === clientToken
  } catch {
    return false
  }
}

/** The secret is used once. */
export const forgetSecret = (): void => {
  try {
    sessionStorage.removeItem(KEY)
  } catch {
    // Without storage there was no secret.
  }
}
