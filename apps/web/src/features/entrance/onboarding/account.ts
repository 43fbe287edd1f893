/** The fields of a new account, and which of them a refusal is about. */
import { ApiFault } from '@plausch/client'

export type Account = { name: string; username: string; email: string; password: string; code: string }
export type AccountField = keyof Account

export const emptyAccount: Account = { name: '', username: '', email: '', password: '', code: '' }

/** Derives a username from a name or an e-mail address: "Ana Müller" becomes "ana.mueller". */
export const suggestUsername = (from: string): string =>
  (from.split('@')[0] ?? '')
    .toLowerCase()
    .replace(/ä/g, 'ae')
    .replace(/ö/g, 'oe')
    .replace(/ü/g, 'ue')
    .replace(/ß/g, 'ss')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '.')
    .replace(/^[^a-z]+|\.+$/g, '')
    .slice(0, 22)

/** The last word is the family name. */
export const splitName = (name: string): { first_name: string; last_name: string } => {
  const words = name.trim().split(/\s+/)
  const last = words.length > 1 ? (words.pop() ?? '') : ''
  return { first_name: words.join(' ').slice(0, 64), last_name: last.slice(0, 64) }
}

/** The field a refusal is about; undefined for the form as a whole. */
export const fieldOf = (error: unknown): AccountField | undefined => {
  if (!(error instanceof ApiFault)) return undefined
  if (error.id === 'onboarding.code') return 'code'
  if (error.id === 'app.user.save.username_exists.app_error' || error.id === 'users.username')
    return 'username'
  if (error.id === 'app.user.save.email_exists.app_error' || error.id === 'users.email') return 'email'
  if (error.id === 'onboarding.domain') return 'email'
  if (error.id.startsWith('model.user.is_valid.pwd')) return 'password'
  return undefined
}
