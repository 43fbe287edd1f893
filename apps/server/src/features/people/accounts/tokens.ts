/** Tokens that work once: made when a mail is composed, so that only the mail holds their text. */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { hashOf, newSecret } from '../../../core/ids.ts'
import { findUsers, lockAccount, type UserRow } from '../users/index.ts'
import { findToken, type Kind, saveToken, type TokenRow, takeToken } from './store.ts'

const DAY_MS = 86_400_000
/** How long each is good; v4's times. */
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

/** Makes a token for the person at this address; the result is its text, which is told once, or null where `generation` is over. */
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

/** Whose token it is. Refused when it is none, too old, or of an account that has ended or, for a password, has another address now. */
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

/** Looks at a token without using it up. */
export const checkToken = async (context: Context, kind: Kind, text: string) =>
  await judge(context, kind, await findToken(context.db, kind, hashOf(text)))

/** Uses a token up, unless the transaction fails. The account is locked first: what ends its links waits, or has ended them. */
export const useToken = async (context: Context, kind: Kind, text: string) => {
  const found = await findToken(context.db, kind, hashOf(text))
  if (found) await lockAccount(context, found.user_id)
  return await judge(context, kind, await takeToken(context.db, kind, hashOf(text)))
}
