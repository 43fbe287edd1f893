import type { InputOf, tokens, UserAccessToken } from '@plausch/wire'
import type { Context } from '../../../core/context.ts'
import { Fault } from '../../../core/faults.ts'
import { hashOf, newId, newSecret } from '../../../core/ids.ts'
import { record } from '../../ground/audit/index.ts'
import { lockAccount } from '../users/index.ts'
import { tokenCreated } from './events.ts'
import { endToken } from './live.ts'
import { deleteToken, insertToken, listTokens, type TokenRow } from './store.ts'

/** Creates a token and returns its text, which is never shown again. The caller checks the permission. */
export const createToken = async (
  context: Context,
  userId: string,
  description: string,
): Promise<UserAccessToken> => {
  // A request of a session that has ended meanwhile must not create a token, so the account is locked and
  // checked.
  if (context.actor.session) await lockAccount(context, context.actor.userId)
  const text = newSecret()
  const row: Omit<TokenRow, 'generation'> = {
    id: newId(context.now),
    token_hash: hashOf(text),
    user_id: userId,
    description,
    is_active: true,
    create_at: context.now,
  }
  if (!(await insertToken(context.db, row))) throw new Fault('users.not_found')
  await record(context, '/users/tokens', `user=${userId} token_id=${row.id}`)
  await context.emit(tokenCreated, { user_id: userId, description, by: context.actor.userId })
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
  await record(context, '/users/tokens/revoke', `user=${token.user_id} token_id=${token.id}`)
  endToken(context, token.id)
  return { status: 'OK' as const }
}
