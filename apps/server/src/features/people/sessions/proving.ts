/** People who are signed in prove that they are still the owner of their account. */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { findUsers, type UserRow } from '../users/index.ts'
import { LOCKED_MS } from './attempts.ts'
import { wayOf } from './ways.ts'

/**
 * Returns the account if it is the person's password; throws otherwise. Not with 401, because that signs
 * official clients out. Not within a transaction.
 */
export const provenUser = async (context: Context, userId: string, password: string): Promise<UserRow> => {
  const [user] = await findUsers(context.db, [userId])
  const way = user && wayOf(context.server, user)
  if (!user || !way?.prove) throw new Fault('api.user.update_password.incorrect.app_error')
  const proof = await way.prove(context, user, password)
  if (proof.answer === 'locked') throw new Fault('limits.too_many_requests', { seconds: LOCKED_MS / 1000 })
  if (proof.answer !== 'right') throw new Fault('api.user.update_password.incorrect.app_error')
  await proof.attempt.forget()
  return proof.user
}

export const provePassword = async (context: Context, userId: string, password: string): Promise<void> => {
  await provenUser(context, userId, password)
}
