/** What we take of the claims of a provider. */
import { createHash } from 'node:crypto'
import type { ProviderService } from '@plausch/wire'
import { type Claims, ProviderRefusal } from '../../../core/openid.ts'
import { claimedIn, type Person } from '../sso/index.ts'

/** The longest id that an account keeps as it is. */
const MOST_ID = 128
const MOST_NAME = 64

const cut = (text: string, most: number): string => [...text].slice(0, most).join('')

/** The text of a claim; '' for anything else. Signs that nobody sees are dropped. */
const textIn = (claims: Claims, name: string, most: number): string => {
  const value = claims.all[name]
  return typeof value === 'string' ? cut(value.replaceAll(/\p{Cc}/gu, '').trim(), most) : ''
}

/**
 * The id of an account: the subject alone would belong to somebody else at another issuer. What is too long
 * is kept as its hash.
 */
export const idOf = ({ issuer, subject }: Claims): string => {
  if (!/^[\x21-\x7e]{1,255}$/.test(subject)) throw new ProviderRefusal('the subject is no valid one')
  const id = `${issuer} ${subject}`
  return id.length <= MOST_ID ? id : `sha256:${createHash('sha256').update(id).digest('base64url')}`
}

/** First and last name; of a full name, its last word is the last name. */
const namesIn = (claims: Claims): Pick<Person, 'first_name' | 'last_name'> => {
  const [given, family] = [textIn(claims, 'given_name', MOST_NAME), textIn(claims, 'family_name', MOST_NAME)]
  if (given !== '' || family !== '') return { first_name: given, last_name: family }
  const words = textIn(claims, 'name', 2 * MOST_NAME).split(/\s+/)
  const last = words.length > 1 ? (words.pop() ?? '') : ''
  return { first_name: cut(words.join(' '), MOST_NAME), last_name: cut(last, MOST_NAME) }
}

const beforeAt = (text: string): string => text.split('@')[0] ?? ''

/** Some providers send words instead of truth values. */
const isTrue = (value: unknown): boolean => value === true || value === 'true'

/** What decides how claims are read. */
type Reading = {
  usesPreferred: boolean
  /** The claim that names groups; '' for none. */
  groupsClaim: string
}

export const personOf = (
  service: ProviderService,
  claims: Claims,
  { usesPreferred, groupsClaim }: Reading,
): Person => {
  const email = textIn(claims, 'email', 256).toLowerCase()
  const preferred = beforeAt(textIn(claims, 'preferred_username', 256))
  const nickname = textIn(claims, 'nickname', 256)
  const wanted = usesPreferred
    ? [preferred, nickname, beforeAt(email)]
    : [beforeAt(email), preferred, nickname]
  return {
    service,
    id: idOf(claims),
    username: wanted.find((name) => name !== '') ?? '',
    email,
    isEmailVerified: isTrue(claims.all.email_verified),
    ...namesIn(claims),
    locale: textIn(claims, 'locale', 16),
    signedInAt: claims.signedInAt,
    // A name such as `constructor` must not find what every object has.
    claimed: Object.hasOwn(claims.all, groupsClaim) ? claimedIn(claims.all[groupsClaim]) : undefined,
  }
}
