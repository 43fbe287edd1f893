/** Acknowledgements: people confirm that they have read a post. */
import { type Static, Type } from 'typebox'
import { del, operations, post } from '../operation.ts'
import { Id, IdOrNone, JsonText, Millis, Ok } from '../records.ts'

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

/**
 * `acknowledgement` is JSON of Acknowledgement; `acknowledged_at` is 0 after somebody took it back. `post` is
 * JSON of Post, `mentions` of string[].
 */
export const acknowledgementEvents = {
  post_acknowledgement_added: Type.Object({ acknowledgement: JsonText(Acknowledgement) }),
  post_acknowledgement_removed: Type.Object({ acknowledgement: JsonText(Acknowledgement) }),
  persistent_notification_triggered: Type.Object({
    post: Type.String(),
    channel_type: Type.String(),
    channel_name: Type.String(),
    channel_display_name: Type.String(),
    sender_name: Type.String(),
    team_id: IdOrNone,
    mentions: JsonText(Type.Array(Id)),
  }),
}
