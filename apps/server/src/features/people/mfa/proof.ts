/**
 * Demands a second factor within a session, for operations that would otherwise let anybody who finds the
 * session open take over the account.
 */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { findUsers } from '../users/index.ts'
import { tryCode } from './service.ts'
import { countTry, forgetTries } from './store.ts'

/** For this long, a session that was opened with a second factor needs no further code. */
const FRESH_MS = 15 * 60_000
/** The number of codes that a signed-in person may try, and how long they must wait after that. */
const MOST_TRIES = 10
const LOCKED_MS = 10 * 60_000

/**
 * Throws unless the person has no second factor, the session has just proven it, or `code` is valid. Do not
 * call it in a transaction, because a refusal must not roll the count of tries back.
 */
export const proveFactor = async (context: Context, userId: string, code: string): Promise<void> => {
  const { actor, db, now } = context
  const [user] = await findUsers(db, [userId])
  if (!user) throw new Fault('users.not_found')
  if (actor.session && now - actor.session.factorAt < FRESH_MS) return
  if (code !== '' && (await countTry(db, userId, now, now - LOCKED_MS, MOST_TRIES)) > MOST_TRIES)
    throw new Fault('limits.too_many_requests', { seconds: LOCKED_MS / 1000 })
  const answer = await tryCode(context, user, code)
  if (answer === 'missing') throw new Fault('mfa.proof_needed')
  if (answer === 'wrong') throw new Fault('mfa.validate_token.authenticate.app_error')
  if (answer === 'right') await forgetTries(db, userId)
}
