import type { InputOf, tokens, UserAccessToken } from '@plausch/wire'
import { openCache } from '../../core/cache.ts'
import type { Actor, Context } from '../../core/context.ts'
import { hashOf, newId, newSecret } from '../../core/ids.ts'
import { perServer, type Server } from '../../core/server.ts'
import { deleteToken, findToken, insertToken, type LiveToken, listTokens, type TokenRow } from './store.ts'

/** How long a token is believed without asking the database; revoking drops it at once. */
const BELIEVED_MS = 60_000
const cacheOf = perServer(() => openCache<LiveToken>(10_000, BELIEVED_MS))

export const forgetTokens = (server: Server, isGone: (token: LiveToken) => boolean): void =>
  cacheOf(server).forgetWhere(isGone)

const load = (server: Server, text: string): Promise<LiveToken | undefined> => {
  const hash = hashOf(text)
  return cacheOf(server).load(hash, () => findToken(server.db, hash))
}

/** The actor of a personal access token, or null. Switched off for people by default; bots always may (protocol: semantics 5). */
export const actorOfAccessToken = async (server: Server, text: string): Promise<Actor | null> => {
  if (text.length > 128) return null
  const token = await load(server, text)
  if (!token || !(token.is_bot || server.settings().ServiceSettings.EnableUserAccessTokens)) return null
  return {
    userId: token.user_id,
    session: { id: token.id, csrf: '', expiresAt: Number.POSITIVE_INFINITY, fromCookie: false },
    roles: token.roles,
    locale: token.locale,
    can: (permission, ...roles) => server.ports.grants([token.roles, ...roles].join(' '), permission),
  }
}

/** Makes a token; its text is told here and never again. Who may is decided by the caller. */
export const createToken = async (
  context: Context,
  userId: string,
  description: string,
): Promise<UserAccessToken> => {
  const text = newSecret()
  const row: TokenRow = {
    id: newId(context.now),
    token_hash: hashOf(text),
    user_id: userId,
    description,
    is_active: true,
    create_at: context.now,
  }
  await insertToken(context.db, row)
  return { id: row.id, token: text, user_id: userId, description, is_active: true }
}

export const create = (context: Context, { body }: InputOf<typeof tokens.create>, userId: string) =>
  createToken(context, userId, body.description)

export const list = async ({ db }: Context, { query }: InputOf<typeof tokens.list>, userId: string) =>
  (await listTokens(db, userId, query.per_page, Math.max(query.page, 0) * query.per_page)).map(
    ({ id, user_id, description, is_active }) => ({ id, user_id, description, is_active }),
  )

export const revoke = async (context: Context, _input: unknown, token: TokenRow) => {
  await deleteToken(context.db, token.id)
  context.committed(() => {
    forgetTokens(context.server, ({ id }) => id === token.id)
    context.server.hub.endSession(token.id)
  })
  return { status: 'OK' as const }
}
