/**
 * Attempts at a password: counted before it is checked, so that parallel guesses all count. They count by
 * account and by where they come from, so that nobody elsewhere locks an account for its owner; and, more
 * slowly, by account over all addresses, so that many addresses are no way around it. A browser that has
 * signed in before, and a session, count for themselves alone.
 */
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { perServer, type Server } from '../../../core/server.ts'
import { record } from '../../ground/audit/index.ts'
import type { UserRow } from '../users/index.ts'
import { countAttempt, forgetAllAttempts, forgetAttempts, uncountAttempt } from './attempts-store.ts'
import { inTurn, isPassword } from './passwords.ts'
import type { Source } from './sources.ts'
import { type Credential, findCredential } from './store.ts'

/** After this time without a failure what was locked opens by itself: nobody can lock another out for good. */
export const LOCKED_MS = 10 * 60_000
/** The same for all addresses together, which are locked after ten times as many failures. */
export const ALL_LOCKED_MS = 60 * 60_000
const ALL_FACTOR = 10
const ALL = ''
const NO_LIMIT = 2_147_483_647

/** One count: whose, how many are allowed, and how long it is remembered. */
type Count = { source: string; max: number; lasts: number }

const countsOf = (server: Server, { key, isKnown }: Source): Count[] => {
  const max = server.settings().ServiceSettings.MaximumLoginAttempts || NO_LIMIT
  const own = { source: key, max, lasts: LOCKED_MS }
  if (isKnown) return [own]
  return [{ source: ALL, max: Math.min(max * ALL_FACTOR, NO_LIMIT), lasts: ALL_LOCKED_MS }, own]
}

/** Failed attempts at names that nobody has are counted too, so that being locked does not tell who exists. */
const strangersOf = perServer(
  'attempts at names that nobody has',
  'a bound for each server: with several there are as many times more attempts',
  () => new Map<string, { count: number; at: number }>(),
)
const MOST_STRANGERS = 10_000

const countStranger = (context: Context, login: string, { source, max, lasts }: Count): number => {
  const strangers = strangersOf(context.server)
  const key = JSON.stringify([login, source])
  const earlier = strangers.get(key)
  const known = earlier && earlier.at >= context.now - lasts ? earlier : { count: 0, at: context.now }
  const count = known.count + 1
  strangers.delete(key)
  strangers.set(key, { count, at: known.count > max ? known.at : context.now })
  const [oldest] = strangers.keys()
  if (strangers.size > MOST_STRANGERS && oldest !== undefined) strangers.delete(oldest)
  return count
}

/**
 * Is it one too many? The slow count comes first, and what it refuses is not counted by its address: so an
 * account has no more rows than attempts that it allows.
 */
const isTooMany = async (context: Context, userId: string | undefined, login: string, source: Source) => {
  const { db, now, server } = context
  for (const each of countsOf(server, source)) {
    const attempts = userId
      ? await countAttempt(db, userId, each.source, now, now - each.lasts, each.max)
      : countStranger(context, login, each)
    if (attempts > each.max) return true
  }
  return false
}

/**
 * Is it the password? Called in turn. The attempt stays counted until `forgetFailures`, each in a commit of
 * its own: a refusal must not roll the count back. `login` counts where there is no credential.
 */
export const tryPassword = async (
  context: Context,
  credential: Credential | undefined,
  login: string,
  password: string,
  source: Source,
): Promise<'right' | 'wrong' | 'locked'> => {
  // At the same time: the hash takes longer than counting, so the time of the answer does not tell whether there is somebody to count for.
  const [isLocked, isRight] = await Promise.all([
    isTooMany(context, credential?.user_id, login, source),
    isPassword(credential?.password_hash ?? null, password),
  ])
  if (isLocked) return 'locked'
  return isRight && credential ? 'right' : 'wrong'
}

/** Whoever proved the password from somewhere begins anew there. */
export const forgetFailures = ({ db }: Context, userId: string, { key }: Source) =>
  forgetAttempts(db, userId, key, ALL)

/** Takes back an attempt that was none. */
export const takeBack = async ({ db, server }: Context, userId: string, source: Source): Promise<void> => {
  for (const each of countsOf(server, source)) await uncountAttempt(db, userId, each.source)
}

/**
 * Refuses unless it is the person's password; the credential that proved it. Not with 401, which would sign
 * official clients out.
 */
export const provenCredential = async (
  context: Context,
  userId: string,
  password: string,
): Promise<Credential> => {
  const credential = await findCredential(context.db, userId)
  const source: Source = { key: `session:${context.actor.session?.id ?? ''}`, isKnown: true }
  const answer = await inTurn(context.request.ip, () =>
    tryPassword(context, credential, userId, password, source),
  )
  if (answer === 'locked') throw new Fault('limits.too_many_requests', { seconds: LOCKED_MS / 1000 })
  if (answer === 'wrong' || !credential) throw new Fault('api.user.update_password.incorrect.app_error')
  await forgetFailures(context, userId, source)
  return credential
}

export const provePassword = async (context: Context, userId: string, password: string): Promise<void> => {
  await provenCredential(context, userId, password)
}

export const resetAttempts = async (context: Context, _input: unknown, user: UserRow) => {
  await forgetAllAttempts(context.db, user.id)
  await record(context, '/users/reset_failed_attempts', `user=${user.id}`)
  return { status: 'OK' as const }
}
