/** Attempts at a password: counted before it is checked, so that parallel guesses all count. */
import type { Context } from '../../core/context.ts'
import { Fault } from '../../core/faults.ts'
import { perServer } from '../../core/server.ts'
import { record } from '../audit/index.ts'
import type { UserRow } from '../users/index.ts'
import { inTurn, isPassword } from './passwords.ts'
import { type Credential, countAttempt, findCredential, forgetAttempts } from './store.ts'

/** After this time without a failure an account that was locked opens by itself: nobody can lock another out for good. */
export const LOCKED_MS = 10 * 60_000
const NO_LIMIT = 2_147_483_647

/** Failed attempts at names that nobody has are counted too, so that being locked does not tell who exists. */
const strangersOf = perServer(() => new Map<string, { count: number; at: number }>())

const countStranger = (context: Context, login: string, max: number): number => {
  const strangers = strangersOf(context.server)
  const earlier = strangers.get(login)
  const known = earlier && earlier.at >= context.now - LOCKED_MS ? earlier : { count: 0, at: context.now }
  const count = known.count + 1
  strangers.delete(login)
  strangers.set(login, { count, at: known.count > max ? known.at : context.now })
  const [oldest] = strangers.keys()
  if (strangers.size > 10_000 && oldest !== undefined) strangers.delete(oldest)
  return count
}

/**
 * Is it the password? Called in turn. The attempt stays counted until `forgetAttempts`, each in a commit of its own: a refusal must not roll the count
 * back. `login` counts where there is no credential.
 */
export const tryPassword = async (
  context: Context,
  credential: Credential | undefined,
  login: string,
  password: string,
): Promise<'right' | 'wrong' | 'locked'> => {
  const { db, now, server } = context
  const max = server.settings().ServiceSettings.MaximumLoginAttempts || NO_LIMIT
  const attempts = credential
    ? await countAttempt(db, credential.user_id, now, now - LOCKED_MS, max)
    : countStranger(context, login, max)
  const isRight = await isPassword(credential?.password_hash ?? null, password)
  if (attempts > max) return 'locked'
  return isRight && credential ? 'right' : 'wrong'
}

/** Refuses unless it is the person's password. Not with 401, which would sign official clients out. */
export const provePassword = async (context: Context, userId: string, password: string): Promise<void> => {
  const credential = await findCredential(context.db, userId)
  const answer = await inTurn(context.request.ip, () => tryPassword(context, credential, userId, password))
  if (answer === 'locked') throw new Fault('limits.too_many_requests', { seconds: LOCKED_MS / 1000 })
  if (answer === 'wrong') throw new Fault('api.user.update_password.incorrect.app_error')
  await forgetAttempts(context.db, userId)
}

export const resetAttempts = async (context: Context, _input: unknown, user: UserRow) => {
  await forgetAttempts(context.db, user.id)
  await record(context, '/users/reset_failed_attempts', `user=${user.id}`)
  return { status: 'OK' as const }
}
