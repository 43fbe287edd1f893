/**
 * The source of an attempt at a password. A browser that has signed in has a signed cookie that identifies
 * it. The cookie gives no access, but the browser's failed attempts are counted separately, so that attempts
 * of others do not lock its owner out.
 */
import { createHmac } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import type { Context } from '../../../core/context.ts'
import { newSecret, sameSecret } from '../../../core/ids.ts'
import type { UserRow } from '../users/index.ts'
import type { Credential } from './store.ts'

/** `isKnown`: no other client can add to this count. */
export type Source = { key: string; isKnown: boolean }

const COOKIE = 'PLAUSCHBROWSER'
/** The longest time for which browsers keep a cookie. */
const LASTS_S = 400 * 86_400
/** If several people share a browser, its cookie has an entry for each; the latest ones are kept. */
const MOST_ENTRIES = 4

/**
 * The key is the hash of the password, which only this server knows and which changes with every new
 * password. So a cookie is valid for one account, its generation and its password, and after a reset earlier
 * browsers are unknown.
 */
const signatureOf = (user: UserRow, passwordHash: string, browser: string) =>
  createHmac('sha256', passwordHash)
    .update(JSON.stringify(['browser', user.id, user.generation, browser]))
    .digest('base64url')

const entriesOf = ({ request }: Context): string[][] =>
  request
    .cookie(COOKIE)
    .split('~')
    .slice(0, MOST_ENTRIES)
    .map((entry) => entry.split('.'))

/** The browser's id, if it has signed in to this account. */
const browserOf = (context: Context, user: UserRow, passwordHash: string): string | undefined =>
  entriesOf(context).find(
    ([id, browser = '', signature = '']) =>
      id === user.id && sameSecret(signature, signatureOf(user, passwordHash, browser)),
  )?.[1]

/** Replaces an IPv6 address by its /64 network, because one person usually has a whole network. */
const netOf = (ip: string): string => {
  if (!ipaddr.isValid(ip)) return ip
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4') return address.toString()
  return ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toString()
}

/** The source of a sign-in: a known browser of this account, otherwise an address. */
export const sourceOf = (context: Context, user?: UserRow, credential?: Credential): Source => {
  const browser = user && credential && browserOf(context, user, credential.password_hash)
  if (browser) return { key: `browser:${browser}`, isKnown: true }
  return { key: `address:${netOf(context.request.ip)}`, isKnown: false }
}

/** Makes the browser a known one of this account. */
export const rememberBrowser = (context: Context, user: UserRow, passwordHash: string): void => {
  const { head, request } = context
  if (!request.isBrowser) return
  const browser = browserOf(context, user, passwordHash) ?? newSecret()
  const own = [user.id, browser, signatureOf(user, passwordHash, browser)]
  const others = entriesOf(context).filter((entry) => entry.length === 3 && entry[0] !== user.id)
  const value = [own, ...others].slice(0, MOST_ENTRIES).map((entry) => entry.join('.'))
  const tail = `Path=/; Max-Age=${LASTS_S}; HttpOnly; SameSite=Lax${request.isSecure ? '; Secure' : ''}`
  head.cookie(`${COOKIE}=${value.join('~')}; ${tail}`)
}
