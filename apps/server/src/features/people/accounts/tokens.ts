/** Tokens that work once. They are created when a mail is composed, so only the mail contains their text. */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { hashOf, newSecret } from '../../../core/ids.ts'
import { findUsers, lockAccount, type UserRow } from '../users/index.ts'
import { findToken, type Kind, saveToken, type TokenRow, takeToken } from './store.ts'

const DAY_MS = 86_400_000
/** How long each kind is valid; v4's times. */
const LASTS_MS: Record<Kind, number> = { verify: DAY_MS, reset: DAY_MS, desktop: 3 * 60_000 }

const faultOf = (kind: Kind, isExpired: boolean): Fault => {
  if (kind === 'desktop') return new Fault('app.desktop_token.validate.invalid')
  if (kind === 'verify')
    return new Fault(
      isExpired ? 'api.user.verify_email.link_expired.app_error' : 'api.user.verify_email.bad_link.app_error',
    )
  return new Fault(
    isExpired
      ? 'api.user.reset_password.link_expired.app_error'
      : 'api.user.reset_password.invalid_link.app_error',
  )
}

/**
 * Creates a token for the person at this address. Returns its text, which is stored nowhere, or null if
 * `generation` is no longer the current one.
 */
export const issueToken = async (
  { db, now }: Context,
  kind: Kind,
  userId: string,
  email: string,
  generation?: number,
): Promise<string | null> => {
  const text = newSecret()
  const expires_at = now + LASTS_MS[kind]
  const row = { token_hash: hashOf(text), kind, user_id: userId, email, expires_at }
  return (await saveToken(db, row, generation)) ? text : null
}

/** A token that opens a session in the desktop app, for a person who has just signed in in the browser. */
export const desktopToken = async (context: Context, user: UserRow): Promise<string> => {
  const token = await issueToken(context, 'desktop', user.id, user.email)
  if (token === null) throw faultOf('desktop', false)
  return token
}

/**
 * The owner of a token. Throws if the token is unknown or expired, or if the account is deactivated. Unless
 * it verifies an address, also throws if the account has another address now.
 */
const judge = async (
  { db, now }: Context,
  kind: Kind,
  token: TokenRow | undefined,
): Promise<{ user: UserRow; email: string }> => {
  if (!token) throw faultOf(kind, false)
  if (token.expires_at <= now) throw faultOf(kind, true)
  const [user] = await findUsers(db, [token.user_id])
  if (!user || user.delete_at > 0 || (kind !== 'verify' && user.email !== token.email))
    throw faultOf(kind, false)
  return { user, email: token.email }
}

/** Checks a token without using it. */
export const checkToken = async (context: Context, kind: Kind, text: string) =>
  await judge(context, kind, await findToken(context.db, kind, hashOf(text)))

/**
 * Uses a token, unless the transaction fails. Locks the account first, so that an operation that ends its
 * links runs either before or after.
 */
export const useToken = async (context: Context, kind: Kind, text: string) => {
  const found = await findToken(context.db, kind, hashOf(text))
  if (found) await lockAccount(context, found.user_id)
  return await judge(context, kind, await takeToken(context.db, kind, hashOf(text)))
}
