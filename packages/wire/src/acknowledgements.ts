/** Acknowledgements: people say that they have taken note of a post. */
import { type Static, Type } from 'typebox'
import { del, operations, post } from './operation.ts'
import { Id, Millis, Ok } from './records.ts'

export const Acknowledgement = Type.Object({
  user_id: Id,
  post_id: Id,
  acknowledged_at: Millis,
  channel_id: Id,
  remote_id: Type.String(),
})
export type Acknowledgement = Static<typeof Acknowledgement>

export const acknowledgements = operations('acknowledgements', {
  save: post('/users/{user_id}/posts/{post_id}/ack', { reply: Acknowledgement }),
  remove: del('/users/{user_id}/posts/{post_id}/ack', { reply: Ok }),
})

/** `acknowledgement` is JSON of Acknowledgement; what was taken back has `acknowledged_at` 0. */
export const acknowledgementEvents = {
  post_acknowledgement_added: Type.Object({ acknowledgement: Type.String() }),
  post_acknowledgement_removed: Type.Object({ acknowledgement: Type.String() }),
}
