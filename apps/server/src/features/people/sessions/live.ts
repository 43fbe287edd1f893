/**
 * Finds the session of a request. Sessions in use are cached, so most requests need no database. Transactions
 * that end or change a session drop it from the cache.
 */

import { batching, batchingLists } from '../../../core/batching.ts'
import { openCache } from '../../../core/cache.ts'
import { type Actor, announce, type Context, system } from '../../../core/context.ts'
import { effect } from '../../../core/effects.ts'
import { hashOf } from '../../../core/ids.ts'
import { endSockets, extendSockets } from '../../../core/own-effects.ts'
import { type Credentials, perServer, type Server } from '../../../core/server.ts'
import { findSessions, type LiveSession, type Touch, touchSessions } from './store.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** v4 stores activity at most every five minutes (semantics 5). */
const TOUCH_MS = 5 * 60_000
/**
 * How long an entry is trusted without asking the database again. Ending a session on this server drops it at
 * once.
 */
const BELIEVED_MS = 60_000
const cacheOf = perServer(
  'sessions in use',
  'a cache of the database: effects drop changed entries on all servers',
  () => openCache<LiveSession>(50_000, BELIEVED_MS),
)

/** Drops sessions from the cache. */
const dropSessions = effect<{ ids: readonly string[] }>('sessions.forget', (server, { ids }) => {
  const gone = new Set(ids)
  cacheOf(server).forgetWhere(({ id }) => gone.has(id))
})

const dropSessionsOf = effect<{ user_id: string }>('sessions.forget_user', (server, { user_id }) =>
  cacheOf(server).forgetWhere((session) => session.user_id === user_id),
)

export const forgetSession = (context: Context, id: string): void =>
  context.effect(dropSessions, { ids: [id] })

/** The cached session contains language and rights of its person. */
export const forgetSessionsOf = (context: Context, userId: string): void =>
  context.effect(dropSessionsOf, { user_id: userId })

/** How long a session lasts depends on its device, and on the way by which its person signed in. */
export type Kind = { isMobile: boolean; isSso: boolean }

/** The kind of a stored session. */
export const kindOf = ({
  device_id,
  props,
}: Pick<LiveSession, 'device_id'> & { props: Record<string, string> }): Kind => ({
  isMobile: device_id !== '',
  isSso: props.isOAuthUser === 'true' || props.isSaml === 'true',
})

/** The length of a session in milliseconds. */
export const lengthOf = (server: Server, { isMobile, isSso }: Kind): number => {
  const { SessionLengthWebInHours, SessionLengthMobileInHours, SessionLengthSSOInHours } =
    server.settings().ServiceSettings
  if (isMobile) return SessionLengthMobileInHours * HOUR_MS
  return (isSso ? SessionLengthSSOInHours : SessionLengthWebInHours) * HOUR_MS
}

/**
 * Extends a session in use, as v4 does: after the larger of 5 minutes and the smaller of 1 % and a day. Not
 * one by a provider, unlike v4: a provider tells nobody who has left, so people show there again, after the
 * length of a session, that they still belong.
 */
const extended = (server: Server, session: LiveSession, now: number): number => {
  const kind = kindOf(session)
  if (kind.isSso) return session.expires_at
  const length = lengthOf(server, kind)
  const step = Math.max(TOUCH_MS, Math.min(length / 100, DAY_MS))
  const isDue =
    server.settings().ServiceSettings.ExtendSessionLengthWithActivity &&
    session.expires_at - now < length - step
  return isDue ? now + length : session.expires_at
}

/** After a restart everybody connects at the same time. */
const toucherOf = perServer(
  'activity of sessions being saved',
  'puts requests of this server together',
  (server) =>
    batching<Touch, void>(async (touches) => {
      // If one session has two touches, the later one counts.
      await touchSessions(server.db, [...new Map(touches.map((each) => [each.id, each])).values()])
      return []
    }),
)

const touch = (server: Server, session: LiveSession, now: number) => {
  if (now - session.last_activity_at < TOUCH_MS) return
  session.last_activity_at = now
  session.expires_at = extended(server, session, now)
  announce(server, { actor: system }, (context) =>
    context.effect(extendSockets, { session_id: session.id, expires_at: session.expires_at }),
  )
  server.background.run(toucherOf(server)({ ...session }), 'the activity of a session could not be noted')
}

const finderOf = perServer('sessions being read', 'puts requests of this server together', (server) =>
  batchingLists('token_hash', (hashes) => findSessions(server.db, hashes)),
)

const isAlive = (session: LiveSession) => session.expires_at > Date.now() && session.user_delete_at === 0

const load = async (server: Server, token: string): Promise<LiveSession | undefined> => {
  const hash = hashOf(token)
  const cache = cacheOf(server)
  const known = cache.get(hash)
  // Another server may have extended it.
  if (known && !isAlive(known)) cache.forget(hash)
  const session = await cache.load(hash, async () => {
    const [found] = await finderOf(server)(hash)
    return found && isAlive(found) ? found : undefined
  })
  return session && isAlive(session) ? session : undefined
}

const actorOf = (server: Server, session: LiveSession, fromCookie: boolean): Actor => ({
  userId: session.user_id,
  session: {
    id: session.id,
    csrf: session.csrf,
    expiresAt: session.expires_at,
    fromCookie,
    isToken: false,
    generation: session.generation,
    factorAt: session.factor_at,
  },
  roles: session.roles,
  locale: session.locale,
  can: (permission) => server.ports.grants(session.roles, permission),
})

const cookiePattern = /(?:^|;\s*)MMAUTHTOKEN=([^;]+)/

/** The token of a request: the cookie takes precedence over the header (protocol: boot, section 0). */
export const tokenOf = ({
  cookie,
  authorization,
}: Credentials): { token: string; fromCookie: boolean } | null => {
  const inCookie = cookiePattern.exec(cookie)?.[1]
  if (inCookie) return { token: inCookie, fromCookie: true }
  const inHeader = /^(?:bearer|token) (\S+)$/i.exec(authorization)?.[1]
  return inHeader ? { token: inHeader, fromCookie: false } : null
}

/** The actor of a session token, or null. */
export const actorOfToken = async (
  server: Server,
  token: string,
  fromCookie: boolean,
): Promise<Actor | null> => {
  if (token.length > 128) return null
  const session = await load(server, token)
  if (!session) return null
  touch(server, session, Date.now())
  return actorOf(server, session, fromCookie)
}

/** After the commit, drops ended sessions from the cache and closes their sockets. */
export const endAtCommit = (context: Context, ids: readonly string[]): void => {
  context.effect(dropSessions, { ids })
  context.effect(endSockets, { session_ids: ids })
}

export const effects = [dropSessions, dropSessionsOf]
export const forgetAll = (server: Server): void => cacheOf(server).forgetAll()
