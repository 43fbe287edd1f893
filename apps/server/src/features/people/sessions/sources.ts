/**
 * The source of an attempt at a secret. A browser that has signed in has a signed cookie that identifies
 * it. The cookie gives no access, but the browser's failed attempts are counted separately, so that attempts
 * of others do not lock its owner out.
 */
import { createHmac } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import type { Context } from '../../../core/context.ts'
import { newSecret, sameSecret } from '../../../core/ids.ts'
import { perServer } from '../../../core/server.ts'
import type { UserRow } from '../users/index.ts'
import { findBrowserKey } from './store.ts'

/** `isKnown`: no other client can add to this count. */
export type Source = { key: string; isKnown: boolean }

const COOKIE = 'PLAUSCHBROWSER'
/** The longest time for which browsers keep a cookie. */
const LASTS_S = 400 * 86_400
/** If several people share a browser, its cookie has an entry for each; the latest ones are kept. */
const MOST_ENTRIES = 4

const keyOf = perServer(
  'the key of the cookies of known browsers',
  'read from the database once: it never changes, and all servers have the same one',
  ({ db }) => {
    let key: Promise<string> | undefined
    return () => {
      key ??= findBrowserKey(db, newSecret()).catch((error: unknown) => {
        key = undefined
        throw error
      })
      return key
    }
  },
)

/**
 * A cookie is valid for one account, its generation, its way to sign in and its password: after a reset or a
 * new password earlier browsers are unknown.
 */
const signatureOf = async ({ server }: Context, user: UserRow, browser: string): Promise<string> =>
  createHmac('sha256', await keyOf(server)())
    .update(
      JSON.stringify([
        user.id,
        user.generation,
        user.auth_service,
        user.auth_data,
        user.last_password_update,
        browser,
      ]),
    )
    .digest('base64url')

const entriesOf = ({ request }: Context): string[][] =>
  request
    .cookie(COOKIE)
    .split('~')
    .slice(0, MOST_ENTRIES)
    .map((entry) => entry.split('.'))

/** The browser's id, if it has signed in to this account. */
const browserOf = async (context: Context, user: UserRow): Promise<string | undefined> => {
  for (const [id, browser = '', signature = ''] of entriesOf(context)) {
    if (id === user.id && sameSecret(signature, await signatureOf(context, user, browser))) return browser
  }
  return undefined
}

/** Replaces an IPv6 address by its /64 network, because one person usually has a whole network. */
const netOf = (ip: string): string => {
  if (!ipaddr.isValid(ip)) return ip
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4') return address.toString()
  return ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toString()
}

/** The source of a sign-in: a known browser of this account, otherwise an address. */
export const sourceOf = async (context: Context, user: UserRow | undefined): Promise<Source> => {
  const browser = user && (await browserOf(context, user))
  if (browser) return { key: `browser:${browser}`, isKnown: true }
  return { key: `address:${netOf(context.request.ip)}`, isKnown: false }
}

/** Makes the browser a known one of this account; `user` is the account as it is now. */
export const rememberBrowser = async (context: Context, user: UserRow): Promise<void> => {
  const { head, request } = context
  if (!request.isBrowser) return
  const browser = (await browserOf(context, user)) ?? newSecret()
  const own = [user.id, browser, await signatureOf(context, user, browser)]
  const others = entriesOf(context).filter((entry) => entry.length === 3 && entry[0] !== user.id)
  const value = [own, ...others].slice(0, MOST_ENTRIES).map((entry) => entry.join('.'))
  const tail = `Path=/; Max-Age=${LASTS_S}; HttpOnly; SameSite=Lax${request.isSecure ? '; Secure' : ''}`
  head.cookie(`${COOKIE}=${value.join('~')}; ${tail}`)
}
