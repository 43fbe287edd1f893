/** Who is this? Tokens in use are kept in memory for a minute. */
import { openCache } from '../../core/cache.ts'
import type { Actor } from '../../core/context.ts'
import { hashOf } from '../../core/ids.ts'
import { perServer, type Server } from '../../core/server.ts'
import { findToken, type LiveToken } from './store.ts'

/** How long a token is believed without asking the database; revoking drops it at once. */
const BELIEVED_MS = 60_000
const cacheOf = perServer(() => openCache<LiveToken>(10_000, BELIEVED_MS))

export const forgetTokens = (server: Server, isGone: (token: LiveToken) => boolean): void =>
  cacheOf(server).forgetWhere(isGone)

const load = (server: Server, text: string): Promise<LiveToken | undefined> => {
  const hash = hashOf(text)
  return cacheOf(server).load(hash, () => findToken(server.db, hash))
}

/**
 * The actor of a personal access token, or null. In a cookie it is held to the same proof as a session: a page elsewhere could make a browser use it. It has
 * no value of its own for that, so where only such a value counts, it changes
 * nothing. Switched off for people by default; bots always may (protocol: semantics 5).
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
