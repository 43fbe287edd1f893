/** The fields of a new account, and which of them a refusal is about. */

import { plainOf } from '../../../ui/slug.ts'

export type Account = { name: string; username: string; email: string; password: string; code: string }

export const emptyAccount: Account = { name: '', username: '', email: '', password: '', code: '' }

/** Derives a username from a name or an e-mail address: "Ana Müller" becomes "ana.mueller". */
export const suggestUsername = (from: string): string =>
  plainOf(from.split('@')[0] ?? '')
    .replace(/[^a-z0-9]+/g, '.')
    .replace(/^[^a-z]+|\.+$/g, '')
    .slice(0, 22)

/** The last word is the family name. */
export const splitName = (name: string): { first_name: string; last_name: string } => {
  const words = name.trim().split(/\s+/)
  const last = words.length > 1 ? (words.pop() ?? '') : ''
  return { first_name: words.join(' ').slice(0, 64), last_name: last.slice(0, 64) }
}

/** The fields that refusals are about, by the beginnings of their ids. */
export const refusals: Readonly<Record<string, keyof Account>> = {
  'onboarding.code': 'code',
  'onboarding.domain': 'email',
  'app.user.save.username_exists': 'username',
  'app.user.save.email_exists': 'email',
  'users.username': 'username',
  'users.email': 'email',
  'model.user.is_valid.pwd': 'password',
}
