/** Checks usernames and addresses. Source: protocol, semantics 8. */
import { Fault } from '../../../core/faults.ts'

const reserved = new Set(['all', 'channel', 'here', 'matterbot', 'system', 'valet'])

/** Names that mean something else in a message. */
export const isReserved = (username: string): boolean => reserved.has(username)

/** The username in the form that is stored, or a fault. */
export const checkUsername = (raw: string): string => {
  const username = raw.toLowerCase()
  if (!/^[a-z0-9._-]{1,64}$/.test(username) || reserved.has(username)) throw new Fault('users.username')
  return username
}

/**
 * The address in the form that is stored, or a fault. Deliberately loose: only a delivered mail proves an
 * address.
 */
export const checkEmail = (raw: string): string => {
  const email = raw.toLowerCase()
  if (email.length > 128 || !/^[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\]+$/.test(email))
    throw new Fault('users.email')
  return email
}

export const checkLocale = (locale: string): string => {
  if (!/^[a-z]{2}(-[A-Za-z]{2})?$/.test(locale)) throw new Fault('users.locale')
  return locale
}

/** Guests see only the channels to which somebody added them. */
export const isGuest = ({ roles }: { roles: string }): boolean => roles.split(' ').includes('system_guest')

/** Maps that clients fill are limited, because everybody who sees the account receives them. */
const MOST_IN_MAP = 8000

export const checkMap = (name: string, map: Record<string, string>): Record<string, string> => {
  if (JSON.stringify(map).length > MOST_IN_MAP)
    throw new Fault('api.context.invalid_body_param.app_error', { name })
  return map
}
