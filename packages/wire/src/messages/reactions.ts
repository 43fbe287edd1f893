/** Reactions: emoji that people put on posts. */
import { type Static, Type } from 'typebox'
import { del, get, operations, post } from '../operation.ts'
import { Id, Ids, JsonText, Millis, Ok } from '../records.ts'
import { EmojiName } from './emoji.ts'

/** `delete_at` and `remote_id` exist for clients that read them. A removed reaction is gone. */
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

export const reactions = operations('reactions', {
  save: post('/reactions', {
    body: Type.Object({ user_id: Id, post_id: Id, emoji_name: EmojiName }),
    reply: Reaction,
  }),
  list: get('/posts/{post_id}/reactions', { reply: Type.Array(Reaction) }),
  listOfPosts: post('/posts/ids/reactions', {
    body: Ids(1000, 1),
    reply: Type.Record(Id, Type.Array(Reaction)),
  }),
  remove: del('/users/{user_id}/posts/{post_id}/reactions/{emoji_name}', { reply: Ok }),
})

/** `reaction` is JSON of Reaction. */
export const reactionEvents = {
  reaction_added: Type.Object({ reaction: JsonText(Reaction) }),
  reaction_removed: Type.Object({ reaction: JsonText(Reaction) }),
}
