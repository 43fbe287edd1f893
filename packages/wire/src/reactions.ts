/** Reactions: emoji that people put on posts. */
import { type Static, Type } from 'typebox'
import { Id, Millis } from './records.ts'

/** `delete_at` and `remote_id` are there for clients that read them; a reaction that was taken back is gone. */
export const Reaction = Type.Object({
  user_id: Id,
  post_id: Id,
  emoji_name: Type.String(),
  create_at: Millis,
  update_at: Millis,
  delete_at: Millis,
  remote_id: Type.String(),
  channel_id: Id,
})
export type Reaction = Static<typeof Reaction>
