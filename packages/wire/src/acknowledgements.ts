/** Acknowledgements: people say that they have taken note of a post. */
import { type Static, Type } from 'typebox'
import { Id, Millis } from './records.ts'

export const Acknowledgement = Type.Object({
  user_id: Id,
  post_id: Id,
  acknowledged_at: Millis,
  channel_id: Id,
  remote_id: Type.String(),
})
export type Acknowledgement = Static<typeof Acknowledgement>
