/** Personal access tokens: sessions that do not expire, for scripts and bots. */
import { type Static, Type } from 'typebox'
import { page, perPage } from '../input.ts'
import { get, operations, post } from '../operation.ts'
import { Id, Ok, Text } from '../records.ts'

/** Only the reply to its creation contains `token`. */
export const UserAccessToken = Type.Object({
  id: Id,
  token: Type.Optional(Type.String()),
  user_id: Id,
  description: Type.String(),
  is_active: Type.Boolean(),
})
export type UserAccessToken = Static<typeof UserAccessToken>

export const tokens = operations('tokens', {
  create: post('/users/{user_id}/tokens', {
    body: Type.Object({ description: Text(255, 1) }),
    reply: UserAccessToken,
  }),
  list: get('/users/{user_id}/tokens', {
    query: { page, per_page: perPage },
    reply: Type.Array(UserAccessToken),
  }),
  revoke: post('/users/tokens/revoke', { body: Type.Object({ token_id: Id }), reply: Ok }),
})
