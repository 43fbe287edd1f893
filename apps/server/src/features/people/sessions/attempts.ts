/**
 * Attempts at a secret are counted before it is checked, so that parallel guesses all count. They are
 * counted by account and source, so that nobody elsewhere locks the owner out. They are also counted by
 * account over all addresses, with a higher limit, so that using many addresses does not help. A known
 * browser, and a session, have separate counts.
 */
import type { Context } from '../../../core/context.ts'
import { perServer, type Server } from '../../../core/server.ts'
import { record } from '../../ground/audit/index.ts'
import type { UserRow } from '../users/index.ts'
import { countAttempt, forgetAllAttempts, forgetAttempts, uncountAttempt } from './attempts-store.ts'
import { type Source, sourceOf } from './sources.ts'

/** A lock opens after this time without a counted failure, so nobody can lock somebody else out for ever. */
export const LOCKED_MS = 10 * 60_000
/** The same for all addresses together, which are locked after ten times as many failures. */
export const ALL_LOCKED_MS = 60 * 60_000
const ALL_FACTOR = 10
const ALL = ''
const NO_LIMIT = 2_147_483_647

/** How many failures a way allows from one source, and how many from all unknown sources together. */
export type Limits = { max: number; maxOfAll: number; allLastsMs: number }

/** The limits of the settings for passwords of this server. */
export const ownLimits = (server: Server): Limits => {
  const max = server.settings().ServiceSettings.MaximumLoginAttempts || NO_LIMIT
  return { max, maxOfAll: Math.min(max * ALL_FACTOR, NO_LIMIT), allLastsMs: ALL_LOCKED_MS }
}

/** What an attempt is at: an account, or a name that no account has yet. */
export type Target = { user: UserRow | undefined; name: string }

/** One count: its source, the number of allowed attempts, and how long it is kept. */
type Count = { source: string; max: number; lasts: number }

const countsOf = ({ key, isKnown }: Source, { max, maxOfAll, allLastsMs }: Limits): Count[] => {
  const own = { source: key, max, lasts: LOCKED_MS }
  return isKnown ? [own] : [{ source: ALL, max: maxOfAll, lasts: allLastsMs }, own]
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

const countStranger = (context: Context, name: string, { source, max, lasts }: Count): number => {
  const strangers = strangersOf(context.server)
  const key = JSON.stringify([name, source])
  const earlier = strangers.get(key)
  const known = earlier && earlier.at >= context.now - lasts ? earlier : { count: 0, at: context.now }
  const count = known.count + 1
  strangers.delete(key)
  strangers.set(key, { count, at: known.count > max ? known.at : context.now })
  const [oldest] = strangers.keys()
  if (strangers.size > MOST_STRANGERS && oldest !== undefined) strangers.delete(oldest)
  return count
}

/** An attempt that is counted already. */
export type Attempt = {
  isLocked: boolean
  /** The secret was right: the count of its source starts again. */
  forget(): Promise<void>
  /** It should not count. */
  takeBack(): Promise<void>
}

/**
 * Counts an attempt in a commit of its own, because a refusal must not roll the count back. It stays counted
 * until `forget`. The slow count comes first, and attempts that it refuses are not counted for their address,
 * so an account has no more rows than attempts that it allows.
 */
const count = async (
  context: Context,
  { user, name }: Target,
  source: Source,
  limits: Limits,
): Promise<Attempt> => {
  const { db, now } = context
  const counts = countsOf(source, limits)
  const attempt = (isLocked: boolean): Attempt => ({
    isLocked,
    async forget() {
      if (user) await forgetAttempts(db, user.id, source.key, ALL)
    },
    async takeBack() {
      for (const each of counts) if (user) await uncountAttempt(db, user.id, each.source)
    },
  })
  for (const each of counts) {
    const attempts = user
      ? await countAttempt(db, user.id, each.source, now, now - each.lasts, each.max)
      : countStranger(context, name, each)
    if (attempts > each.max) return attempt(true)
  }
  return attempt(false)
}

/** Counts an attempt at signing in. */
export const countSignIn = async (context: Context, target: Target, limits: Limits): Promise<Attempt> =>
  count(context, target, await sourceOf(context, target.user), limits)

/** Counts an attempt of a person who is signed in: nobody else can add to this count. */
export const countInSession = (context: Context, user: UserRow, limits: Limits): Promise<Attempt> =>
  count(
    context,
    { user, name: user.id },
    { key: `session:${context.actor.session?.id ?? ''}`, isKnown: true },
    limits,
  )

export const resetAttempts = async (context: Context, _input: unknown, user: UserRow) => {
  await forgetAllAttempts(context.db, user.id)
  await record(context, '/users/reset_failed_attempts', `user=${user.id}`)
  return { status: 'OK' as const }
}
