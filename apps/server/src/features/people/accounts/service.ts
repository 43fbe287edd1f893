import type { accounts, InputOf, User } from '@plausch/wire'
import { type Context, change } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { hashOf } from '../../../core/ids.ts'
import { sendLater } from '../../../core/mail.ts'
import { record } from '../../ground/audit/index.ts'
import { hashedPassword, resetPassword as setPassword } from '../passwords/index.ts'
import { openSession, rememberBrowser } from '../sessions/index.ts'
import { findUsers, fullUser, lockAccount, saveAccount, type UserRow } from '../users/index.ts'
import { reset, verifyAgain } from './letters.ts'
import { tell } from './telling.ts'
import { checkToken, useToken } from './tokens.ts'

type Input<K extends keyof typeof accounts> = InputOf<(typeof accounts)[K]>

const ok = { status: 'OK' as const }

/** Verifies an address: that of the account, or a new one that its owner wants and that replaces it now. */
export const verify = async (context: Context, { body }: Input<'verify'>) => {
  const { user, email } = await useToken(context, 'verify', body.token)
  const before = await lockAccount(context, user.id)
  await saveAccount(context, before, { email, email_verified: true })
  await record(context, '/users/verify_email', `user=${user.id}`, user.id)
  return ok
}

/**
 * The reply is the same whether or not the account exists. A job looks it up, composes the mail and sends it.
 */
export const sendVerification = async (context: Context, { body }: Input<'sendVerification'>) => {
  const email = body.email.toLowerCase()
  await sendLater(context, verifyAgain, { email }, hashOf(email))
  return ok
}

/** As `sendVerification`. */
export const sendReset = async (context: Context, { body }: Input<'sendReset'>) => {
  const email = body.email.toLowerCase()
  await sendLater(context, reset, { email }, hashOf(email))
  return ok
}

/** An administrator knows the person, so no mail is needed. */
export const verifyMember = async (context: Context, _input: unknown, user: UserRow): Promise<User> => {
  const saved = user.email_verified ? user : await saveAccount(context, user, { email_verified: true })
  return fullUser(saved)
}

/**
 * Uses the token only if the new password is acceptable. Hashing happens outside of transactions and holds no
 * connection.
 */
export const resetPassword = async (context: Context, { body }: Input<'resetPassword'>) => {
  const { head, request, server } = context
  await checkToken(context, 'reset', body.token)
  const hash = await hashedPassword(context, body.new_password)
  await change(server, { actor: context.actor, head, request }, async (inner) => {
    const { user } = await useToken(inner, 'reset', body.token)
    if (user.auth_service !== '') throw new Fault('api.user.reset_password.invalid_link.app_error')
    await setPassword(inner, user, hash)
    // A person who can read the account's mail is no longer locked out in this browser, whatever attempts
    // others make.
    const [now = user] = await findUsers(inner.db, [user.id])
    await rememberBrowser(inner, now)
    await record(inner, '/users/reset_password', `success user=${user.id}`, user.id)
    await tell(inner, user.id, 'passwordChanged')
  })
  return ok
}

/** How somebody signs in: always by password, so that the reply reveals nothing about any account. */
export const loginType = () => ({ auth_service: '', is_deactivated: false })

/** Passes a sign-in in the browser to the desktop app. */
export const desktopLogin = async (context: Context, { body }: Input<'desktopLogin'>): Promise<User> => {
  const { user } = await useToken(context, 'desktop', body.token)
  await openSession(context, { user, byFactor: false }, { deviceId: body.device_id ?? body.deviceId ?? '' })
  return fullUser(user)
}
