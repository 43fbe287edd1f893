/** Finds the token of a request. Tokens in use are cached for a minute. */
import { openCache } from '../../../core/cache.ts'
import type { Actor, Context } from '../../../core/context.ts'
import { effect } from '../../../core/effects.ts'
import { hashOf } from '../../../core/ids.ts'
import { endSockets } from '../../../core/own-effects.ts'
import { perServer, type Server } from '../../../core/server.ts'
import { findToken, type LiveToken } from './store.ts'

/** How long a token is trusted without asking the database; revoking drops it at once. */
const BELIEVED_MS = 60_000
const cacheOf = perServer(
  'personal tokens in use',
  'a cache of the database: effects drop changed entries on all servers',
  () => openCache<LiveToken>(10_000, BELIEVED_MS),
)

const dropToken = effect<{ id: string }>('tokens.forget', (server, { id }) =>
  cacheOf(server).forgetWhere((token) => token.id === id),
)

const dropTokensOf = effect<{ user_id: string }>('tokens.forget_user', (server, { user_id }) =>
  cacheOf(server).forgetWhere((token) => token.user_id === user_id),
)

export const effects = [dropToken, dropTokensOf]
export const forgetAll = (server: Server): void => cacheOf(server).forgetAll()

/** A token ended; closes its sockets. */
export const endToken = (context: Context, id: string): void => {
  context.effect(dropToken, { id })
  context.effect(endSockets, { session_ids: [id] })
}

export const forgetTokensOf = (context: Context, userId: string): void =>
  context.effect(dropTokensOf, { user_id: userId })

const load = (server: Server, text: string): Promise<LiveToken | undefined> => {
  const hash = hashOf(text)
  return cacheOf(server).load(hash, () => findToken(server.db, hash))
}

/**
 * The actor of a personal access token, or null. A token in a cookie needs the same CSRF proof as a session,
 * because a page of another site could make a browser send it. It has no CSRF value, so where only such a
 * value counts, it can change nothing. Off by default for people; bots may always use one (protocol:
 * semantics 5).
 */
export const actorOfAccessToken = async (
  server: Server,
  text: string,
  fromCookie = false,
): Promise<Actor | null> => {
  if (text.length > 128) return null
  const token = await load(server, text)
  if (!token || !(token.is_bot || server.settings().ServiceSettings.EnableUserAccessTokens)) return null
  return {
    userId: token.user_id,
    session: {
      id: token.id,
      csrf: '',
      expiresAt: Number.POSITIVE_INFINITY,
      fromCookie,
      isToken: true,
      generation: token.generation,
      factorAt: 0,
    },
    roles: token.roles,
    locale: token.locale,
    can: (permission) => server.ports.grants(token.roles, permission),
  }
}
