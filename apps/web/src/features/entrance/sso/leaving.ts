/** The way to a sign-in service, and back to the page that the reader wanted. */
import { desktopApp } from '../../../browser/desktop-app.ts'
import { ownPath } from '../../../browser/path.ts'

/** Where the app's window keeps its half of the secret; the official client uses the same key. */
const KEY = 'DESKTOP_AUTH_TOKEN'

/** Pages that lead to the sign-in; whoever is signed in does not want them. */
const WITHOUT_RETURN = /^\/(login|error|signup_user_complete)(\/|$)/

/** The page to return to: this one, or the one that the address of the sign-in page names. */
export const wantedPage = ({ pathname, search, hash }: Location): string =>
  WITHOUT_RETURN.test(pathname)
    ? ownPath(new URLSearchParams(search).get('redirect_to'))
    : ownPath(`${pathname}${search}${hash}`)

/** `invitation`: the parts of an invite link, for people without an account; others join on its page. */
export const addressOf = (service: string, invitation?: Record<string, string>): string => {
  const inviteId = invitation?.id ?? ''
  const wanted = inviteId === '' ? wantedPage(location) : `/signup_user_complete/?id=${inviteId}`
  const query = new URLSearchParams({ redirect_to: wanted, ...invitation })
  if (service === 'saml') return `/login/sso/saml?${query}${invitation ? '&action=signup' : ''}`
  return `/oauth/${service}/${invitation ? 'signup' : 'login'}?${query}`
}

const newSecret = (): string =>
  [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/**
 * Leaves for the service. The desktop app opens it in the system's browser, and keeps a secret by which it
 * knows the answer; returns true then, because this window stays.
 */
export const leaveFor = (address: string): boolean => {
  if (!desktopApp) {
    location.assign(address)
    return false
  }
  const secret = newSecret()
  sessionStorage.setItem(KEY, secret)
  window.open(`${address}&desktop_token=${secret}`)
  return true
}
