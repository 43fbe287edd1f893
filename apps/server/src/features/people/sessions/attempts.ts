/**
 * Attempts at a password are counted before it is checked, so that parallel guesses all count. They are
 * counted by account and source, so that nobody elsewhere locks the owner out. They are also counted by
 * account over all addresses, with a higher limit, so that using many addresses does not help. A known
 * browser, and a session, have separate counts.
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

/** A lock opens after this time without a counted failure, so nobody can lock somebody else out for ever. */
export const LOCKED_MS = 10 * 60_000
/** The same for all addresses together, which are locked after ten times as many failures. */
export const ALL_LOCKED_MS = 60 * 60_000
const ALL_FACTOR = 10
const ALL = ''
const NO_LIMIT = 2_147_483_647

/** One count: its source, the number of allowed attempts, and how long it is kept. */
type Count = { source: string; max: number; lasts: number }

const countsOf = (server: Server, { key, isKnown }: Source): Count[] => {
  const max = server.settings().ServiceSettings.MaximumLoginAttempts || NO_LIMIT
  const own = { source: key, max, lasts: LOCKED_MS }
  if (isKnown) return [own]
  return [{ source: ALL, max: Math.min(max * ALL_FACTOR, NO_LIMIT), lasts: ALL_LOCKED_MS }, own]
}

/**
 * Failed attempts at unknown names are counted, too, so that being locked does not reveal which names exist.
 */
const strangersOf = perServer(
  'attempts at unknown names',
  'each server has its own limit: several servers allow a multiple',
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
 * Does this attempt exceed a limit? The slow count comes first, and attempts that it refuses are not counted
 * for their address. So an account has no more rows than attempts that it allows.
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
 * Checks the password. Call it in turn (`inTurn`). Each attempt is counted in its own commit and stays
 * counted until `forgetFailures`, because a refusal must not roll the count back. If there is no credential,
 * `login` is the key of the count.
 */
export const tryPassword = async (
  context: Context,
  credential: Credential | undefined,
  login: string,
  password: string,
  source: Source,
): Promise<'right' | 'wrong' | 'locked'> => {
  // In parallel: hashing takes longer than counting, so the response time does not reveal whether the account
  // exists.
  const [isLocked, isRight] = await Promise.all([
    isTooMany(context, credential?.user_id, login, source),
    isPassword(credential?.password_hash ?? null, password),
  ])
  if (isLocked) return 'locked'
  return isRight && credential ? 'right' : 'wrong'
}

/** After the right password the count of its source starts again. */
export const forgetFailures = ({ db }: Context, userId: string, { key }: Source) =>
  forgetAttempts(db, userId, key, ALL)

/** Takes back an attempt that should not count. */
export const takeBack = async ({ db, server }: Context, userId: string, source: Source): Promise<void> => {
  for (const each of countsOf(server, source)) await uncountAttempt(db, userId, each.source)
}

/**
 * Returns the credential if the password is right; throws otherwise. Not with 401, because that signs
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
