/**
 * Where an attempt at a password comes from. A browser that has signed in carries a signed cookie by which it is known again: it opens nothing, but its failed
 * attempts count for it alone, so that nobody else's lock its owner out.
 */
import { createHmac } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import type { Context } from '../../../core/context.ts'
import { newSecret, sameSecret } from '../../../core/ids.ts'
import type { UserRow } from '../users/index.ts'
import type { Credential } from './store.ts'

/** `isKnown`: nobody else can count here. */
export type Source = { key: string; isKnown: boolean }

const COOKIE = 'PLAUSCHBROWSER'
/** As long as browsers keep a cookie. */
const LASTS_S = 400 * 86_400
/** People who share a browser each have an entry in its cookie; the last ones stay. */
const MOST_ENTRIES = 4

/**
 * Signed with what only this server keeps and what a new password changes. So a cookie is of one account, of its generation and its password, and a browser of
 * before is a stranger after a reset.
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

/** An address stands for its net where one person has a whole net: 64 bits of IPv6. */
const netOf = (ip: string): string => {
  if (!ipaddr.isValid(ip)) return ip
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4') return address.toString()
  return ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toString()
}

/** Where a sign-in comes from: a known browser of this account, else an address. */
export const sourceOf = (context: Context, user?: UserRow, credential?: Credential): Source => {
  const browser = user && credential && browserOf(context, user, credential.password_hash)
  if (browser) return { key: `browser:${browser}`, isKnown: true }
  return { key: `address:${netOf(context.request.ip)}`, isKnown: false }
}

/** Makes the browser known as one of this account. */
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
