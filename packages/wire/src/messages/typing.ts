/** Typing: somebody is writing a message. */
import { Type } from 'typebox'
import { operations, post } from '../operation.ts'
import { Id, IdOrNone, Ok } from '../records.ts'

export const typing = operations('typing', {
  /** Does the same as the action `user_typing`, for clients without a socket. */
  send: post('/users/{user_id}/typing', {
    body: Type.Object({ channel_id: Id, parent_id: Type.Optional(IdOrNone) }),
    reply: Ok,
  }),
})

export const typingEvents = {
  typing: Type.Object({ user_id: Id, parent_id: IdOrNone }),
}
